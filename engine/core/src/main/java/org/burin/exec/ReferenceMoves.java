package org.burin.exec;

import java.util.Arrays;
import java.util.List;
import org.burin.tensor.Shape;

/// Operations that move elements without computing.
final class ReferenceMoves {
  private ReferenceMoves() {}

  static DoubleTensor gather(DoubleTensor x, DoubleTensor indices, int axis, Shape shape) {
    int extent = x.shape().dim(axis);
    return DoubleTensor.generate(shape, at -> x.get(sliceIndex(at, indices, axis, extent)));
  }

  static DoubleTensor scatterAdd(DoubleTensor updates, DoubleTensor indices, int axis, Shape shape) {
    DoubleTensor out = DoubleTensor.of(shape, new double[shape.size()]);
    int extent = shape.dim(axis);
    int[] at = new int[updates.shape().rank()];
    for (int i = 0; i < updates.size(); i++) {
      out.add(updates.get(at), sliceIndex(at, indices, axis, extent));
      DoubleTensor.advance(at, updates.shape());
    }
    return out;
  }

  /// The index with the axes of `indices` (from `axis` on) replaced by the position that they name.
  private static int[] sliceIndex(int[] at, DoubleTensor indices, int axis, int extent) {
    int rank = indices.shape().rank();
    double position = indices.get(Arrays.copyOfRange(at, axis, axis + rank));
    if (position != Math.rint(position) || !(position >= 0 && position < extent)) {
      throw new IllegalArgumentException(
          "index " + position + " is not a whole number from 0 to " + (extent - 1));
    }
    int[] in = new int[at.length - rank + 1];
    System.arraycopy(at, 0, in, 0, axis);
    in[axis] = (int) position;
    System.arraycopy(at, axis + rank, in, axis + 1, at.length - axis - rank);
    return in;
  }

  static DoubleTensor concat(List<DoubleTensor> parts, int axis, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      int[] in = at.clone();
      int part = 0;
      while (in[axis] >= parts.get(part).shape().dim(axis)) {
        in[axis] -= parts.get(part).shape().dim(axis);
        part++;
      }
      return parts.get(part).get(in);
    });
  }

  static DoubleTensor slice(DoubleTensor x, List<Integer> starts, List<Integer> steps, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      int[] in = new int[at.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = starts.get(i) + at[i] * steps.get(i);
      }
      return x.get(in);
    });
  }

  static DoubleTensor pad(DoubleTensor x, List<Integer> low, List<Integer> interior, float value, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      int[] in = new int[at.length];
      for (int i = 0; i < in.length; i++) {
        int offset = at[i] - low.get(i);
        int step = interior.get(i) + 1;
        in[i] = offset / step;
        if (offset < 0 || offset % step != 0 || in[i] >= x.shape().dim(i)) {
          return value;
        }
      }
      return x.get(in);
    });
  }

  static DoubleTensor transpose(DoubleTensor x, List<Integer> permutation, Shape shape) {
    return DoubleTensor.generate(shape, at -> {
      int[] in = new int[at.length];
      for (int i = 0; i < in.length; i++) {
        in[permutation.get(i)] = at[i];
      }
      return x.get(in);
    });
  }
}
