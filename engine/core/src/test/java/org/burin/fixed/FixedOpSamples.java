package org.burin.fixed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.tensor.Shape;
import org.burin.tensor.TestRandom;
import org.burin.tensor.Window;

/// Small random fixed graphs, at least one for every operation, with numbers to run them on. Inputs have types of their
/// own for every element, one element in a grid, or one for all.
public final class FixedOpSamples {
  /// One graph whose output `y` is one operation.
  ///
  /// @param name the operation and the seed
  /// @param graph the graph, with an open batch axis
  /// @param inputs a few samples
  public record Sample(String name, FixedGraph graph, Map<String, FixedTensor> inputs) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final TestRandom rng;
  private final long seed;
  private final int samples;
  private final List<Sample> list = new ArrayList<>();
  private FixedGraphBuilder b = new FixedGraphBuilder("sample");
  private Map<String, FixedTensor> inputs = new LinkedHashMap<>();

  private FixedOpSamples(long seed) {
    this.seed = seed;
    rng = new TestRandom(seed);
    samples = rng.between(1, 4);
  }

  /// The samples of one seed.
  public static List<Sample> of(long seed) {
    FixedOpSamples s = new FixedOpSamples(seed);
    s.conversions();
    s.elementwise();
    s.choices();
    s.matMuls();
    s.convolutions();
    s.pools();
    s.reductions();
    s.moves();
    return s.list;
  }

  private void sample(String name, Supplier<FixedValue> body) {
    b = new FixedGraphBuilder("sample");
    inputs = new LinkedHashMap<>();
    b.output("y", b.scope("layer", body));
    list.add(new Sample(name + " seed=" + seed, b.build(), inputs));
  }

  // ---- ingredients ----------------------------------------------------------------------------------------------

  /// A random type of few bits.
  public static FixedType type(TestRandom rng) {
    int width = rng.between(1, 7);
    return new FixedType(rng.flip(), width, rng.between(-2, width + 2), rng.pick(Rounding.values()),
        rng.pick(Overflow.values()));
  }

  private ElementTypes types(Shape sample) {
    Shape grid = rng.flip() ? Shape.SCALAR : rng.broadcastable(sample);
    return new ElementTypes(grid, IntStream.range(0, grid.size()).mapToObj(_ -> type(rng)).toList());
  }

  private static Shape batched(Shape sample) {
    return Shape.of(IntStream.concat(IntStream.of(Shape.BATCH), IntStream.of(sample.dims())).toArray());
  }

  /// An input of this shape per sample.
  private FixedValue x(Shape sample) {
    return x(sample, types(sample));
  }

  private FixedValue x(Shape sample, ElementTypes types) {
    FixedValue v = b.input("x" + inputs.size(), batched(sample), types);
    inputs.put("x" + inputs.size(), numbers(rng, v.shape().bind(samples), types));
    return v;
  }

  /// Numbers for an input: about half at the ends of the range, some that are not numbers of the types.
  public static FixedTensor numbers(TestRandom rng, Shape shape, ElementTypes types) {
    int beyond = rng.below(3);
    int fraction = types.fraction() + beyond;
    int[] ofType = Walk.sources(types.grid(), shape);
    long[] raw = new long[shape.size()];
    for (int i = 0; i < raw.length; i++) {
      FixedType t = types.types().get(ofType[i]);
      int shift = fraction - t.fraction();
      raw[i] = switch (rng.below(4)) {
        case 0 -> t.minRaw() << shift;
        case 1 -> t.maxRaw() << shift;
        case 2 -> (long) rng.between((int) t.minRaw(), (int) t.maxRaw()) << shift;
        default -> rng.between(-600, 600);
      };
    }
    return FixedTensor.of(shape, fraction, raw);
  }

  private FixedTensor tensor(Shape shape, int low, int high, int fraction) {
    return FixedTensor.of(shape, fraction, IntStream.range(0, shape.size()).mapToLong(_ -> rng.between(low, high))
        .toArray());
  }

