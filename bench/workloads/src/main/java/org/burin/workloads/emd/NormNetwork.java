package org.burin.workloads.emd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Initializer;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.nn.Parameters;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.burin.workloads.econ.Hgcal;

/// A network that has the earth mover's distance's own form.
///
/// Where the cost of moving is a metric, the distance of `x` and `y` depends on `d = x - y` alone, and is a norm of it:
/// not negative, 0 for `d = 0`, the same for `d` and `-d`, proportional to its size. So is
///
/// `f(d) = o · relu(|d · A| · B) + s · |d · A|` with `o >= 0`, `s > 0`,
///
/// which has no bias anywhere. Every column of `A` sums to 0, so that equal additions to all cells change nothing. The
/// module looks the same after a turn by a third, and so does the network: `A` has each direction in three turned
/// copies, and `B` mixes the copies alike, which leaves a third of the numbers to be learnt.
///
/// Because of `f(d) = d · ∇f(d)`, the gradient alone determines the network. The exact solver gives it too, as its dual
/// potentials, 48 numbers for every pair rather than one; so the model to train has the output `gradient`, by `x`.
///
/// @param directions columns of `A` for each turn
/// @param features columns of `B` for each turn
public record NormNetwork(int directions, int features) {
  /// The network that the project ships.
  public static final NormNetwork SHIPPED = new NormNetwork(128, 64);

  /// The output with the derivatives by the pixels of `x`, `[N,48]`, whose mean is 0.
  static final String GRADIENT = "gradient";

  private static final int TURNS = Hgcal.SECTORS;
  private static final String A = "directions";
  private static final String B = "features";
  private static final String S = "direction_weights";
  private static final String O = "feature_weights";

  /// Checks the sizes.
  ///
  /// @throws IllegalArgumentException when one is below 1
  public NormNetwork {
    if (directions < 1 || features < 1) {
      throw new IllegalArgumentException(
          "a network needs directions and features, found " + directions + " and " + features);
    }
  }

  /// A new, untrained model with the inputs `x` and `y` `[N,4,4,3]` and the outputs `distance [N,1]` and `gradient
  /// [N,48]`.
  public Model build(long seed) {
    return Model.build("emd_norm", seed, net -> {
      Value d = difference(net);
      GraphBuilder g = net.graph();
      Value a = net.parameter(A, Shape.of(Hgcal.CELLS, directions), Initializer.normal(0f, 1f));
      float spread = (float) Math.sqrt(1.0 / (TURNS * directions));
      Value b = net.parameter(B, Shape.of(TURNS * directions, features), Initializer.normal(0f, spread));
      Value s = net.parameter(S, Shape.of(directions, 1), Initializer.constant(0.1f / (TURNS * directions)));
      Value o = net.parameter(O, Shape.of(features, 1), Initializer.constant(1f / (TURNS * features)));
      outputs(net, d, turnedDirections(g, a), turnedFeatures(g, b), repeated(g, s), repeated(g, o));
    });
  }

  private static Value difference(Net net) {
    Value x = net.input(Images.X, Images.SHAPE.dims());
    Value y = net.input(Images.Y, Images.SHAPE.dims());
    GraphBuilder g = net.graph();
    return g.reshape(g.sub(x, y), Shape.of(Shape.BATCH, Hgcal.CELLS));
  }

  private static void outputs(Net net, Value d, Value a, Value b, Value s, Value o) {
    GraphBuilder g = net.graph();
    Value projected = g.matMul(d, a);
    Value lengths = g.unary(UnaryFn.ABS, projected);
    Value mixed = g.matMul(lengths, b);
    net.output(Images.DISTANCE, g.add(g.matMul(g.relu(mixed), o), g.matMul(lengths, s)));
    Value active = g.binary(BinaryFn.GT, mixed, g.constant(0f));
    Value ofLengths = g.matMul(g.mul(active, g.reshape(o, Shape.of(o.shape().size()))), b, false, true);
    Value slopes = g.add(ofLengths, g.reshape(s, Shape.of(s.shape().size())));
    Value ofProjected = g.mul(g.unary(UnaryFn.SIGN, projected), slopes);
    net.output(GRADIENT, g.matMul(ofProjected, a, false, true));
  }

