package org.burin.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.TestRandom;
import org.burin.tensor.UnaryFn;
import org.burin.tensor.Window;

/// Small random graphs, at least one for every operation and function, with numbers to run them on.
public final class OpSamples {
  /// One graph whose output `y` is one operation of parameters (numbers) and inputs (indices and keys).
  ///
  /// @param name the operation and the seed
  /// @param graph the graph, bound
  /// @param inputs tensors for its inputs
  /// @param parameters tensors for its parameters
  /// @param differentiable whether its gradient is by definition the derivative near these numbers, to any order
  public record Sample(
      String name, Graph graph, Map<String, Tensor> inputs, Map<String, Tensor> parameters, boolean differentiable) {
    @Override
    public String toString() {
      return name;
    }
  }

  private final TestRandom rng;
  private final long seed;
  private final List<Sample> samples = new ArrayList<>();
  private GraphBuilder b = new GraphBuilder("sample");
  private Map<String, Tensor> inputs = new LinkedHashMap<>();
  private Map<String, Tensor> parameters = new LinkedHashMap<>();

  private OpSamples(long seed) {
    this.seed = seed;
    rng = new TestRandom(seed);
  }

  /// The samples of one seed.
  public static List<Sample> of(long seed) {
    OpSamples s = new OpSamples(seed);
    s.elementwise();
    s.matMuls();
    s.convolutions();
    s.pools();
    s.reductions();
    s.moves();
    return s.samples;
  }

  private void sample(String name, boolean smooth, Function<GraphBuilder, Value> body) {
    b = new GraphBuilder("sample");
    inputs = new LinkedHashMap<>();
    parameters = new LinkedHashMap<>();
    b.output("y", b.scope("layer", () -> body.apply(b)));
    samples.add(new Sample(name + " seed=" + seed, b.build(), inputs, parameters, smooth));
  }

  private Value parameter(Shape shape, float low, float high) {
    String name = "p" + parameters.size();
    parameters.put(name, rng.tensor(shape, low, high));
    return b.parameter(name, shape);
  }

  private Value parameter(Shape shape) {
    return parameter(shape, -2, 2);
  }

