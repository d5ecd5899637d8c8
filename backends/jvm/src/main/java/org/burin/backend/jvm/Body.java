package org.burin.backend.jvm;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The statements of one method of generated code as they are written, and a bound on the size of its bytecode.
final class Body {
  private static final int LINE = 112;

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Set<String> parameters = new LinkedHashSet<>();
  private int depth;
  private int names;
  private int slots = 16;
  private int bytes;

  /// The statements so far.
  String text() {
    StringBuilder s = new StringBuilder();
    aliases.forEach((field, alias) -> s.append("final var ").append(alias).append(" = ").append(field).append(";\n"));
    return s.append(text).toString();
  }

  /// A bound on the bytes of bytecode so far.
  int bytes() {
    return bytes + 4 * aliases.size();
  }

  /// The parameters that the statements read.
  Set<String> parameters() {
    return parameters;
  }

  /// Says that the statements read a parameter.
  void use(String parameter) {
    parameters.add(parameter);
  }

  /// A local variable that holds a field, given as `this.name`, so that the field is read once.
  String alias(String field) {
    return aliases.computeIfAbsent(field, f -> {
      slots++;
      return f.substring("this.".length());
    });
  }

  /// A name that no other variable of the method has.
  String fresh(String prefix) {
    return prefix + names++;
  }

  /// Writes one statement, without its semicolon.
  void statement(String code) {
    write(code + ";");
    bytes += size(code);
  }

  /// Opens a block, such as `for (...)`.
  void open(String head) {
    write(head + " {");
    depth++;
    bytes += size(head) + 12;
  }

  /// Closes the block opened last.
  void close() {
    depth--;
    write("}");
  }

  /// A comment on a line of its own.
  void comment(String words) {
    write("// " + words);
  }

  /// A loop of `count` rounds; the position is its variable, or 0 where there is one round only and nothing is opened.
  Affine loop(int count) {
    if (count == 1) {
      return Affine.ZERO;
    }
    String i = fresh("i");
    slots++;
    open("for (int " + i + " = 0; " + i + " < " + count + "; " + i + "++)");
    return Affine.variable(i);
  }

  /// Closes what [#loop] opened.
  void end(Affine position) {
    if (!position.isConstant()) {
      close();
    }
  }

  /// Gives a number a variable of its own, unless it has one.
  Term named(Term t) {
    return t.simple() ? t : variable(t, "t");
  }

  /// Gives a number a new variable.
  Term variable(Term t, String prefix) {
    if (t.isLiteral()) {
      return t;
    }
    String name = fresh(prefix);
    slots += t.wide() ? 2 : 1;
    statement((t.wide() ? "final long " : "final int ") + name + " = " + t.bare());
    return Term.name(name, t.low(), t.high(), t.wide());
  }

  /// Gives a float a variable of its own, unless it has one.
  String named(String expression) {
    if (expression.matches("[A-Za-z][A-Za-z0-9]*")) {
      return expression;
    }
    String name = fresh("t");
    slots++;
    statement("final float " + name + " = " + expression);
    return name;
  }

  /// A variable for a float, to be changed later.
  String mutableFloat(String prefix, String start) {
    String name = fresh(prefix);
    slots++;
    statement("float " + name + " = " + start);
    return name;
  }

  /// A variable for whole numbers in a `double`, to be changed later.
  String mutableDouble(String prefix, long start) {
    String name = fresh(prefix);
    slots += 2;
    statement("double " + name + " = " + start + ".0");
    return name;
  }

  /// A variable for the whole number that a `double` holds.
  String whole(String number) {
    String name = fresh("s");
    slots += 2;
    statement("final long " + name + " = (long) " + number);
    return name;
  }

  /// A variable for a position that is no affine function of others.
  Affine position(String expression) {
    String name = fresh("p");
    slots++;
    statement("final int " + name + " = " + expression);
    return Affine.variable(name);
  }

  /// A variable to be changed later.
  String mutable(String prefix, boolean wide, String start) {
    String name = fresh(prefix);
    slots += wide ? 2 : 1;
    statement((wide ? "long " : "int ") + name + " = " + start);
    return name;
  }

  /// Long statements continue on indented lines, broken before a sign.
  private void write(String line) {
    String rest = line;
    String indent = "  ".repeat(depth);
    while (indent.length() + rest.length() > LINE) {
      int room = LINE - indent.length();
      int cut = Math.max(rest.lastIndexOf(" + ", room), rest.lastIndexOf(" - ", room));
      if (cut <= 0) {
        break;
      }
      text.append(indent).append(rest, 0, cut).append('\n');
      rest = rest.substring(cut + 1);
      indent = "  ".repeat(depth + 2);
    }
    text.append(indent).append(rest).append('\n');
  }

  /// A bound on the bytes of the bytecode of a statement, token by token; tests hold it against the true sizes.
  private int size(String code) {
    int wide = slots > 250 ? 2 : 0;
    int sum = 0;
    int i = 0;
    while (i < code.length()) {
      char c = code.charAt(i);
      int end = i + 1;
      if (Character.isJavaIdentifierPart(c)) {
        end = endOfWord(code, i);
        sum += Character.isDigit(c) ? number(code.substring(i, end)) : word(code, i, end, wide);
      } else if (c == '<' || c == '>') {
        while (end < code.length() && code.charAt(end) == c) {
          end++;
        }
        sum += 1;
      } else {
        sum += switch (c) {
          case '+', '-', '*', '/', '%', '^', '[' -> 1;
          case '&', '|', '!' -> 2;
          case '?', ':' -> 5;
          default -> 0;
        };
      }
      i = end;
    }
    return sum;
  }

  /// The bytes of the instruction that loads a literal.
  private static int number(String literal) {
    boolean small = literal.length() <= 2 && !literal.endsWith("L") && !literal.endsWith("f");
    return small ? 2 : 3;
  }

  private static int word(String code, int start, int end, int wide) {
    boolean called = end < code.length() && code.charAt(end) == '(';
    if (called) {
      return 3;
    }
    String word = code.substring(start, end);
    return switch (word) {
      case "final", "var", "Math", "for", "if", "Integer", "Long" -> 0;
      case "int", "long", "float", "double" -> start > 0 && code.charAt(start - 1) == '(' ? 1 : 0;
      default -> 2 + wide + (Character.isUpperCase(word.charAt(0)) ? 1 : 0);
    };
  }

  private static int endOfWord(String code, int start) {
    int end = start;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    return end;
  }
}
