package org.burin.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.burin.codegen.spi.Program;
import org.burin.fixed.FixedException;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.LookupTable;
import org.burin.fixed.Overflow;
import org.burin.fixed.Precision;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;

/// The operations of fixed-point graphs, each with random programs in which it is what matters: any types, shapes,
/// attributes, with operands that broadcast, with and without a quantizer behind.
public enum OpCase {
  /// [FixedOp.Input]
  INPUT(FixedOp.Input.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      return d.input(d.shape(), 20);
    }
  },
  /// [FixedOp.Constant]
  CONSTANT(FixedOp.Constant.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 12);
      return b.concat(List.of(x, b.broadcast(d.constant(d.grid(x.shape()), 20), x.shape())), 1);
    }
  },
  /// [FixedOp.Quantize]
  QUANTIZE(FixedOp.Quantize.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 24);
      return b.quantize(x, d.types(x.shape(), 20));
    }
  },
  /// [FixedOp.Divide]
  DIVIDE(FixedOp.Divide.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      Shape grid = d.oneIn(2) ? Shape.SCALAR : d.grid(x.shape());
      return b.divide(x, d.whole(grid, 1, d.oneIn(2) ? 9 : 1000), d.types(x.shape(), 16));
    }
  },
  /// [FixedOp.Lookup]
  LOOKUP(FixedOp.Lookup.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      Shape shape = d.shape();
      FixedValue x = d.input(shape, d.type(9));
      Precision p = x.precision();
      int count = d.between(1, 3);
      Shape grid = count == 1 ? Shape.SCALAR : d.grid(shape);
      int fraction = d.between(-1, 9);
      List<LookupTable> tables = IntStream.range(0, count).mapToObj(i -> new LookupTable("random" + i, p.fraction(),
          p.low(), fraction, d.whole(Shape.of((int) (p.high() - p.low() + 1)), -90, 90).raw(), 0)).toList();
      return b.lookup(x, d.whole(grid, 0, count - 1), tables);
    }
  },
  /// [FixedOp.Add]
  ADD(FixedOp.Add.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      return b.add(x, d.operand(x.shape(), 20));
    }
  },
  /// [FixedOp.Subtract]
  SUBTRACT(FixedOp.Subtract.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      FixedValue y = d.operand(x.shape(), 20);
      return d.oneIn(2) ? b.sub(x, y) : b.sub(y, x);
    }
  },
  /// [FixedOp.Multiply]
  MULTIPLY(FixedOp.Multiply.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      return b.mul(x, d.oneIn(5) ? x : d.operand(x.shape(), 20));
    }
  },
  /// [FixedOp.Negate]
  NEGATE(FixedOp.Negate.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      return b.neg(d.input(d.shape(), 20));
    }
  },
  /// [FixedOp.Absolute]
  ABSOLUTE(FixedOp.Absolute.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      return b.abs(d.input(d.shape(), 20));
    }
  },
  /// [FixedOp.Shift]
  SHIFT(FixedOp.Shift.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue shifted = b.shift(d.input(d.shape(), 16), d.oneIn(2) ? d.between(1, 6) : d.between(-6, -1));
      return d.oneIn(2) ? shifted : b.add(shifted, d.operand(shifted.shape(), 12));
    }
  },
  /// [FixedOp.Maximum]
  MAXIMUM(FixedOp.Maximum.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      return d.oneIn(3) ? b.relu(x) : b.max(x, d.operand(x.shape(), 20));
    }
  },
  /// [FixedOp.Minimum]
  MINIMUM(FixedOp.Minimum.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 20);
      return b.min(x, d.operand(x.shape(), 20));
    }
  },
  /// [FixedOp.Compare]
  COMPARE(FixedOp.Compare.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 6);
      return b.compare(d.pick(List.of(Comparison.values())), x, d.operand(x.shape(), 6));
    }
  },
  /// [FixedOp.Select]
  SELECT(FixedOp.Select.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 12);
      FixedValue y = d.operand(x.shape(), 12);
      FixedValue condition = d.oneIn(3)
          ? d.input(x.shape(), 2)
          : b.compare(d.pick(List.of(Comparison.values())), x, d.oneIn(2) ? y : d.operand(x.shape(), 10));
      return b.select(condition, x, y);
    }
  },
  /// [FixedOp.MatMul]
  MAT_MUL(FixedOp.MatMul.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int inner = d.between(1, 12);
      int columns = d.between(1, 9);
      boolean transposed = d.oneIn(3);
      Shape weights = transposed ? Shape.of(columns, inner) : Shape.of(inner, columns);
      if (d.oneIn(2)) {
        return b.matMul(d.input(Draws.batch(inner), 10), d.constant(weights, 8), false, transposed);
      }
      int rows = d.between(1, 4);
      boolean first = d.oneIn(3);
      FixedValue x = d.input(first ? Draws.batch(inner, rows) : Draws.batch(rows, inner), 8);
      FixedValue y = d.oneIn(2) ? d.constant(weights, 8)
          : d.input(transposed ? Draws.batch(columns, inner) : Draws.batch(inner, columns), 8);
      return b.matMul(x, y, first, transposed);
    }
  },
  /// [FixedOp.Conv2d]
  CONV_2D(FixedOp.Conv2d.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int groups = d.between(1, 3);
      int channels = groups * d.between(1, 2);
      Shape kernel = Shape.of(d.between(1, 3), d.between(1, 3), channels / groups, groups * d.between(1, 2));
      return b.conv2d(d.input(d.image(5, channels), 8), d.constant(kernel, 7), d.window(), groups);
    }
  },
  /// [FixedOp.Conv2dTranspose]
  CONV_2D_TRANSPOSE(FixedOp.Conv2dTranspose.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int groups = d.between(1, 2);
      int filters = groups * d.between(1, 2);
      Shape kernel = Shape.of(d.between(1, 3), d.between(1, 3), d.between(1, 2), filters);
      var window = d.window();
      int height = d.between(5, 8);
      int width = d.between(5, 8);
      Shape y = Draws.batch(window.outHeight(height, kernel.dim(0)), window.outWidth(width, kernel.dim(1)), filters);
      return b.conv2dTranspose(d.input(y, 8), d.constant(kernel, 7), window, groups, height, width);
    }
  },
  /// [FixedOp.MaxPool2d]
  MAX_POOL_2D(FixedOp.MaxPool2d.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int kh = d.between(1, 3);
      int kw = d.between(1, 3);
      return b.maxPool2d(d.input(d.image(4, d.between(1, 3)), 10), kh, kw, d.poolWindow(kh, kw));
    }
  },
  /// [FixedOp.SumPool2d]
  SUM_POOL_2D(FixedOp.SumPool2d.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int kh = d.between(1, 3);
      int kw = d.between(1, 3);
      return b.sumPool2d(d.input(d.image(4, d.between(1, 3)), 10), kh, kw, d.poolWindow(kh, kw));
    }
  },
  /// [FixedOp.Upsample2d]
  UPSAMPLE_2D(FixedOp.Upsample2d.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      return b.upsample2d(d.input(d.image(1, d.between(1, 3)), 10), d.between(1, 3), d.between(2, 3));
    }
  },
  /// [FixedOp.Sum]
  SUM(FixedOp.Sum.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 16);
      return b.sum(x, d.oneIn(2), axes(x.shape(), d));
    }
  },
  /// [FixedOp.Max]
  MAX(FixedOp.Max.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 16);
      return b.reduceMax(x, d.oneIn(2), axes(x.shape(), d));
    }
  },
  /// [FixedOp.ArgMax]
  ARG_MAX(FixedOp.ArgMax.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 4);
      return b.argMax(x, d.between(1, x.shape().rank() - 1));
    }
  },
  /// [FixedOp.Gather]
  GATHER(FixedOp.Gather.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 12);
      int axis = d.between(1, x.shape().rank() - 1);
      if (d.oneIn(3)) {
        // Indices that are computed choose rows of a table of numbers.
        FixedType index = new FixedType(false, 2, 2, Rounding.TRN, Overflow.WRAP);
        return b.gather(d.constant(Shape.of(4, d.between(1, 3)), 9), b.quantize(x, index), 0);
      }
      Shape indices = d.oneIn(2) ? Shape.of(d.between(1, 4)) : Shape.of(2, d.between(1, 2));
      return b.gather(x, b.constant(d.whole(indices, 0, x.shape().dim(axis) - 1)), axis);
    }
  },
  /// [FixedOp.Concat]
  CONCAT(FixedOp.Concat.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(d.shape(), 12);
      return b.concat(List.of(x, d.input(x.shape(), 12), b.neg(x)), d.between(1, x.shape().rank() - 1));
    }
  },
  /// [FixedOp.Slice]
  SLICE(FixedOp.Slice.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(Draws.batch(d.between(2, 6), d.between(1, 4)), 12);
      int step = d.between(1, 3);
      int start = d.between(0, x.shape().dim(1) - 2);
      int size = d.between(1, (x.shape().dim(1) - 1 - start) / step + 1);
      return b.slice(x, List.of(0, start, 0), List.of(Shape.BATCH, size, x.shape().dim(2)), List.of(1, step, 1));
    }
  },
  /// [FixedOp.Pad]
  PAD(FixedOp.Pad.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(Draws.batch(d.between(1, 4), d.between(1, 4)), 12);
      return b.pad(x, List.of(0, d.between(0, 2), 1), List.of(0, d.between(0, 2), d.between(0, 1)),
          List.of(0, d.between(0, 2), d.between(0, 1)), d.tensor(Shape.SCALAR, 6));
    }
  },
  /// [FixedOp.Reshape]
  RESHAPE(FixedOp.Reshape.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      int rows = d.between(1, 4);
      int columns = d.between(2, 4);
      return b.reshape(d.input(Draws.batch(rows, columns), 12),
          d.oneIn(2) ? Draws.batch(rows * columns) : Draws.batch(columns, 1, rows));
    }
  },
  /// [FixedOp.Transpose]
  TRANSPOSE(FixedOp.Transpose.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      FixedValue x = d.input(Draws.batch(d.between(1, 3), d.between(1, 3), d.between(1, 3)), 12);
      return switch (d.between(0, 2)) {
        case 0 -> b.transpose(x, 0, 2, 1, 3);
        case 1 -> b.transpose(x, 0, 3, 1, 2);
        default -> b.transpose(x, 0, 3, 2, 1);
      };
    }
  },
  /// [FixedOp.Broadcast]
  BROADCAST(FixedOp.Broadcast.class) {
    @Override
    FixedValue draw(FixedGraphBuilder b, Draws d) {
      return b.broadcast(d.input(Draws.batch(1, d.between(1, 3)), 12), Draws.batch(d.between(2, 3), 3));
    }
  };

  private static final int TRIES = 100;

  private final Class<? extends FixedOp> op;

  OpCase(Class<? extends FixedOp> op) {
    this.op = op;
  }

  /// The operation.
  public Class<? extends FixedOp> op() {
    return op;
  }

  /// A random program around the operation, the same for the same seed.
  public Program.Fixed program(long seed) {
    for (int i = 0; i < TRIES; i++) {
      FixedGraphBuilder b = new FixedGraphBuilder(name().toLowerCase(Locale.ROOT) + "_" + seed);
      Draws d = new Draws(seed + i * 0x9E3779B97F4A7C15L, b);
      try {
        FixedValue drawn = b.scope("case", () -> draw(b, d));
        b.output("y", d.oneIn(2) ? drawn : b.scope("end", () -> b.quantize(drawn, d.types(drawn.shape(), 12))));
        return new Program.Fixed(new Program.About(b.build().name(), "", Map.of()), b.build());
      } catch (FixedException e) {
        // These types take more than 64 bits, or these shapes do not broadcast; others will do.
      }
    }
    throw new IllegalStateException("no program for " + this + " and seed " + seed + " in " + TRIES + " attempts");
  }

  abstract FixedValue draw(FixedGraphBuilder b, Draws d);

  /// One or more axes, never that of the samples.
  private static int[] axes(Shape shape, Draws d) {
    int first = d.between(1, shape.rank() - 1);
    return d.oneIn(2) ? new int[] {first} : IntStream.rangeClosed(first, shape.rank() - 1).toArray();
  }
}