  /// Weights, some of them 0.
  private FixedValue constant(Shape shape) {
    FixedTensor t = tensor(shape, -9, 9, rng.between(-2, 4));
    for (int i = 0; i < t.size(); i++) {
      t.raw()[i] *= rng.below(3) == 0 ? 0 : 1;
    }
    return b.constant(t);
  }

  /// A value that broadcasts with an input of this shape: another input, or weights.
  private FixedValue operand(Shape sample) {
    Shape shape = rng.broadcastable(sample);
    return rng.flip() ? constant(shape) : x(shape.rank() == sample.rank() ? shape : sample);
  }

  // ---- operations -----------------------------------------------------------------------------------------------

  private void conversions() {
    sample("input", () -> x(rng.shape(rng.below(4))));
    sample("constant", () -> constant(rng.shape(rng.below(4))));
    for (Overflow overflow : Overflow.values()) {
      sample("quantize " + overflow, () -> {
        Shape shape = rng.shape(2);
        ElementTypes types = types(shape);
        return b.quantize(x(shape), new ElementTypes(types.grid(),
            types.types().stream().map(t -> t.with(t.rounding(), overflow)).toList()));
      });
    }
    sample("quantize a sum", () -> {
      Shape shape = rng.shape(2);
      return b.quantize(b.add(x(shape), constant(Shape.SCALAR)), types(shape));
    });
    sample("divide", () -> {
      Shape shape = rng.shape(2);
      return b.divide(x(shape), tensor(rng.broadcastable(shape), 1, 9, 0), types(shape));
    });
    sample("lookup", () -> {
      Shape shape = rng.shape(2);
      FixedValue x = x(shape);
      FixedTensor which = tensor(rng.broadcastable(shape), 0, 1, 0);
      int fraction = rng.between(-1, 5);
      return b.lookup(x, which, List.of(table("first", x, fraction), table("second", x, fraction)));
    });
  }

  private LookupTable table(String name, FixedValue x, int fraction) {
    Precision p = x.precision();
    long first = p.low() - rng.below(3);
    int size = (int) (p.high() - first) + 1 + rng.below(3);
    long[] entries = IntStream.range(0, size).mapToLong(_ -> rng.between(-40, 40)).toArray();
    return new LookupTable(name, p.fraction(), first, fraction, entries, 0.125);
  }

  private void elementwise() {
    sample("add", () -> {
      Shape shape = rng.shape(3);
      return b.add(x(shape), operand(shape));
    });
    sample("add to itself", () -> {
      FixedValue x = x(rng.shape(2));
      return b.add(x, x);
    });
    sample("sub", () -> {
      Shape shape = rng.shape(3);
      return b.sub(operand(shape), x(shape));
    });
    sample("sub from itself", () -> {
      FixedValue x = x(rng.shape(2));
      return b.sub(x, x);
    });
    sample("distance from the largest", () -> {
      FixedValue x = x(rng.shape(2));
      FixedValue most = b.reduceMax(x, true, rng.between(1, 2));
      return rng.flip() ? b.sub(most, x) : b.sub(x, most);
    });
    sample("distance from the larger one", () -> {
      Shape shape = rng.shape(2);
      FixedValue x = x(shape);
      return rng.flip() ? b.sub(b.max(x, operand(shape)), x) : b.sub(x, b.min(operand(shape), x));
    });
    sample("mul", () -> {
      Shape shape = rng.shape(3);
      return b.mul(x(shape), operand(shape));
    });
    sample("mul by itself", () -> {
      FixedValue x = x(rng.shape(2));
      return b.mul(x, x);
    });
    sample("neg", () -> b.neg(x(rng.shape(2))));
    sample("abs", () -> b.abs(x(rng.shape(2))));
    sample("shift", () -> b.shift(x(rng.shape(2)), rng.between(-3, 3)));
    sample("relu", () -> b.relu(x(rng.shape(2))));
    sample("max", () -> {
      Shape shape = rng.shape(3);
      return b.max(x(shape), operand(shape));
    });
    sample("min", () -> {
      Shape shape = rng.shape(3);
      return b.min(x(shape), operand(shape));
    });
  }

