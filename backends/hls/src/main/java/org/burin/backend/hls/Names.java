package org.burin.backend.hls;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Names in generated C++: like those of the model, unique, and free of meaning in the language.
final class Names {
  /// Keywords, and names whose types, names with `_t`, belong to the standard library.
  private static final Set<String> TAKEN = Set.of("alignas", "alignof", "and", "asm", "auto", "bool", "break", "case",
      "catch", "char", "class", "clock", "const", "constexpr", "continue", "decltype", "default", "delete", "div", "do",
      "double", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if", "inline",
      "int", "int16", "int32", "int64", "int8", "ldiv", "long", "main", "mutable", "namespace", "new", "noexcept", "not",
      "nullptr", "operator", "or", "private", "protected", "ptrdiff", "public", "register", "return", "short", "signed",
      "size", "sizeof", "static", "struct", "switch", "template", "this", "throw", "time", "true", "try", "typedef",
      "typename", "uint16", "uint32", "uint64", "uint8", "union", "unsigned", "using", "virtual", "void", "volatile",
      "wchar", "while", "xor", "burin", "std", "hls");

  private final Set<String> used = new HashSet<>();

  /// A name that nobody has.
  String unique(String wish) {
    String name = clean(wish);
    String candidate = name;
    for (int i = 2; TAKEN.contains(candidate) || !used.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /// A C identifier like a text: `encoder/dense-1` becomes `encoder_dense_1`.
  static String clean(String text) {
    String s = text.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_+|_+$", "").toLowerCase(Locale.ROOT);
    return s.isEmpty() || !Character.isLetter(s.charAt(0)) ? "net" + (s.isEmpty() ? "" : "_" + s) : s;
  }
}
