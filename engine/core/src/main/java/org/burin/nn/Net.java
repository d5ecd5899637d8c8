package org.burin.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.GraphException;
import org.burin.ir.Op.Input;
import org.burin.ir.Op.Parameter;
import org.burin.ir.Value;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// A model under construction: a [GraphBuilder] and the declarations of inputs, parameters, states and outputs.
///
/// Parameters are named by the path of the layer that they belong to, such as `encoder/dense_1/kernel`. Layers without
/// a chosen name are numbered within their scope: `dense`, `dense_1`, ... A layer instance that has parameters keeps
/// its path when it is applied again, and so shares them. Not thread-safe; of use only while a [Recipe] runs.
public final class Net {
  /// The input that seeds random numbers; see [#uniform].
  public static final String RANDOM_KEY = "random/key";

  /// The output of the training graph that sums up all penalties; absent when there is none.
  public static final String PENALTY = "loss/penalty";

  private static final Pattern NAME = Pattern.compile("[^/\\s\"\\\\]+");

  /// What a net was asked to keep between runs.
  record Declaration(Shape shape, Parameters.Kind kind, Initializer initializer) {
    boolean matches(Declaration other) {
      return shape.equals(other.shape) && kind == other.kind;
    }

    @Override
    public String toString() {
      return kind == Parameters.Kind.WEIGHT ? "weight " + shape : "state " + shape;
    }
  }

  /// The scope of one application of a layer, or of a named scope.
  private static final class Frame {
    final String path;
    final boolean again;
    final Map<String, Integer> counts = new HashMap<>();
    final Set<String> taken = new HashSet<>();
    final Map<String, Frame> scopes = new HashMap<>();
    final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean declares;

    /// @param again whether the same path was built before, so that its parameters exist
    Frame(String path, boolean again) {
      this.path = path;
      this.again = again;
    }

    String child(String name) {
      return path.isEmpty() ? name : path + "/" + name;
    }

    String nextName(String stem) {
      while (true) {
        int n = counts.merge(stem, 1, Integer::sum) - 1;
        String name = n == 0 ? stem : stem + "_" + n;
        if (taken.add(name)) {
          return name;
        }
      }
    }
  }

  private final GraphBuilder graph;
  private final boolean training;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final IdentityHashMap<Object, String> shared = new IdentityHashMap<>();
  private final Map<String, Declaration> declarations = new LinkedHashMap<>();
  private final Set<String> outputs = new HashSet<>();
  private final List<Value> penalties = new ArrayList<>();
  private int randomStreams;

  Net(String name, boolean training) {
    this.graph = new GraphBuilder(name);
    this.training = training;
    frames.push(new Frame("", false));
  }

  /// The builder of the operations.
  public GraphBuilder graph() {
    return graph;
  }

  /// Whether this is the graph to train, rather than the graph to use.
  public boolean training() {
    return training;
  }

  // ---- inputs and outputs -----------------------------------------------------------------------------------------

  /// An input of samples of these extents; the value's shape has the open batch size in front.
  ///
  /// @throws GraphException when the name is taken by an input of another shape
  public Value input(String name, int... sampleExtents) {
    int[] dims = new int[sampleExtents.length + 1];
    dims[0] = Shape.BATCH;
    System.arraycopy(sampleExtents, 0, dims, 1, sampleExtents.length);
    Shape shape = Shape.of(dims);
    for (Value v : graph.build().inputs()) {
      if (v.op() instanceof Input(var other, var found) && other.equals(name) && !found.equals(shape)) {
        throw new GraphException("input '" + name + "' has shape " + found + ", it cannot have " + shape + " as well");
      }
    }
    return graph.input(name, shape);
  }

  /// Names a result of the model.
  ///
  /// @throws GraphException when the name is taken
  public void output(String name, Value v) {
    if (name.equals(PENALTY) || !outputs.add(name)) {
      throw new GraphException("output name '" + name + "' is taken; outputs are " + outputs);
    }
    graph.output(name, v);
  }

  /// Adds a scalar to the loss while training: the training graph's output [#PENALTY] is the sum of all of them.
  ///
  /// @throws GraphException when it is not a scalar
  public void penalty(Value scalar) {
    if (scalar.shape().rank() != 0) {
      throw problem("a penalty must be a scalar, found shape " + scalar.shape());
    }
    penalties.add(scalar);
  }