  /// Centred, in its three turns.
  private static Value turnedDirections(GraphBuilder g, Value a) {
    Value centred = g.sub(a, g.reduce(ReduceFn.MEAN, a, true, 0));
    List<Value> turns = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      turns.add(g.gather(centred, g.constant(Tensor.vector(turnedPixels(turn))), 0));
    }
    return g.concat(turns, 1);
  }

  /// For every pixel the one that a turn brings there: a turn by a third takes sector s to s + 1, cell by cell.
  private static float[] turnedPixels(int turn) {
    float[] pixels = new float[Hgcal.CELLS];
    for (int p = 0; p < pixels.length; p++) {
      int sector = p % TURNS;
      pixels[p] = p - sector + (sector - turn + TURNS) % TURNS;
    }
    return pixels;
  }

  /// Block (r, q) of the result, from turn r of directions to turn q of features, is block r - q of `b`.
  private Value turnedFeatures(GraphBuilder g, Value b) {
    List<Value> columns = new ArrayList<>();
    for (int q = 0; q < TURNS; q++) {
      List<Value> blocks = new ArrayList<>();
      for (int r = 0; r < TURNS; r++) {
        blocks.add(g.slice(b, 0, (r - q + TURNS) % TURNS * directions, directions));
      }
      columns.add(g.concat(blocks, 0));
    }
    return g.concat(columns, 1);
  }

  /// Not negative, and the same for all turns.
  private static Value repeated(GraphBuilder g, Value weights) {
    Value size = g.unary(UnaryFn.ABS, weights);
    return g.concat(List.of(size, size, size), 0);
  }

  /// The trained network to use: inputs `x` and `y` `[N,4,4,3]`, output `distance [N,1]`, with `A`, `B`, `o` and `s` as
  /// they are, which makes it smaller and faster than the one that is trained.
  ///
  /// @param trained a model that [#build] made, for any sizes
  /// @throws org.burin.ir.GraphException when it is another one
  public static Model deployed(Model trained) {
    Map<String, Tensor> matrices = matrices(trained.parameters());
    return Model.build(trained.name(), 0, net -> {
      Value d = difference(net);
      GraphBuilder g = net.graph();
      Value lengths = g.unary(UnaryFn.ABS, g.matMul(d, given(net, matrices, A)));
      Value mixed = g.relu(g.matMul(lengths, given(net, matrices, B)));
      net.output(Images.DISTANCE,
          g.add(g.matMul(mixed, given(net, matrices, O)), g.matMul(lengths, given(net, matrices, S))));
    });
  }

  private static Value given(Net net, Map<String, Tensor> matrices, String name) {
    Tensor t = Objects.requireNonNull(matrices.get(name));
    return net.parameter(name, t.shape(), Initializer.copyOf(t));
  }

  private static Map<String, Tensor> matrices(Parameters p) {
    NormNetwork sizes = new NormNetwork(p.get(A).shape().dim(-1), p.get(B).shape().dim(-1));
    GraphBuilder g = new GraphBuilder("matrices");
    g.output(A, turnedDirections(g, g.parameter(A, p.get(A).shape())));
    g.output(B, sizes.turnedFeatures(g, g.parameter(B, p.get(B).shape())));
    g.output(S, repeated(g, g.parameter(S, p.get(S).shape())));
    g.output(O, repeated(g, g.parameter(O, p.get(O).shape())));
    Plan plan = Plan.compile(g.build(), p.tensors(), PlanOptions.DEFAULT);
    plan.run();
    Map<String, Tensor> matrices = new LinkedHashMap<>();
    for (String name : List.of(A, B, S, O)) {
      matrices.put(name, plan.output(name).copy());
    }
    return matrices;
  }

  /// Multiplications for one distance.
  public long multiplications() {
    long a = (long) TURNS * directions;
    long b = (long) TURNS * features;
    return Hgcal.CELLS * a + a * b + a + b;
  }
}
