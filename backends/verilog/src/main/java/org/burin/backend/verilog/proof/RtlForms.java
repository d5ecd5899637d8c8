package org.burin.backend.verilog.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.burin.codegen.netlist.NetTable;
import org.burin.codegen.netlist.Range;
import org.burin.fixed.FixedOp.Comparison;
import org.jspecify.annotations.Nullable;

/// The words of a flat module that yosys wrote as JSON, as forms.
///
/// The output of a cell is a form that is congruent to its bits modulo two to its width. Where a word is extended, or compared,
/// the form must fit in its width, or else the number that the bits stand for becomes an atom of its own: so an overflow is
/// never lost. A register is its argument one clock cycle later.
final class RtlForms {
  private static final int EVERYWHERE = -1;

  /// A word: its form, and the registers between it and the inputs.
  record Word(Form form, int stage) {}

  private record Driver(String cell, int position) {}

  private record Cell(String type, Map<String, List<Object>> ports, Map<String, Object> parameters) {
    List<Object> port(String name) {
      return Objects.requireNonNull(ports.get(name));
    }

    boolean signed(String port) {
      return Objects.requireNonNullElse(parameters.get(port + "_SIGNED"), "0").toString().endsWith("1");
    }

    String result() {
      return ports.containsKey("Y") ? "Y" : "Q";
    }
  }

  private final Forms forms;
  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<Long, Driver> drivers = new HashMap<>();
  private final Map<String, Word> words = new HashMap<>();
  private final Map<String, List<Object>> ports = new HashMap<>();
  private final Set<List<Object>> signedWords = new HashSet<>();

  /// @param json what `write_json` wrote
  /// @throws IllegalArgumentException when the module is missing
  RtlForms(String json, String module, Forms forms) {
    this.forms = forms;
    Map<String, Object> top = object(object(object(Json.parse(json)).get("modules")).get(module));
    object(top.get("ports")).forEach((name, port) -> ports.put(name, list(object(port).get("bits"))));
    object(top.get("netnames")).forEach((name, net) -> {
      if (object(net).containsKey("signed")) {
        signedWords.add(list(object(net).get("bits")));
      }
    });
    object(top.get("cells")).forEach((name, value) -> {
      Map<String, Object> cell = object(value);
      Map<String, List<Object>> connections = new HashMap<>();
      object(cell.get("connections")).forEach((port, bits) -> connections.put(port, list(bits)));
      Cell c = new Cell(String.valueOf(cell.get("type")), connections, object(cell.get("parameters")));
      cells.put(name, c);
      if (c.ports().containsKey(c.result())) {
        drive(name, c.port(c.result()));
      }
    });
  }

