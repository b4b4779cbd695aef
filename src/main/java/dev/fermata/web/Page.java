package dev.fermata.web;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.util.HtmlUtils;

/** A document that can also be shown in a browser. */
interface Page {

  String title();

  /** What the page says below its title, as HTML. */
  String content();

  default String html() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <link rel="stylesheet" href="/static/page.css">
        </head>
        <body>
        <h1>%1$s</h1>
        %2$s
        </body>
        </html>"""
        .formatted(escape(title()), content());
  }

  static String escape(String text) {
    return HtmlUtils.htmlEscape(text);
  }

  static String paragraph(String text) {
    return "<p>" + escape(text) + "</p>";
  }

  static String link(String address, String text) {
    return "<a href=\"" + escape(address) + "\">" + escape(text) + "</a>";
  }

  static String list(Stream<String> items) {
    return items
        .map(item -> "<li>" + item + "</li>")
        .collect(Collectors.joining("", "<ul>", "</ul>"));
  }
}
