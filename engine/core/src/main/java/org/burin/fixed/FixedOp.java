package org.burin.fixed;

import java.util.List;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// The closed set of operations of a [FixedGraph]: exact arithmetic on fixed-point numbers.
///
/// All are exact but three, which say in an attribute what type their result is brought to: [Quantize], [Divide] and
/// [Lookup]. The numbers that a result can be are inferred by [InferPrecision], its value is defined by
/// [FixedInterpreter] and in docs/numerics.md. Images are `[N,H,W,C]`, kernels
/// `[kernelH,kernelW,channels/groups,filters]`. Equality is structural: two equal operations compute the same value.
public sealed interface FixedOp {

  // ---- leaves ---------------------------------------------------------------------------------------------------

  /// Numbers fed from outside at every run, brought to these types.
  record Input(String name, Shape shape, ElementTypes types) implements FixedOp {}

  /// Numbers known when the graph is built.
  record Constant(FixedTensor value) implements FixedOp {}

  // ---- where information is lost ----------------------------------------------------------------------------------

  /// `x` brought to these types: rounded, then fitted to the range.
  record Quantize(FixedValue x, ElementTypes types) implements FixedOp {}

  /// The exact quotient of `x` and positive whole numbers, brought to these types.
  ///
  /// @param x the dividend
  /// @param divisor positive whole numbers of no fractional bits, of a shape that broadcasts to one sample of `x`
  record Divide(FixedValue x, FixedTensor divisor, ElementTypes types) implements FixedOp {}

  /// A function of each element, as a table.
  ///
  /// @param x the argument
  /// @param which for every element the number of its table, of a shape that broadcasts to one sample of `x`
  /// @param tables the tables; all have the fraction of `x` as the fraction of their argument and one fraction of
  ///     results
  record Lookup(FixedValue x, FixedTensor which, List<LookupTable> tables) implements FixedOp {
    /// Copies the list.
    public Lookup {
      tables = List.copyOf(tables);
    }
  }

  // ---- element-wise, with NumPy broadcasting ----------------------------------------------------------------------

  /// `a + b`.
  record Add(FixedValue a, FixedValue b) implements FixedOp {}

  /// `a - b`.
  record Subtract(FixedValue a, FixedValue b) implements FixedOp {}

  /// `a * b`.
  record Multiply(FixedValue a, FixedValue b) implements FixedOp {}

  /// `-x`.
  record Negate(FixedValue x) implements FixedOp {}

  /// `|x|`.
  record Absolute(FixedValue x) implements FixedOp {}

  /// `x * 2^bits`: the same integers under another type.
  record Shift(FixedValue x, int bits) implements FixedOp {}

  /// The larger number.
  record Maximum(FixedValue a, FixedValue b) implements FixedOp {}

  /// The smaller number.
  record Minimum(FixedValue a, FixedValue b) implements FixedOp {}

  /// 1 where the comparison holds, else 0.
  record Compare(Comparison comparison, FixedValue a, FixedValue b) implements FixedOp {}

  /// `condition != 0 ? a : b`.
  record Select(FixedValue condition, FixedValue a, FixedValue b) implements FixedOp {}

  /// The ways to compare two numbers.
  enum Comparison {
    /// `a < b`
    LT,
    /// `a <= b`
    LE,
    /// `a > b`
    GT,
    /// `a >= b`
    GE,
    /// `a == b`
    EQ,
    /// `a != b`
    NE
  }

  // ---- products and convolutions --------------------------------------------------------------------------------

  /// `op(a) · op(b)` over the last two axes, where `op` transposes them if asked; leading axes broadcast.
  record MatMul(FixedValue a, FixedValue b, boolean transA, boolean transB) implements FixedOp {}

  /// Convolution (cross-correlation) of images with a kernel.
  record Conv2d(FixedValue x, FixedValue w, Window window, int groups) implements FixedOp {}

  /// The adjoint of [Conv2d] in its image: maps `y [N,oh,ow,filters]` to `[N,height,width,channels]`.
  record Conv2dTranspose(FixedValue y, FixedValue w, Window window, int groups, int height, int width)
      implements FixedOp {}

  // ---- windows and reductions -----------------------------------------------------------------------------------

  /// The largest element of each window; padding never wins.
  record MaxPool2d(FixedValue x, int kernelH, int kernelW, Window window) implements FixedOp {}

  /// The sum of each window over the elements that lie inside the image.
  record SumPool2d(FixedValue x, int kernelH, int kernelW, Window window) implements FixedOp {}

  /// Repeats every pixel `factorH` x `factorW` times (nearest-neighbour up-sampling).
  record Upsample2d(FixedValue x, int factorH, int factorW) implements FixedOp {}

  /// The sum over axes (ascending, not negative), which disappear or become 1 if `keepDims`.
  record Sum(FixedValue x, List<Integer> axes, boolean keepDims) implements FixedOp {
    /// Copies the list.
    public Sum {
      axes = List.copyOf(axes);
    }
  }

  /// The largest number over axes (ascending, not negative), which disappear or become 1 if `keepDims`.
  record Max(FixedValue x, List<Integer> axes, boolean keepDims) implements FixedOp {
    /// Copies the list.
    public Max {
      axes = List.copyOf(axes);
    }
  }

  /// The position of the first largest element along an axis; the axis disappears.
  record ArgMax(FixedValue x, int axis) implements FixedOp {}

  // ---- moving data ----------------------------------------------------------------------------------------------

  /// Takes slices of `x` along an axis: the axis is replaced by the axes of `indices` (whole numbers in range).
  record Gather(FixedValue x, FixedValue indices, int axis) implements FixedOp {}

  /// Joins values along an axis.
  record Concat(List<FixedValue> values, int axis) implements FixedOp {
    /// Copies the list.
    public Concat {
      values = List.copyOf(values);
    }
  }

  /// `sizes[i]` elements from `starts[i]` on in steps of `steps[i]` along each axis; the batch axis is taken whole.
  record Slice(FixedValue x, List<Integer> starts, List<Integer> sizes, List<Integer> steps) implements FixedOp {
    /// Copies the lists.
    public Slice {
      starts = List.copyOf(starts);
      sizes = List.copyOf(sizes);
      steps = List.copyOf(steps);
    }
  }

  /// Surrounds `x` with `low` and `high` elements along each axis, and puts `interior` between neighbours.
  ///
  /// @param value what is put there: a scalar
  record Pad(FixedValue x, List<Integer> low, List<Integer> high, List<Integer> interior, FixedTensor value)
      implements FixedOp {
    /// Copies the lists.
    public Pad {
      low = List.copyOf(low);
      high = List.copyOf(high);
      interior = List.copyOf(interior);
    }
  }

  /// The same elements in the same row-major order under another shape.
  record Reshape(FixedValue x, Shape shape) implements FixedOp {}

  /// Reorders the axes: axis i of the result is axis `permutation[i]` of `x`.
  record Transpose(FixedValue x, List<Integer> permutation) implements FixedOp {
    /// Copies the list.
    public Transpose {
      permutation = List.copyOf(permutation);
    }
  }

  /// Repeats `x` to a shape that it broadcasts to.
  record Broadcast(FixedValue x, Shape shape) implements FixedOp {}
}