  private void choices() {
    for (Comparison comparison : Comparison.values()) {
      sample("compare " + comparison, () -> {
        Shape shape = rng.shape(2);
        return b.compare(comparison, x(shape), operand(shape));
      });
      sample("select one of what was compared " + comparison, () -> {
        Shape shape = rng.shape(2);
        FixedValue p = x(shape);
        FixedValue q = operand(shape);
        FixedValue condition = b.compare(comparison, p, q);
        return rng.flip() ? b.select(condition, p, operand(shape)) : b.select(condition, q, p);
      });
    }
    sample("select", () -> {
      Shape shape = rng.shape(2);
      return b.select(operand(shape), x(shape), operand(shape));
    });
  }

  private void matMuls() {
    for (int t = 0; t < 4; t++) {
      boolean ta = (t & 1) != 0;
      boolean tb = (t & 2) != 0;
      sample("matmul by weights ta=" + ta + " tb=" + tb, () -> {
        Shape m = rng.shape(3);
        return b.matMul(x(matrix(m.dim(0), m.dim(1), ta)), constant(matrix(m.dim(1), m.dim(2), tb)), ta, tb);
      });
      sample("matmul ta=" + ta + " tb=" + tb, () -> {
        Shape m = rng.shape(3);
        return b.matMul(x(matrix(m.dim(0), m.dim(1), ta)), x(matrix(m.dim(1), m.dim(2), tb)), ta, tb);
      });
    }
    sample("matmul of stacked matrices by shared weights", () -> {
      Shape m = rng.shape(4);
      return b.matMul(x(m.with(3, m.dim(2)).with(2, m.dim(1))), constant(Shape.of(1, m.dim(2), m.dim(3))));
    });
    sample("dense", () -> {
      Shape m = rng.shape(2);
      return b.matMul(x(Shape.of(m.dim(0))), constant(m));
    });
  }

  private static Shape matrix(int rows, int columns, boolean transposed) {
    return transposed ? Shape.of(columns, rows) : Shape.of(rows, columns);
  }

  private record Convolution(Shape x, Shape w, Shape y, Window window, int groups) {}

  private Convolution convolution() {
    int groups = rng.between(1, 3);
    int kh = rng.between(1, 3);
    int kw = rng.between(1, 3);
    int dilation = rng.between(1, 2);
    int height = (kh - 1) * dilation + rng.between(1, 3);
    int width = (kw - 1) * dilation + rng.between(1, 3);
    int strideH = rng.between(1, 3);
    int strideW = rng.between(1, 2);
    Window window = switch (rng.below(3)) {
      case 0 -> Window.valid(strideH, strideW, dilation, dilation);
      case 1 -> Window.same(height, width, kh, kw, strideH, strideW, dilation, dilation);
      default -> new Window(
          strideH, strideW, rng.below(3), rng.below(3), rng.below(3), rng.below(3), dilation, dilation);
    };
    int channels = rng.between(1, 2);
    int filters = groups * rng.between(1, 2);
    return new Convolution(Shape.of(height, width, groups * channels), Shape.of(kh, kw, channels, filters),
        Shape.of(window.outHeight(height, kh), window.outWidth(width, kw), filters), window, groups);
  }

  private void convolutions() {
    for (int i = 0; i < 3; i++) {
      sample("conv2d", () -> {
        Convolution c = convolution();
        return b.conv2d(x(c.x), constant(c.w), c.window, c.groups);
      });
      sample("conv2d_transpose", () -> {
        Convolution c = convolution();
        return b.conv2dTranspose(x(c.y), constant(c.w), c.window, c.groups, c.x.dim(0), c.x.dim(1));
      });
    }
  }