  @SuppressWarnings("unchecked") // Json makes no other objects.
  private static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("expected an object of yosys, found " + value);
  }

  @SuppressWarnings("unchecked") // Json makes no other lists.
  private static List<Object> list(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new IllegalArgumentException("expected a list of yosys, found " + value);
  }

  private void drive(String name, List<Object> bits) {
    for (int i = 0; i < bits.size(); i++) {
      if (bits.get(i) instanceof Long bit) {
        drivers.put(bit, new Driver(name, i));
      }
    }
  }

  /// Says what some bits of an input are.
  void input(String port, int low, int width, Form form) {
    List<Object> bits = Objects.requireNonNull(ports.get(port)).subList(low, low + width);
    String name = "input " + port + " " + low;
    cells.put(name, new Cell("input", Map.of("Y", bits), Map.of()));
    drive(name, bits);
    words.put(name, new Word(form, 0));
  }

  /// The number that some bits of an output are.
  Word output(String port, int low, int width, boolean signed) {
    return read(Objects.requireNonNull(ports.get(port)).subList(low, low + width), true, signed);
  }

  // ---- words ------------------------------------------------------------------------------------------------------

  private Word word(String cell) {
    Word old = words.get(cell);
    if (old != null) {
      return old;
    }
    Word found = evaluate(Objects.requireNonNull(cells.get(cell)), cell);
    words.put(cell, found);
    return found;
  }

  /// The number that bits stand for.
  ///
  /// @param exact whether it has to be that number, or one that is congruent to it will do
  private Word read(List<Object> bits, boolean exact, boolean signed) {
    int n = bits.size();
    int constant = 0;
    while (constant < n && bits.get(constant) instanceof String) {
      constant++;
    }
    if (constant > 0) {
      long low = 0;
      for (int i = 0; i < constant; i++) {
        low |= bits.get(i).equals("1") ? 1L << i : 0;
      }
      if (constant == n) {
        boolean negative = signed && exact && n < Long.SIZE && bits.get(n - 1).equals("1");
        return new Word(Form.of(negative ? low - (1L << n) : low), EVERYWHERE);
      }
      Word high = read(bits.subList(constant, n), exact, signed);
      return new Word(high.form().times(1L << constant).plus(Form.of(low)), high.stage());
    }
    Driver first = driver(bits.getFirst());
    int run = 1;
    while (run < n && bits.get(run) instanceof Long bit
        && driver(bit).equals(new Driver(first.cell(), first.position() + run))) {
      run++;
    }
    Word word = word(first.cell());
    List<Object> rest = bits.subList(run, n);
    if (rest.isEmpty()) {
      Form f = exact ? forms.bits(word.form(), first.position(), run, signed)
          : forms.floor(word.form(), first.position());
      return new Word(f, word.stage());
    }
    if (rest.stream().allMatch(bits.get(run - 1)::equals)) {
      return new Word(forms.bits(word.form(), first.position(), run, true), word.stage());
    }
    Form low = forms.bits(word.form(), first.position(), run, false);
    Word high = read(rest, exact, signed);
    return new Word(high.form().times(1L << run).plus(low), stage(word, high));
  }

  /// Whether the net of a cell's output is declared signed, which says what its bits are meant to be.
  private boolean isSigned(Cell c) {
    return signedWords.contains(c.port(c.result()));
  }

  private Driver driver(Object bit) {
    Driver d = bit instanceof Long number ? drivers.get(number) : null;
    if (d == null) {
      throw new IllegalArgumentException("a bit has no driver");
    }
    return d;
  }

  private static int stage(Word... words) {
    int stage = EVERYWHERE;
    for (Word w : words) {
      if (w.stage() != EVERYWHERE && stage != EVERYWHERE && w.stage() != stage) {
        throw new IllegalArgumentException("an operation mixes samples: operands after " + stage + " and " + w.stage()
            + " registers");
      }
      stage = w.stage() == EVERYWHERE ? stage : w.stage();
    }
    return stage;
  }

  // ---- cells ------------------------------------------------------------------------------------------------------

  /// An operand of so many bits, as yosys extends it.
  private Word operand(Cell c, String port, int width, boolean exact, boolean signed) {
    List<Object> bits = new ArrayList<>(c.port(port));
    while (bits.size() < width) {
      bits.add(c.signed(port) ? bits.getLast() : "0");
    }
    return read(bits.subList(0, width), exact, signed);
  }

  private Word evaluate(Cell c, String name) {
    int width = c.port(c.result()).size();
    return switch (c.type()) {
      case "$add", "$sub", "$mul" -> {
        Word a = operand(c, "A", width, false, false);
        Word b = operand(c, "B", width, false, false);
        Form result = switch (c.type()) {
          case "$add" -> a.form().plus(b.form());
          case "$sub" -> a.form().minus(b.form());
          default -> forms.product(a.form(), b.form());
        };
        yield new Word(settled(result, width, isSigned(c)), stage(a, b));
      }
      case "$neg" -> {
        Word a = operand(c, "A", width, false, false);
        yield new Word(settled(a.form().times(-1), width, isSigned(c)), a.stage());
      }
      case "$not" -> {
        Word a = operand(c, "A", width, false, false);
        yield new Word(width == 1 ? Forms.not(forms.bits(a.form(), 0, 1, false))
            : a.form().times(-1).minus(Form.of(1)), a.stage());
      }
      case "$lt", "$le", "$gt", "$ge", "$eq", "$ne" -> compare(c);
      case "$reduce_or", "$reduce_bool", "$logic_not" -> {
        Word a = read(c.port("A"), false, false);
        int bits = c.port("A").size();
        boolean whole = Range.ofBits(bits, true).contains(forms.range(a.form()))
            || Range.ofBits(bits, false).contains(forms.range(a.form()));
        a = whole ? a : read(c.port("A"), true, false);
        Form zero = forms.zero(a.form());
        yield new Word(c.type().equals("$logic_not") ? zero : forms.isTrue(a.form()), a.stage());
      }
      case "$mux" -> {
        Word s = read(c.port("S"), true, false);
        Word a = operand(c, "A", width, false, false);
        Word b = operand(c, "B", width, false, false);
        boolean signed = isSigned(c);
        yield new Word(forms.choice(s.form(), forms.fitted(b.form(), width, signed),
            forms.fitted(a.form(), width, signed)), stage(s, a, b));
      }
      case "$pmux" -> table(c, width);
      case "$dff" -> {
        Word d = read(c.port("D"), false, false);
        yield new Word(d.form(), d.stage() == EVERYWHERE ? EVERYWHERE : d.stage() + 1);
      }
      default -> throw new IllegalArgumentException("cell " + name + " is a " + c.type() + ", which no form stands for");
    };
  }

  /// The congruent form that fits in a word, where there is one: constants are written without a sign.
  private Form settled(Form f, int width, boolean signed) {
    if (width >= Long.SIZE - 1 || Range.ofBits(width, signed).contains(forms.range(f))) {
      return f;
    }
    long modulus = 1L << width;
    long least = signed ? -(modulus / 2) : 0;
    Form moved = f.minus(Form.of(Math.floorDiv(forms.range(f).low() - least, modulus) * modulus));
    return Range.ofBits(width, signed).contains(forms.range(moved)) ? moved : f;
  }

  private Word compare(Cell c) {
    int width = Math.max(c.port("A").size(), c.port("B").size());
    if (c.type().equals("$eq") || c.type().equals("$ne")) {
      Word a = operand(c, "A", width, false, false);
      Word b = operand(c, "B", width, false, false);
      Form difference = settled(a.form().minus(b.form()), Math.min(62, width + 1), true);
      // Congruent numbers less than the modulus apart are equal.
      if (width < Long.SIZE - 2 && Range.ofBits(width + 1, true).contains(forms.range(difference))
          && forms.range(difference).low() > -(1L << width)) {
        Form zero = forms.zero(difference);
        return new Word(c.type().equals("$eq") ? zero : Forms.not(zero), stage(a, b));
      }
    }
    boolean signed = c.signed("A") && c.signed("B");
    Word a = operand(c, "A", width, true, signed);
    Word b = operand(c, "B", width, true, signed);
    Comparison comparison = Comparison.valueOf(c.type().substring(1).toUpperCase(Locale.ROOT));
    return new Word(NetlistForms.compare(forms, comparison, a.form(), b.form()), stage(a, b));
  }

  /// A choice among constants, each for one number of the same word.
  private Word table(Cell c, int width) {
    List<Object> select = c.port("S");
    Map<Long, Long> entries = new HashMap<>();
    List<Object> argument = List.of();
    for (int i = 0; i < select.size(); i++) {
      Cell is = Objects.requireNonNull(cells.get(driver(select.get(i)).cell()));
      boolean equal = is.type().equals("$eq");
      boolean zero = is.type().equals("$logic_not") || is.type().equals("$not");
      // A bit stands for its comparison with 1.
      List<Object> compared = equal || zero ? is.port("A") : select.subList(i, i + 1);
      if (!argument.isEmpty() && !argument.equals(compared)) {
        throw new IllegalArgumentException("a table has two arguments");
      }
      argument = compared;
      entries.put(equal ? constant(is.port("B")) : zero ? 0L : 1L,
          constant(c.port("B").subList(i * width, (i + 1) * width)));
    }
    // Entries are found by the bits of the argument.
    int bits = argument.size();
    Word x = read(argument, false, false);
    Range range = forms.range(x.form());
    if (range.width() > bits) {
      x = new Word(forms.bits(x.form(), 0, bits, false), x.stage());
      range = forms.range(x.form());
    }
    long[] results = new long[Math.toIntExact(range.high() - range.low() + 1)];
    long otherwise = constant(c.port("A"));
    for (int i = 0; i < results.length; i++) {
      results[i] = entries.getOrDefault((range.low() + i) & ((1L << bits) - 1), otherwise);
    }
    if (isSigned(c)) {
      int unused = Long.SIZE - width;
      results = Arrays.stream(results).map(r -> r << unused >> unused).toArray();
    }
    return new Word(forms.table(x.form(), new NetTable("", range.low(), results)), x.stage());
  }

  private static long constant(List<Object> bits) {
    if (!bits.stream().allMatch(b -> b instanceof String)) {
      throw new IllegalArgumentException("a table has entries that are not constant");
    }
    long value = 0;
    for (int i = 0; i < bits.size(); i++) {
      value |= bits.get(i).equals("1") ? 1L << i : 0;
    }
    return value;
  }
}
