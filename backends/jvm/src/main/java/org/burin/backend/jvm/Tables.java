package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers that generated code reads from arrays, written as string constants.
///
/// An array initialiser takes seven and more bytes of bytecode for each element and ends at 64 KB; a string constant
/// takes one to three bytes for each `char` and costs no bytecode.
final class Tables {
  /// The most chars of one constant: three bytes each have to stay below the 65,535 of the class-file format.
  private static final int CHARS = 20_000;

  /// An array of generated code.
  ///
  /// @param type `int`, `long`, `float` or `double`
  /// @param chars how many chars hold one number
  record Table(String name, String type, int chars, List<String> parts, int length) {}

  private final Map<String, Table> tables = new LinkedHashMap<>();

  /// All tables, in order of creation.
  List<Table> all() {
    return List.copyOf(tables.values());
  }

  /// The name of an array with these numbers, `int[]` if all fit and `long[]` otherwise.
  String of(long[] numbers) {
    boolean wide = false;
    for (long n : numbers) {
      wide |= !Fits.inInt(n);
    }
    return of(numbers, wide);
  }

  /// The name of an array of `long` or `int` with these numbers.
  String of(long[] numbers, boolean wide) {
    return of(numbers, wide ? "long" : "int");
  }

  /// The name of an array of `double` with these whole numbers, which need no more than 53 bits.
  String doubles(long[] numbers) {
    return of(numbers, "double");
  }

  private String of(long[] numbers, String type) {
    int chars = 1;
    for (long n : numbers) {
      chars = Math.max(chars, n == (short) n ? 1 : Fits.inInt(n) ? 2 : 4);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder s = new StringBuilder();
    for (long n : numbers) {
      if (s.length() + chars > CHARS) {
        parts.add(s.toString());
        s.setLength(0);
      }
      for (int i = chars - 1; i >= 0; i--) {
        s.append((char) (n >> (16 * i)));
      }
    }
    parts.add(s.toString());
    String key = type + chars + parts;
    int partsChars = chars;
    return tables.computeIfAbsent(key,
        k -> new Table("TABLE_" + tables.size(), type, partsChars, parts, numbers.length)).name();
  }

  /// The name of an array of `float` with these numbers, as their bits.
  String of(float[] numbers) {
    List<String> parts = new ArrayList<>();
    StringBuilder s = new StringBuilder();
    for (float f : numbers) {
      if (s.length() + 2 > CHARS) {
        parts.add(s.toString());
        s.setLength(0);
      }
      int bits = Float.floatToRawIntBits(f);
      s.append((char) (bits >> 16)).append((char) bits);
    }
    parts.add(s.toString());
    return tables.computeIfAbsent("float" + parts,
        k -> new Table("TABLE_" + tables.size(), "float", 2, parts, numbers.length)).name();
  }

  /// A Java string literal of any chars.
  static String literal(String chars) {
    StringBuilder s = new StringBuilder("\"");
    for (int i = 0; i < chars.length(); i++) {
      char c = chars.charAt(i);
      if (c == '"' || c == '\\') {
        s.append('\\').append(c);
      } else if (c >= ' ' && c < 127) {
        s.append(c);
      } else if (c == '\n') {
        s.append("\\n");
      } else if (c < 256) {
        // Three digits always, so that a digit that follows is not taken for a part of it.
        s.append(String.format("\\%03o", (int) c));
      } else {
        s.append(String.format("\\u%04x", (int) c));
      }
    }
    return s.append('"').toString();
  }
}
