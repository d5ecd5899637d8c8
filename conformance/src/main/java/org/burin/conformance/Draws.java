package org.burin.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Random shapes, types and operands, from a seed.
final class Draws {
  private final RandomGenerator random;
  private final FixedGraphBuilder b;
  private int inputs;

  Draws(long seed, FixedGraphBuilder b) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.b = b;
  }

  /// A whole number from `low` to `high`, both included.
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  // ---- types ------------------------------------------------------------------------------------------------------

  /// A type of at most so many bits with any rounding and overflow.
  FixedType type(int width) {
    int w = between(1, width);
    return new FixedType(random.nextBoolean(), w, between(-3, w + 3), pick(List.of(Rounding.values())),
        pick(List.of(Overflow.values())));
  }

  /// One type for all elements, or one for each along some axes.
  ElementTypes types(Shape shape, int width) {
    if (!oneIn(3)) {
      return ElementTypes.of(type(width));
    }
    Shape grid = grid(shape);
    return new ElementTypes(grid, IntStream.range(0, grid.size()).mapToObj(i -> type(width)).toList());
  }

  /// A shape that broadcasts to one sample of `shape`.
  Shape grid(Shape shape) {
    return Shape.of(IntStream.range(0, shape.rank()).map(i -> i == 0 || oneIn(2) ? 1 : shape.dim(i)).toArray());
  }

  // ---- shapes -----------------------------------------------------------------------------------------------------

  /// Samples of one to three axes.
  Shape shape() {
    return batch(IntStream.range(0, between(1, 3)).map(i -> between(1, 4)).toArray());
  }

  /// Images of one to three channels.
  Shape image(int least, int channels) {
    return batch(between(least, least + 4), between(least, least + 4), channels);
  }

  /// So many samples of these extents.
  static Shape batch(int... sample) {
    return Shape.of(IntStream.concat(IntStream.of(Shape.BATCH), IntStream.of(sample)).toArray());
  }

  /// Any walk over an image of at least 5 x 5 with a kernel of at most 3 x 3; at most 2 rows and columns of padding.
  Window window() {
    int dilation = oneIn(4) ? 2 : 1;
    return new Window(between(1, 2), between(1, 3), between(0, 2), between(0, 2), between(0, 2), between(0, 2),
        dilation, dilation);
  }

  /// A walk of a pooling window: padding is narrower than the window, so that no window lies outside of the image.
  Window poolWindow(int kernelH, int kernelW) {
    return new Window(between(1, 2), between(1, 3), between(0, kernelH - 1), 0, 0, between(0, kernelW - 1), 1, 1);
  }

  // ---- operands ---------------------------------------------------------------------------------------------------

  /// A new input.
  FixedValue input(Shape shape, int width) {
    return b.input("x" + inputs++, shape, types(shape, width));
  }

  /// A new input of this type.
  FixedValue input(Shape shape, FixedType type) {
    return b.input("x" + inputs++, shape, type);
  }

  /// Numbers of at most so many bits, a third of them zero.
  FixedValue constant(Shape shape, int width) {
    return b.constant(tensor(shape, width));
  }

  FixedTensor tensor(Shape shape, int width) {
    long limit = 1L << (width - 1);
    long[] raw = new long[shape.size()];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = oneIn(3) ? 0 : random.nextLong(-limit, limit);
    }
    return FixedTensor.of(shape, between(-2, width + 2), raw);
  }

  /// Whole numbers from `low` to `high`.
  FixedTensor whole(Shape shape, int low, int high) {
    return FixedTensor.of(shape, 0, random.longs(shape.size(), low, high + 1L).toArray());
  }

  /// An input, or numbers, of a shape that broadcasts with this one.
  FixedValue operand(Shape shape, int width) {
    return switch (between(0, 3)) {
      case 0 -> constant(grid(shape), width);
      case 1 -> constant(Shape.SCALAR, width);
      case 2 -> input(shape, width);
      default -> {
        List<Integer> dims = new ArrayList<>(IntStream.of(shape.dims()).boxed().toList());
        dims.set(between(0, dims.size() - 1), 1);
        dims.set(0, Shape.BATCH);
        yield input(Shape.of(dims.stream().mapToInt(i -> i).toArray()), width);
      }
    };
  }
}
