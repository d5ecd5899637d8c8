package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedException;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Draws small fixed-point graphs in which any operation follows any other.
final class RandomFixedGraphs {
  private static final int MOST_BITS = 44;

  private final SplittableRandom random;
  private final FixedGraphBuilder b = new FixedGraphBuilder("random");
  private final List<FixedValue> pool = new ArrayList<>();

  private RandomFixedGraphs(long seed) {
    random = new SplittableRandom(seed);
  }

  /// A graph of about `size` operations.
  static FixedGraph draw(long seed, int size) {
    RandomFixedGraphs r = new RandomFixedGraphs(seed);
    int images = 1 + r.random.nextInt(2);
    for (int i = 0; i < images; i++) {
      Shape shape = Shape.of(Shape.BATCH, 2 + r.random.nextInt(4), 2 + r.random.nextInt(4), 1 + r.random.nextInt(3));
      r.pool.add(r.b.input("image" + i, shape, r.types(shape)));
    }
    Shape row = Shape.of(Shape.BATCH, 1 + r.random.nextInt(9));
    r.pool.add(r.b.input("row", row, r.types(row)));
    while (size > 0) {
      try {
        FixedValue v = r.step();
        if (v.precision().type().width() > MOST_BITS) {
          v = r.b.quantize(v, r.types(v.shape()));
        }
        r.pool.add(v);
        size--;
      } catch (FixedException _) {
        // More than 64 bits: another operation is drawn.
      }
    }
    int outputs = 0;
    Map<FixedValue, Boolean> named = new HashMap<>();
    for (int i = 0; i < 3; i++) {
      FixedValue v = r.pool.get(r.pool.size() - 1 - r.random.nextInt(Math.min(6, r.pool.size())));
      if (named.put(v, true) == null) {
        r.b.output("out" + outputs++, v);
      }
    }
    return r.b.build();
  }

  private FixedValue any() {
    return pool.get(random.nextInt(pool.size()));
  }