  // ---- parameters -------------------------------------------------------------------------------------------------

  /// A weight of the present layer.
  ///
  /// @param name its name in the layer, such as `kernel`
  /// @throws GraphException when the layer has one of that name already, or (applied again) one of another shape
  public Value parameter(String name, Shape shape, Initializer initializer) {
    check(name, "parameter");
    return declare(name, new Declaration(shape, Parameters.Kind.WEIGHT, initializer));
  }

  /// A weight of the present layer with a penalty on its size.
  ///
  /// @throws GraphException as [#parameter(String,Shape,Initializer)]
  public Value parameter(String name, Shape shape, Initializer initializer, Regularizer regularizer) {
    boolean fresh = !declarations.containsKey(top().child(name));
    Value w = parameter(name, shape, initializer);
    if (fresh && training && !regularizer.equals(Regularizer.NONE)) {
      penalty(regularizer.of(graph, w));
    }
    return w;
  }

  /// A value brought onto a grid.
  ///
  /// @param name what the value is in the present layer; see [Quantizer#quantize]
  /// @throws GraphException when it cannot be quantized, or the quantizer gives a value of another shape
  public Value quantized(Quantizer quantizer, String name, Value x) {
    Value q = quantizer.quantize(this, name, x);
    if (!q.shape().equals(x.shape())) {
      throw problem("the quantizer of '" + name + "' must keep the shape " + x.shape() + ", it gave " + q.shape()
          + "; quantizer " + quantizer);
    }
    return q;
  }

  /// A tensor of the present layer that is kept between runs but not trained, such as a moving average.
  ///
  /// @throws GraphException as [#parameter(String,Shape,Initializer)]
  public Value state(String name, Shape shape, Initializer initial) {
    check(name, "parameter");
    return declare(name, new Declaration(shape, Parameters.Kind.STATE, initial));
  }

  /// What a state will hold after the run as far as is known now: what a later [#update] should start from.
  public Value latest(Value state) {
    return graph.latest(state);
  }

  /// Sets what a state holds after each training step. In the graph to use, nothing changes.
  ///
  /// @param state a value that [#state] gave
  /// @throws GraphException when it is no state, or the shape differs
  public void update(Value state, Value newContents) {
    if (!(state.op() instanceof Parameter(var name, _))) {
      throw problem("only a state can be updated, found " + state);
    }
    if (training) {
      graph.update(name, newContents);
    }
  }

  /// Keeps a weight where it should be: after each training step it becomes what `kept` says, computed from what the
  /// optimizer gave it. (In the training graph this is an update of the weight.) In the graph to use, nothing changes.
  ///
  /// @param weight a value that [#parameter] gave
  /// @param kept a function of the weight and other parameters, such as the weight clipped
  /// @throws GraphException when `weight` is no parameter, or the shape differs
  public void constrain(Value weight, Value kept) {
    if (!(weight.op() instanceof Parameter(var name, _))) {
      throw problem("only a weight can be constrained, found " + weight);
    }
    if (training) {
      graph.update(name, kept);
    }
  }

  /// A parameter of the present layer, at a path under it, that starts as a copy of a tensor.
  Value adopt(String path, Tensor contents, Parameters.Kind kind) {
    return declare(path, new Declaration(contents.shape(), kind, Initializer.copyOf(contents)));
  }

  /// Whether the present layer, or one around it, was applied before.
  boolean appliedAgain() {
    return top().again;
  }

  private Value declare(String name, Declaration declaration) {
    String path = top().child(name);
    Declaration before = declarations.putIfAbsent(path, declaration);
    if (before != null && !top().again) {
      throw problem("parameter '" + path + "' is declared twice");
    }
    if (before != null && !before.matches(declaration)) {
      throw problem("the layer is applied again, where '" + path + "' would have to be a " + declaration
          + "; it is a " + before);
    }
    frames.forEach(f -> f.declares = true);
    return graph.parameter(path, declaration.shape());
  }

  // ---- random numbers ---------------------------------------------------------------------------------------------

  /// Uniform random numbers in [0,1), different at every call and, as the model's [#RANDOM_KEY] changes, at every step.
  public Value uniform(Shape shape) {
    return graph.random(randomKey(), randomStreams++, shape);
  }

