package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// A product with constant weights as it acts on the elements of one sample: output `pixel * outputs + o` is the sum of
/// `x[element] * weights[row * outputs + o]` over the taps of the pixel, in order.
///
/// @param outputs how many outputs a pixel has
/// @param taps for every pixel what is summed up
/// @param weights a row of `outputs` numbers for each position of the kernel
@SuppressWarnings("ArrayRecordComponent") // many numbers, which nobody compares
record Linear(int outputs, List<List<Tap>> taps, float[] weights) {
  /// One summand.
  ///
  /// @param element which of the operand's elements
  /// @param row which row of the weights
  record Tap(int element, int row) {}

  /// A matrix product: rows of the operand times a matrix.
  static Linear dense(int rows, int depth, int outputs, float[] weights) {
    List<List<Tap>> taps = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int first = row * depth;
      taps.add(IntStream.range(0, depth).mapToObj(k -> new Tap(first + k, k)).toList());
    }
    return new Linear(outputs, taps, weights);
  }

  /// A convolution of one image without groups; taps outside of the image are left out.
  static Linear convolution(Shape x, Shape w, Shape y, Window window, float[] weights) {
    List<List<Tap>> taps = new ArrayList<>();
    for (int h = 0; h < y.dim(1); h++) {
      for (int c = 0; c < y.dim(2); c++) {
        taps.add(taps(x, w, window, h * window.strideH() - window.top(), c * window.strideW() - window.left()));
      }
    }
    return new Linear(w.dim(3), taps, weights);
  }

  private static List<Tap> taps(Shape x, Shape w, Window window, int top, int left) {
    List<Tap> taps = new ArrayList<>();
    for (int kh = 0; kh < w.dim(0); kh++) {
      for (int kw = 0; kw < w.dim(1); kw++) {
        int h = top + kh * window.dilationH();
        int c = left + kw * window.dilationW();
        if (h >= 0 && h < x.dim(1) && c >= 0 && c < x.dim(2)) {
          for (int ci = 0; ci < w.dim(2); ci++) {
            taps.add(new Tap((h * x.dim(2) + c) * w.dim(2) + ci, (kh * w.dim(1) + kw) * w.dim(2) + ci));
          }
        }
      }
    }
    return taps;
  }

  /// The part of the weights that are not zero.
  double density() {
    int count = 0;
    for (float w : weights) {
      count += w == 0 ? 0 : 1;
    }
    return (double) count / Math.max(1, weights.length);
  }

  /// Where the taps of each pixel begin in a list of all, and where the last ones end.
  long[] starts() {
    return starts(taps.stream().mapToInt(List::size).toArray());
  }

  /// A number of every tap, pixel after pixel.
  long[] all(ToIntFunction<Tap> number) {
    return taps.stream().flatMap(List::stream).mapToInt(number).asLongStream().toArray();
  }

  /// The summands of every output that are not zero.
  ///
  /// @param starts where those of each output begin, and where the last ones end
  /// @param elements the elements of the operand
  /// @param weights their weights
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Sparse(long[] starts, long[] elements, float[] weights) {}

  Sparse sparse() {
    List<Integer> counts = new ArrayList<>();
    List<Integer> elements = new ArrayList<>();
    List<Float> numbers = new ArrayList<>();
    for (List<Tap> pixel : taps) {
      for (int o = 0; o < outputs; o++) {
        int before = elements.size();
        for (Tap t : pixel) {
          float w = weights[t.row * outputs + o];
          if (w != 0) {
            elements.add(t.element);
            numbers.add(w);
          }
        }
        counts.add(elements.size() - before);
      }
    }
    float[] w = new float[numbers.size()];
    for (int i = 0; i < w.length; i++) {
      w[i] = numbers.get(i);
    }
    return new Sparse(starts(counts.stream().mapToInt(n -> n).toArray()),
        elements.stream().mapToLong(n -> n).toArray(), w);
  }

  private static long[] starts(int[] counts) {
    long[] starts = new long[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      starts[i + 1] = starts[i] + counts[i];
    }
    return starts;
  }
}