  private <T> T any(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private FixedValue any(int rank) {
    List<FixedValue> fitting = pool.stream().filter(v -> v.shape().rank() == rank).toList();
    if (fitting.isEmpty()) {
      FixedValue x = any();
      return b.reshape(x, Shape.of(Shape.BATCH, x.shape().bind(1).size()));
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  private FixedValue image() {
    return any(4);
  }

  FixedType type() {
    int width = 1 + random.nextInt(12);
    return new FixedType(random.nextBoolean(), width, random.nextInt(-3, width + 4),
        any(Rounding.values()), any(Overflow.values()));
  }

  private ElementTypes types(Shape shape) {
    if (random.nextInt(3) > 0) {
      return ElementTypes.of(type());
    }
    int[] grid = shape.bind(1).dims();
    for (int i = 0; i < grid.length; i++) {
      grid[i] = random.nextBoolean() ? 1 : grid[i];
    }
    Shape s = Shape.of(grid);
    FixedType like = type();
    boolean mixed = random.nextBoolean();
    List<FixedType> types = new ArrayList<>();
    for (int i = 0; i < s.size(); i++) {
      FixedType t = type();
      types.add(mixed ? t : new FixedType(like.signed(), t.width(), t.integer(), like.rounding(), like.overflow()));
    }
    return new ElementTypes(s, types);
  }

  private FixedTensor tensor(Shape shape, int bits, double density) {
    long[] raw = new long[shape.size()];
    for (int i = 0; i < raw.length; i++) {
      long n = random.nextLong(1L << bits) - (1L << (bits - 1));
      raw[i] = random.nextDouble() >= density ? 0 : random.nextInt(4) == 0 ? 1L << random.nextInt(bits - 1) : n;
    }
    return FixedTensor.of(shape, random.nextInt(-2, 8), raw);
  }

  private FixedValue weights(int... dims) {
    return b.constant(tensor(Shape.of(dims), 2 + random.nextInt(7), 0.3 + 0.7 * random.nextDouble()));
  }

  /// A second operand that broadcasts with the first.
  private FixedValue other(FixedValue x) {
    List<FixedValue> same = pool.stream().filter(v -> v.shape().equals(x.shape())).toList();
    if (random.nextBoolean()) {
      return same.get(random.nextInt(same.size()));
    }
    int[] dims = x.shape().bind(1).dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = random.nextBoolean() ? 1 : dims[i];
    }
    return weights(dims);
  }

  private Window window(int height, int width, int kh, int kw) {
    Window w = new Window(1 + random.nextInt(2), 1 + random.nextInt(2), random.nextInt(2), random.nextInt(2),
        random.nextInt(2), random.nextInt(2), 1 + random.nextInt(2), 1);
    boolean fits = w.outHeight(height, kh) > 0 && w.outWidth(width, kw) > 0;
    return fits ? w : Window.same(height, width, kh, kw, 1, 1, 1, 1);
  }

  private FixedValue step() {
    return switch (random.nextInt(5)) {
      case 0 -> pointwise(any());
      case 1 -> random.nextBoolean() ? lossy(any()) : products();
      case 2 -> products();
      case 3 -> windows();
      default -> moves();
    };
  }

  private FixedValue pointwise(FixedValue x) {
    return switch (random.nextInt(10)) {
      case 0 -> b.add(x, other(x));
      case 1 -> b.sub(x, other(x));
      case 2 -> b.mul(x, other(x));
      case 3 -> b.neg(x);
      case 4 -> b.abs(x);
      case 5 -> b.shift(x, random.nextInt(-4, 5));
      case 6 -> random.nextBoolean() ? b.relu(x) : b.max(x, other(x));
      case 7 -> b.min(other(x), x);
      case 8 -> b.compare(any(FixedOp.Comparison.values()), x, other(x));
      default -> b.select(b.compare(FixedOp.Comparison.GT, x, other(x)), x, other(x));
    };
  }

  private FixedValue lossy(FixedValue x) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> b.quantize(x, types(x.shape()));
      case 2 -> {
        Shape grid = Shape.of(x.shape().bind(1).dims()).with(0, 1);
        Shape s = random.nextBoolean() ? Shape.SCALAR : grid;
        long[] d = new long[s.size()];
        for (int i = 0; i < d.length; i++) {
          d[i] = random.nextLong(1, 13);
        }
        yield b.divide(x, FixedTensor.of(s, 0, d), types(x.shape()));
      }
      default -> lookup(x);
    };
  }

