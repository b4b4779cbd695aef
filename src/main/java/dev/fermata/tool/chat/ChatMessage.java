package dev.fermata.tool.chat;

/**
 * One message of a conversation, as a model is given it.
 *
 * @param role who says it, by the word that the session keeps
 */
record ChatMessage(String role, String content) {}
