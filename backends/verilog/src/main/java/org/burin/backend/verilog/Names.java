package org.burin.backend.verilog;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Names of modules and ports: those of the program in lower case, made unique.
final class Names {
  private static final Set<String> KEYWORDS = Set.of("always", "and", "assign", "begin", "buf", "case", "cell", "config",
      "default", "define", "design", "disable", "edge", "else", "end", "event", "for", "force", "forever", "fork",
      "function", "generate", "genvar", "if", "include", "initial", "inout", "input", "instance", "integer", "join",
      "library", "localparam", "macromodule", "module", "nand", "negedge", "nor", "not", "or", "output", "parameter",
      "posedge", "primitive", "real", "reg", "release", "repeat", "scalared", "signed", "specify", "strong0", "strong1",
      "supply0", "supply1", "table", "task", "time", "tran", "tri", "unsigned", "use", "vectored", "wait", "wand", "weak0",
      "weak1", "while", "wire", "wor", "xnor", "xor", "logic", "bit", "byte", "int", "do", "final", "global", "import",
      "interface", "local", "matches", "new", "null", "package", "program", "property", "pure", "rand", "ref", "return",
      "sequence", "static", "string", "struct", "super", "tagged", "this", "type", "union", "unique", "var", "virtual",
      "void", "with", "within", "clk", "ce", "rst", "in_valid", "in_ready", "out_valid", "out_ready", "dut", "unused");

  private final Map<String, Integer> taken = new HashMap<>();

  static boolean isKeyword(String name) {
    return KEYWORDS.contains(name);
  }

  /// A name like this one that was not given before.
  String of(String wanted) {
    String plain = plain(wanted);
    int number = taken.merge(plain, 1, Integer::sum);
    if (number == 1) {
      return plain;
    }
    return of(plain + "_" + number);
  }

  /// The name in lower case, with `_` for what Verilog does not have in names.
  static String plain(String wanted) {
    String name = wanted.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
    if (name.isEmpty() || Character.isDigit(name.charAt(0)) || isKeyword(name)) {
      name = "n_" + name;
    }
    return name;
  }
}