  private void pools() {
    for (int i = 0; i < 2; i++) {
      int kh = rng.between(1, 3);
      int kw = rng.between(1, 3);
      Shape image = Shape.of(kh + rng.below(4), kw + rng.below(4), rng.between(1, 3));
      Window window = rng.flip() ? Window.valid(rng.between(1, 3), rng.between(1, 3), 1, 1)
          : new Window(rng.between(1, 3), rng.between(1, 3), rng.below(kh), rng.below(kh), rng.below(kw),
              rng.below(kw), 1, 1);
      sample("max_pool2d", () -> b.maxPool2d(x(image), kh, kw, window));
      sample("sum_pool2d", () -> b.sumPool2d(x(image), kh, kw, window));
    }
    sample("upsample2d", () -> b.upsample2d(x(rng.shape(3)), rng.between(2, 3), rng.between(1, 2)));
  }

  private void reductions() {
    for (boolean keep : new boolean[] {false, true}) {
      sample("sum keep=" + keep, () -> {
        int[] axes = IntStream.range(1, 4).filter(_ -> rng.flip()).toArray();
        return b.sum(x(rng.shape(3)), keep, axes);
      });
      sample("max keep=" + keep, () -> {
        int[] axes = IntStream.range(1, 4).filter(_ -> rng.flip()).toArray();
        return b.reduceMax(x(rng.shape(3)), keep, axes);
      });
    }
    sample("argmax", () -> b.argMax(x(rng.shape(3)), rng.between(1, 3)));
  }

  private void moves() {
    for (int axis = 1; axis < 3; axis++) {
      int at = axis;
      sample("gather by constants axis=" + axis, () -> {
        FixedValue x = x(rng.shape(3));
        return b.gather(x, b.constant(tensor(rng.shape(rng.below(3)), 0, x.shape().dim(at) - 1, 0)), at);
      });
      sample("concat axis=" + axis, () -> {
        Shape shape = rng.shape(3);
        FixedValue first = x(shape);
        return b.concat(List.of(first, x(shape.with(at - 1, rng.between(1, 3))), first), at);
      });
    }
    sample("gather by numbers", () -> {
      FixedType index = new FixedType(false, 2, rng.between(2, 3), Rounding.TRN, Overflow.SAT);
      Shape shape = rng.shape(1);
      return b.gather(constant(Shape.of(8, 2)), x(shape, ElementTypes.of(index)), 0);
    });
    sample("slice", () -> {
      Shape shape = Shape.of(rng.between(3, 5), rng.between(3, 5));
      return b.slice(x(shape), List.of(0, rng.below(2), 0), List.of(Shape.BATCH, rng.between(1, 2), 2),
          List.of(1, 1, rng.between(1, 2)));
    });
    sample("pad", () -> b.pad(x(rng.shape(2)), counts(), counts(), counts(), tensor(Shape.SCALAR, -3, 3, 1)));
    sample("reshape", () -> {
      Shape s = rng.shape(3);
      return b.reshape(x(s), Shape.of(Shape.BATCH, s.dim(2), s.dim(0) * s.dim(1)));
    });
    sample("reshape a bias", () -> {
      Shape s = rng.shape(2);
      return b.reshape(constant(s), Shape.of(s.size()));
    });
    sample("transpose", () -> b.transpose(x(rng.shape(3)), 0, 3, 1, 2));
    sample("transpose the batch", () -> b.transpose(x(rng.shape(2)), 1, 0, 2));
    sample("broadcast", () -> {
      Shape s = rng.shape(3);
      FixedValue v = constant(rng.broadcastable(s));
      return b.add(b.broadcast(v, batched(s)), x(s));
    });
  }

  private List<Integer> counts() {
    return List.of(0, rng.below(3), rng.below(3));
  }
}