  /// The input of shape [4] that holds seed and step, see [org.burin.tensor.CounterRandom#writeKey].
  public Value randomKey() {
    return graph.within("", () -> graph.input(RANDOM_KEY, Shape.of(4)));
  }

  // ---- layers -----------------------------------------------------------------------------------------------------

  /// Applies a layer in a scope of its own.
  ///
  /// @throws GraphException when the input does not fit the layer; the text begins with the layer's path
  public Value apply(Layer layer, Value x) {
    return enter(layer, layer.stem(), layer.name(), () -> layer.build(this, x));
  }

  /// Applies a layer with several inputs in a scope of its own.
  ///
  /// @throws GraphException when the inputs do not fit the layer; the text begins with the layer's path
  public Value apply(MultiInputLayer layer, List<Value> inputs) {
    return enter(layer, layer.stem(), layer.name(), () -> layer.build(this, List.copyOf(inputs)));
  }

  /// Applies layers one after the other.
  public Value chain(Value x, Layer... layers) {
    Value y = x;
    for (Layer layer : layers) {
      y = apply(layer, y);
    }
    return y;
  }

  /// Runs `body` with `name` in front of the names of its layers. A scope that is opened again goes on where it ended.
  public <T> T scope(String name, Supplier<T> body) {
    check(name, "scope");
    Frame parent = top();
    parent.taken.add(name);
    Frame frame = parent.scopes.computeIfAbsent(name, n -> new Frame(parent.child(n), parent.again));
    return within(frame, body);
  }

  /// Runs a part of the present layer that may declare the same parameters as an earlier part, and then shares them.
  public <T> T repeat(Supplier<T> body) {
    return within(new Frame(top().path, true), body);
  }

  /// An error at the present layer: its text, after the layer's path.
  public GraphException problem(String text) {
    return new GraphException((graph.path().isEmpty() ? "" : "layer " + graph.path() + ": ") + text);
  }

  private Value enter(Object layer, String stem, String chosen, Supplier<Value> body) {
    Frame parent = top();
    String path = shared.get(layer);
    Frame frame;
    if (path == null) {
      frame = new Frame(parent.child(freshName(parent, stem, chosen)), parent.again);
    } else {
      boolean namedHere = path.equals(parent.child(path.substring(path.lastIndexOf('/') + 1)));
      if (parent.again && namedHere && parent.met.add(layer)) {
        // The first time round the layer took this name here; take it again, or the next layer would get it.
        freshName(parent, stem, chosen);
      }
      frame = new Frame(path, true);
    }
    Value y = within(frame, body);
    if (frame.declares && path == null) {
      shared.put(layer, frame.path);
      parent.met.add(layer);
    }
    return y;
  }

  private String freshName(Frame parent, String stem, String chosen) {
    if (chosen.isEmpty()) {
      return parent.nextName(stem);
    }
    check(chosen, "layer");
    if (!parent.taken.add(chosen)) {
      throw problem("two layers are called '" + chosen + "'; apply one instance twice to share its parameters, or "
          + "choose another name");
    }
    return chosen;
  }

  private <T> T within(Frame frame, Supplier<T> body) {
    frames.push(frame);
    try {
      return graph.within(frame.path, body);
    } finally {
      frames.pop();
    }
  }

  private Frame top() {
    return frames.element();
  }

  private void check(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw problem("a " + what + "'s name is not empty and has no blanks, quotes or slashes, found '" + name + "'");
    }
  }

  // ---- what Model takes from here ---------------------------------------------------------------------------------

  Graph finish() {
    if (outputs.isEmpty()) {
      throw new GraphException("the model names no output; call output(name, value)");
    }
    if (training && !penalties.isEmpty()) {
      graph.output(PENALTY, penalties.stream().reduce(graph::add).orElseThrow());
    }
    return graph.build().prune();
  }

  Map<String, Declaration> declarations() {
    return Collections.unmodifiableMap(declarations);
  }

  Parameters initialize(long seed) {
    Parameters parameters = new Parameters();
    declarations.forEach((path, d) -> {
      try {
        parameters.add(path, d.initializer().create(d.shape(), new Draws(seed, path)), d.kind());
      } catch (IllegalArgumentException e) {
        throw new GraphException("parameter '" + path + "': " + e.getMessage(), e);
      }
    });
    return parameters;
  }
}
