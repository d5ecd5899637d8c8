package org.burin.backend.verilog.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the JSON that yosys writes: objects as maps, arrays as lists, strings, and whole numbers as longs.
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// @throws IllegalArgumentException when the text is no JSON of this kind: where
  static Object parse(String text) {
    return new Json(text).value();
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    blanks();
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("JSON at character " + at + ": expected " + expected);
  }

  private void expect(char c) {
    if (next() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private Object value() {
    return switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    while (next() != '}') {
      String key = string();
      expect(':');
      object.put(key, value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    expect('[');
    while (next() != ']') {
      array.add(value());
      if (next() == ',') {
        at++;
      }
    }
    at++;
    return array;
  }

  private String string() {
    expect('"');
    StringBuilder s = new StringBuilder();
    for (; at < text.length() && text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
      }
      s.append(text.charAt(at));
    }
    at++;
    return s.toString();
  }

  private Long number() {
    int begin = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    if (begin == at) {
      throw wrong("a whole number");
    }
    return Long.valueOf(text.substring(begin, at));
  }
}
