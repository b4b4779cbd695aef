package dev.fermata.tool.chat;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a kind that chats adds to the settings of every kind.
 *
 * @param model which of {@code fermata.chat.models} replies
 */
public record ChatSettings(@DefaultValue("echo") String model) {}