  /// Numbers with magnitudes in `[0.5, 2)`.
  private Value nonzero(Shape shape) {
    String name = "p" + parameters.size();
    Tensor t = rng.tensor(shape, 0.5f, 2);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] *= rng.flip() ? 1 : -1;
    }
    parameters.put(name, t);
    return b.parameter(name, shape);
  }

  private Value indices(Shape shape, int extent) {
    return indices("indices", shape, extent);
  }

  private Value indices(String name, Shape shape, int extent) {
    Tensor t = Tensor.zeros(shape);
    for (int i = 0; i < t.size(); i++) {
      t.data()[i] = rng.below(extent);
    }
    inputs.put(name, t);
    return b.input(name, shape);
  }

  private void elementwise() {
    for (UnaryFn fn : UnaryFn.values()) {
      sample(fn.name(), true, b -> {
        Shape shape = rng.shape(rng.below(4));
        return b.unary(fn, switch (fn) {
          case LOG, SQRT, RSQRT -> parameter(shape, 0.5f, 3);
          case RECIPROCAL -> nonzero(shape);
          case NEG, ABS, EXP, SQUARE, RELU, SIGMOID, TANH, ERF, SIGN, FLOOR, CEIL, ROUND -> parameter(shape);
        });
      });
    }
    for (BinaryFn fn : BinaryFn.values()) {
      sample(fn.name(), true, b -> {
        Shape shape = rng.shape(rng.between(1, 4));
        Shape other = rng.broadcastable(shape);
        boolean swap = rng.flip();
        Shape sa = swap ? other : shape;
        Shape sb = swap ? shape : other;
        Value a = fn == BinaryFn.POW ? parameter(sa, 0.5f, 3) : parameter(sa);
        return b.binary(fn, a, fn == BinaryFn.DIV ? nonzero(sb) : parameter(sb));
      });
    }
    sample("pow of a constant", true, b -> b.binary(BinaryFn.POW, parameter(rng.shape(2)), b.constant(3f)));
    sample("mul by itself", true, b -> {
      Value x = parameter(rng.shape(2));
      return b.mul(x, x);
    });
    sample("select", true, b -> {
      Shape shape = rng.shape(3);
      Value condition = b.binary(BinaryFn.GT, parameter(rng.broadcastable(shape)), b.constant(0f));
      return b.select(condition, parameter(shape), parameter(rng.broadcastable(shape)));
    });
    sample("quantize", false, b -> b.quantize(parameter(rng.shape(2)), FixedType.parse("fixed<6,2,rnd_conv,sat>")));
    sample("quantize_bits", false, b -> {
      Shape shape = rng.shape(3);
      return b.quantizeBits(parameter(shape), indices("integer", rng.broadcastable(shape), 4),
          indices("fraction", rng.broadcastable(shape), 6), rng.flip(),
          rng.flip() ? Rounding.RND : Rounding.TRN_ZERO, rng.flip() ? Overflow.WRAP : Overflow.SAT_SYM);
    });
    sample("straight_through", false, b -> {
      Value x = parameter(rng.shape(2));
      return b.straightThrough(b.unary(UnaryFn.ROUND, x), b.unary(UnaryFn.TANH, x));
    });
    sample("stop_gradient", false, b -> {
      Value x = parameter(rng.shape(2));
      return b.mul(x, b.stopGradient(b.unary(UnaryFn.EXP, x)));
    });
    sample("random", true, b -> {
      inputs.put("key", Tensor.vector(rng.below(1000), 0, rng.below(1000), 1));
      Shape shape = rng.shape(3);
      return b.mul(b.random(b.input("key", Shape.of(4)), rng.below(5), shape), parameter(shape));
    });
    sample("constant", true, b -> {
      Shape shape = rng.shape(2);
      return b.add(b.constant(rng.tensor(shape, -1, 1)), parameter(shape));
    });
  }

  private void matMuls() {
    for (int t = 0; t < 4; t++) {
      boolean ta = (t & 1) != 0;
      boolean tb = (t & 2) != 0;
      sample("matmul ta=" + ta + " tb=" + tb, true, b -> {
        Shape m = rng.shape(3);
        return b.matMul(parameter(matrix(Shape.SCALAR, m.dim(0), m.dim(1), ta)),
            parameter(matrix(Shape.SCALAR, m.dim(1), m.dim(2), tb)), ta, tb);
      });
      sample("batched matmul ta=" + ta + " tb=" + tb, true, b -> {
        Shape m = rng.shape(3);
        Shape batch = rng.shape(2);
        return b.matMul(parameter(matrix(batch, m.dim(0), m.dim(1), ta)),
            parameter(matrix(rng.broadcastable(batch), m.dim(1), m.dim(2), tb)), ta, tb);
      });
      sample("matmul of stacked rows by one matrix ta=" + ta + " tb=" + tb, true, b -> {
        Shape m = rng.shape(3);
        return b.matMul(parameter(matrix(rng.shape(2), m.dim(0), m.dim(1), ta)),
            parameter(matrix(Shape.SCALAR, m.dim(1), m.dim(2), tb)), ta, tb);
      });
    }
  }

  private static Shape matrix(Shape batch, int rows, int columns, boolean transposed) {
    int[] dims = IntStream.concat(IntStream.of(batch.dims()),
        transposed ? IntStream.of(columns, rows) : IntStream.of(rows, columns)).toArray();
    return Shape.of(dims);
  }

  private record Convolution(Shape x, Shape w, Shape y, Window window, int groups) {}

  private Convolution convolution() {
    int groups = rng.between(1, 3);
    int perGroup = rng.between(1, 2);
    int filters = groups * rng.between(1, 2);
    int kh = rng.between(1, 3);
    int kw = rng.between(1, 3);
    int dilation = rng.between(1, 2);
    int height = (kh - 1) * dilation + rng.between(1, 4);
    int width = (kw - 1) * dilation + rng.between(1, 4);
    int strideH = rng.between(1, 3);
    int strideW = rng.between(1, 2);
    Window window = switch (rng.below(3)) {
      case 0 -> Window.valid(strideH, strideW, dilation, dilation);
      case 1 -> Window.same(height, width, kh, kw, strideH, strideW, dilation, dilation);
      default -> new Window(
          strideH, strideW, rng.below(3), rng.below(3), rng.below(3), rng.below(3), dilation, dilation);
    };
    Shape x = Shape.of(rng.between(1, 2), height, width, groups * perGroup);
    Shape y = Shape.of(x.dim(0), window.outHeight(height, kh), window.outWidth(width, kw), filters);
    return new Convolution(x, Shape.of(kh, kw, perGroup, filters), y, window, groups);
  }

  private void convolutions() {
    for (int i = 0; i < 3; i++) {
      sample("conv2d", true, b -> {
        Convolution c = convolution();
        return b.conv2d(parameter(c.x), parameter(c.w), c.window, c.groups);
      });
      sample("conv2d_transpose", true, b -> {
        Convolution c = convolution();
        return b.conv2dTranspose(
            parameter(c.y), parameter(c.w), c.window, c.groups, c.x.dim(1), c.x.dim(2));
      });
      sample("conv2d_kernel", true, b -> {
        Convolution c = convolution();
        return b.conv2dKernel(
            parameter(c.x), parameter(c.y), c.window, c.groups, c.w.dim(0), c.w.dim(1));
      });
    }
  }

  private record Pool(Shape x, Shape y, int kh, int kw, Window window) {}

  private Pool pool() {
    int kh = rng.between(1, 3);
    int kw = rng.between(1, 3);
    int height = kh + rng.below(4);
    int width = kw + rng.below(4);
    int strideH = rng.between(1, 3);
    int strideW = rng.between(1, 3);
    Window window = switch (rng.below(3)) {
      case 0 -> Window.valid(strideH, strideW, 1, 1);
      case 1 -> Window.same(height, width, kh, kw, strideH, strideW, 1, 1);
      default -> new Window(
          strideH, strideW, rng.below(kh), rng.below(kh), rng.below(kw), rng.below(kw), 1, 1);
    };
    Shape x = Shape.of(rng.between(1, 2), height, width, rng.between(1, 3));
    Shape y = x.with(1, window.outHeight(height, kh)).with(2, window.outWidth(width, kw));
    return new Pool(x, y, kh, kw, window);
  }

  private void pools() {
    for (int i = 0; i < 2; i++) {
      sample("max_pool2d", true, b -> {
        Pool p = pool();
        return b.maxPool2d(parameter(p.x), p.kh, p.kw, p.window);
      });
      sample("max_pool2d_scatter", true, b -> {
        Pool p = pool();
        return b.add(new Op.MaxPool2dScatter(parameter(p.x), parameter(p.y), p.kh, p.kw, p.window));
      });
      sample("max_pool2d_gather", true, b -> {
        Pool p = pool();
        return b.add(new Op.MaxPool2dGather(parameter(p.x), parameter(p.x), p.kh, p.kw, p.window));
      });
      sample("average_pool2d", true, b -> {
        Pool p = pool();
        return b.averagePool2d(parameter(p.x), p.kh, p.kw, p.window);
      });
      sample("average_pool2d_adjoint", true, b -> {
        Pool p = pool();
        return b.add(new Op.AveragePool2dAdjoint(
            parameter(p.y), p.kh, p.kw, p.window, p.x.dim(1), p.x.dim(2)));
      });
    }
    sample("upsample2d", true, b ->
        b.upsample2d(parameter(rng.shape(4)), rng.between(2, 3), rng.between(1, 2)));
  }

  private void reductions() {
    for (ReduceFn fn : ReduceFn.values()) {
      for (boolean keep : new boolean[] {false, true}) {
        sample("reduce " + fn + " keep=" + keep, true, b -> {
          Value x = parameter(rng.shape(4));
          int[] axes = IntStream.range(0, 4).filter(_ -> rng.flip()).toArray();
          return b.reduce(fn, x, keep, axes);
        });
      }
    }
    sample("argmax", true, b -> b.argMax(parameter(rng.shape(3)), rng.below(3)));
    sample("softmax", true, b -> b.softmax(parameter(rng.shape(rng.between(1, 3)))));
    sample("log_softmax", true, b -> b.logSoftmax(parameter(rng.shape(rng.between(1, 3)))));
  }

  private void moves() {
    for (int axis = 0; axis < 3; axis++) {
      int at = axis;
      sample("gather axis=" + axis, true, b -> {
        Value x = parameter(rng.shape(3));
        return b.gather(x, indices(rng.shape(rng.below(3)), x.shape().dim(at)), at);
      });
      sample("scatter_add axis=" + axis, true, b -> {
        Value updates = parameter(rng.shape(4));
        Shape taken = at == 2 ? Shape.of(updates.shape().dim(2), updates.shape().dim(3))
            : Shape.of(updates.shape().dim(at));
        int extent = rng.between(1, 4);
        return b.scatterAdd(updates, indices(taken, extent), at, extent);
      });
      sample("concat axis=" + axis, true, b -> {
        Value first = parameter(rng.shape(3));
        return b.concat(List.of(first, parameter(first.shape().with(at, rng.between(1, 3))), first), at);
      });
    }
    sample("slice", true, b -> {
      List<Integer> starts = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      List<Integer> steps = new ArrayList<>();
      int[] dims = new int[3];
      for (int i = 0; i < 3; i++) {
        starts.add(rng.below(3));
        sizes.add(rng.between(1, 3));
        steps.add(rng.between(1, 3));
        dims[i] = starts.get(i) + (sizes.get(i) - 1) * steps.get(i) + 1 + rng.below(3);
      }
      return b.slice(parameter(Shape.of(dims)), starts, sizes, steps);
    });
    sample("pad", true, b -> b.pad(parameter(rng.shape(3)), counts(), counts(), counts(), rng.uniform(-1, 1)));
    sample("reshape", true, b -> {
      Shape s = rng.shape(3);
      return b.reshape(parameter(s), Shape.of(s.dim(2), s.dim(0) * s.dim(1)));
    });
    sample("transpose", true, b -> b.transpose(parameter(rng.shape(4)), 2, 0, 3, 1));
    sample("broadcast", true, b -> {
      Shape s = rng.shape(3);
      return b.broadcast(parameter(rng.broadcastable(s)), s);
    });
  }

  private List<Integer> counts() {
    return List.of(rng.below(3), rng.below(3), rng.below(3));
  }
}