  private FixedValue lookup(FixedValue x) {
    FixedValue narrow = b.quantize(x, ElementTypes.of(FixedType.parse("fixed<6,3,rnd,sat>")));
    int fraction = narrow.precision().fraction();
    List<LookupTable> tables = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      long[] entries = new long[64];
      for (int i = 0; i < entries.length; i++) {
        entries[i] = random.nextLong(-100, 100);
      }
      tables.add(new LookupTable("f" + t, fraction, -32, 5, entries, 0));
    }
    int[] dims = x.shape().bind(1).dims();
    Shape grid = random.nextBoolean() ? Shape.SCALAR : Shape.of(dims);
    long[] which = new long[grid.size()];
    for (int i = 0; i < which.length; i++) {
      which[i] = random.nextInt(2);
    }
    return b.lookup(narrow, FixedTensor.of(grid, 0, which), tables);
  }

  private FixedValue products() {
    FixedValue x = image();
    if (x.shape().rank() == 2 || random.nextInt(3) == 0) {
      FixedValue row = any(2);
      int depth = row.shape().dim(1);
      int outputs = 1 + random.nextInt(20);
      if (random.nextInt(4) == 0) {
        FixedValue i = b.reshape(row, Shape.of(Shape.BATCH, depth, 1));
        return b.matMul(i, i, random.nextBoolean(), true);
      }
      FixedValue y = random.nextBoolean()
          ? b.matMul(row, weights(depth, outputs)) : b.matMul(row, weights(outputs, depth), false, true);
      FixedValue z = b.add(y, weights(outputs));
      return random.nextBoolean() ? z : b.quantize(b.relu(z), types(z.shape()));
    }
    Shape s = x.shape();
    int kh = 1 + random.nextInt(3);
    int kw = 1 + random.nextInt(2);
    boolean grouped = random.nextInt(3) == 0;
    int groups = grouped ? s.dim(3) : 1;
    int filters = groups * (1 + random.nextInt(5));
    if (random.nextInt(3) == 0) {
      int height = s.dim(1) + kh - 1;
      int width = s.dim(2) + kw - 1;
      int channels = groups * (1 + random.nextInt(2));
      return b.conv2dTranspose(x, weights(kh, kw, channels / groups, s.dim(3)), Window.VALID, groups, height, width);
    }
    FixedValue y = b.conv2d(
        x, weights(kh, kw, s.dim(3) / groups, filters), window(s.dim(1), s.dim(2), kh, kw), groups);
    return random.nextBoolean() ? y : b.quantize(b.relu(y), types(y.shape()));
  }

  private FixedValue windows() {
    FixedValue x = image();
    if (x.shape().rank() != 4 || random.nextInt(3) == 0) {
      FixedValue y = any();
      if (y.shape().rank() == 1) {
        return b.neg(y);
      }
      int axis = 1 + random.nextInt(y.shape().rank() - 1);
      return switch (random.nextInt(3)) {
        case 0 -> b.sum(y, random.nextBoolean(), axis);
        case 1 -> b.reduceMax(y, random.nextBoolean(), axis);
        default -> b.argMax(y, axis);
      };
    }
    Window w = window(x.shape().dim(1), x.shape().dim(2), 2, 2);
    Window plain = new Window(w.strideH(), w.strideW(), w.top(), w.bottom(), w.left(), w.right(), 1, 1);
    return switch (random.nextInt(4)) {
      case 0 -> b.maxPool2d(x, 2, 2, plain);
      case 1 -> b.sumPool2d(x, 2, 2, plain);
      case 2 -> b.sum(x, random.nextBoolean(), 1, 2);
      default -> b.upsample2d(x, 1 + random.nextInt(2), 1 + random.nextInt(2));
    };
  }

  private FixedValue moves() {
    FixedValue x = any();
    Shape s = x.shape();
    int rank = s.rank();
    int size = s.bind(1).size();
    return switch (random.nextInt(7)) {
      case 0 -> b.reshape(x, Shape.of(Shape.BATCH, size));
      case 1 -> size % 2 == 0 ? b.reshape(x, Shape.of(Shape.BATCH, 2, size / 2)) : b.neg(x);
      case 2 -> rank == 4 ? b.transpose(x, 0, 2, 3, 1) : rank == 3 ? b.transpose(x, 0, 2, 1) : b.neg(x);
      case 3 -> {
        List<FixedValue> same = pool.stream().filter(v -> v.shape().equals(s)).toList();
        yield rank == 1 ? b.neg(x) : b.concat(List.of(x, same.get(random.nextInt(same.size()))), rank - 1);
      }
      case 4 -> {
        List<Integer> starts = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
          int extent = i == 0 ? Shape.BATCH : s.dim(i);
          int start = i == 0 ? 0 : random.nextInt(Math.max(1, extent / 2));
          int step = i == 0 ? 1 : 1 + random.nextInt(2);
          starts.add(start);
          steps.add(step);
          sizes.add(i == 0 ? Shape.BATCH : (extent - start + step - 1) / step);
        }
        yield b.slice(x, starts, sizes, steps);
      }
      case 5 -> {
        List<Integer> low = new ArrayList<>();
        List<Integer> high = new ArrayList<>();
        List<Integer> interior = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
          low.add(i == 0 ? 0 : random.nextInt(2));
          high.add(i == 0 ? 0 : random.nextInt(2));
          interior.add(i == 0 ? 0 : random.nextInt(2));
        }
        yield size > 60 ? b.neg(x)
            : b.pad(x, low, high, interior, FixedTensor.of(Shape.SCALAR, 2, random.nextInt(9) - 4));
      }
      default -> {
        if (rank == 1) {
          yield b.abs(x);
        }
        int axis = 1 + random.nextInt(rank - 1);
        int n = 1 + random.nextInt(3);
        long[] at = new long[n];
        for (int i = 0; i < n; i++) {
          at[i] = random.nextInt(s.dim(axis));
        }
        yield b.gather(x, b.constant(FixedTensor.of(Shape.of(n), 0, at)), axis);
      }
    };
  }
}
