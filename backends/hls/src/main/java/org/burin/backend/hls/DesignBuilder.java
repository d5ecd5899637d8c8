package org.burin.backend.hls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.burin.backend.hls.Design.Call;
import org.burin.backend.hls.Design.ConstantArray;
import org.burin.backend.hls.Design.Port;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOp.Constant;
import org.burin.fixed.FixedOp.Input;
import org.burin.fixed.FixedOp.Reshape;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;

/// Makes a [Design] of a program: a name for every value, then calls of the kernel library.
final class DesignBuilder {
  private final Program.Fixed program;
  private final HlsSettings settings;
  private final Dialect dialect;
  private final Names names = new Names();
  private final Map<Integer, String> nameOf = new HashMap<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final List<Port> arrays = new ArrayList<>();
  private final Map<String, ConstantArray> constants = new LinkedHashMap<>();
  private final List<Call> calls = new ArrayList<>();

  private DesignBuilder(Program.Fixed program, HlsSettings settings, Dialect dialect) {
    this.program = program;
    this.settings = settings;
    this.dialect = dialect;
  }

  static Design of(Program.Fixed program, HlsSettings settings, Dialect dialect) {
    return new DesignBuilder(program, settings, dialect).build();
  }

  /// The name of the top function.
  static String top(Program.Fixed program, HlsSettings settings) {
    return settings.top().isEmpty() ? new Names().unique(program.about().name()) : settings.top();
  }

  private Design build() {
    String top = names.unique(top(program, settings));
    FixedGraph graph = program.graph();
    Set<Integer> live = live(graph);
    for (FixedValue v : graph.inputs()) {
      Port p = port(((Input) v.op()).name(), v);
      inputs.add(p);
      nameOf.put(v.id(), p.name());
    }
    Set<Integer> written = new HashSet<>();
    graph.outputs().forEach((label, v) -> {
      Port p = port(label, v);
      outputs.add(p);
      if (isComputed(v) && !isRead(v) && written.add(v.id())) {
        nameOf.put(v.id(), p.name());
      }
    });
    for (FixedValue v : graph.values()) {
      if (live.contains(v.id())) {
        add(v);
      }
    }
    for (Port p : outputs) {
      if (!Objects.equals(nameOf.get(p.value().id()), p.name())) {
        calls.add(copy(p));
      }
    }
    return new Design(top, program.about(), settings, inputs, outputs, arrays, List.copyOf(constants.values()), calls);
  }

  private Port port(String label, FixedValue v) {
    return new Port(names.unique(label), label, v, Containers.of(v));
  }

  /// What outputs are made of.
  private static Set<Integer> live(FixedGraph graph) {
    Set<Integer> live = new HashSet<>();
    graph.outputs().values().forEach(v -> live.add(v.id()));
    for (FixedValue v : graph.values().reversed()) {
      if (live.contains(v.id())) {
        FixedOperands.of(v.op()).forEach(o -> live.add(o.id()));
      }
    }
    return live;
  }

  private static boolean isComputed(FixedValue v) {
    return !(v.op() instanceof Input || v.op() instanceof Constant || v.op() instanceof Reshape);
  }

  private boolean isRead(FixedValue v) {
    return program.graph().values().stream().anyMatch(u -> FixedOperands.of(u.op()).contains(v));
  }

  private void add(FixedValue v) {
    switch (v.op()) {
      case Input _, Constant _ -> { }
      case Reshape(var x, _) -> {
        // The same array, unless it is an array of constants, which has no name of its own.
        if (!(x.op() instanceof Constant)) {
          nameOf.put(v.id(), Objects.requireNonNull(nameOf.get(x.id())));
        }
      }
      default -> {
        String name = names.unique(wish(v));
        if (!nameOf.containsKey(v.id())) {
          nameOf.put(v.id(), name);
          arrays.add(new Port(name, "", v, Containers.of(v)));
        }
        calls.addAll(new Calls(this, v, name).of());
      }
    }
  }

  private static String wish(FixedValue v) {
    String op = kind(v.op());
    return v.layer().isEmpty() ? op : v.layer() + "_" + op;
  }

  /// A word for an operation.
  private static String kind(FixedOp op) {
    return op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private Call copy(Port p) {
    String name = names.unique(p.name() + "_copy");
    return new Call(name, p.value().layer(), "rearrange", List.of(
        Calls.count("n", p.size()), "typedef " + type(p.value()) + " x_type;", "typedef burin::same x_at;"),
        List.of(array(p.value(), name), p.name()));
  }

  // ---- what calls are made with -----------------------------------------------------------------------------------

  Dialect dialect() {
    return dialect;
  }

  HlsSettings settings() {
    return settings;
  }

  Names names() {
    return names;
  }

  /// An array between calls of one operation.
  void addArray(String name, FixedValue like, FixedType type) {
    arrays.add(new Port(name, "", like, type));
  }

  /// The name of the type of a value.
  String type(FixedValue v) {
    return isConstant(v) ? dialect.type(Containers.of(v)) : nameOf(v) + "_t";
  }

  private String nameOf(FixedValue v) {
    return Objects.requireNonNull(nameOf.get(v.id()), () -> "no name for " + v);
  }

  static boolean isConstant(FixedValue v) {
    return v.op() instanceof Constant || (v.op() instanceof Reshape(var x, _) && isConstant(x));
  }

  private static Constant constant(FixedValue v) {
    return v.op() instanceof Reshape(var x, _) ? constant(x) : (Constant) v.op();
  }

  /// The name of the array of a value.
  ///
  /// @param user the name of the call that reads it
  String array(FixedValue v, String user) {
    if (!isConstant(v)) {
      return nameOf(v);
    }
    return constant(v, user + "_c", v.layer(), v.shape().toString(), raw(v), false);
  }

  /// The raw integers of a constant, of the type in which it is kept.
  static long[] raw(FixedValue v) {
    long[] raw = constant(v).value().raw().clone();
    int shift = v.precision().fraction() - Containers.of(v).fraction();
    for (int i = 0; i < raw.length; i++) {
      raw[i] >>= shift;
    }
    return raw;
  }

  /// The name of an array of weights: one for all who use these weights in this order.
  String constant(FixedValue v, String wish, String layer, String shape, long[] raw, boolean port) {
    FixedType type = Containers.of(v);
    String key = "%" + constantId(v) + " " + shape + (port ? " port" : "");
    return constants.computeIfAbsent(key,
        _ -> new ConstantArray(names.unique(wish), layer, type, shape, raw, port)).name();
  }

  private static int constantId(FixedValue v) {
    return v.op() instanceof Reshape(var x, _) ? constantId(x) : v.id();
  }

  /// All files of a design are made of this list.
  static Stream<Port> typed(Design d) {
    return Stream.of(d.inputs(), d.arrays(), d.outputs()).flatMap(List::stream);
  }
}
