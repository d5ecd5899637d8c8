package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.burin.fixed.FixedOp.Conv2d;
import org.burin.fixed.FixedOp.Conv2dTranspose;
import org.burin.fixed.FixedOp.MatMul;
import org.burin.fixed.Walk;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// Matrix products and convolutions: adder graphs where one factor is constant, else sums of products.
final class Products {
  private final NetlistBuilder b;
  private final Optional<AdderOptions> options;
  private final Map<List<List<Long>>, AdderGraph> solved = new HashMap<>();

  /// @param options how adder graphs are found; empty for sums of products
  Products(NetlistBuilder b, Optional<AdderOptions> options) {
    this.b = b;
    this.options = options;
  }

  // ---- a vector and a matrix --------------------------------------------------------------------------------------

  /// `y[j] = sum over i of x[i] * w[i][j]`.
  private List<Operand> product(List<Operand> x, Operand[][] w) {
    int columns = w.length == 0 ? 0 : w[0].length;
    if (options.isPresent() && Arrays.stream(w).flatMap(Arrays::stream).allMatch(b::isConstant)) {
      return constantProduct(x, w, options.get());
    }
    List<Operand> y = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      List<Operand> terms = new ArrayList<>();
      for (int i = 0; i < w.length; i++) {
        terms.add(b.multiply(x.get(i), w[i][j]));
      }
      y.add(b.sum(terms));
    }
    return y;
  }

  private List<Operand> constantProduct(List<Operand> x, Operand[][] w, AdderOptions adders) {
    List<List<Long>> key = new ArrayList<>();
    long[][] matrix = new long[w.length][];
    for (int i = 0; i < w.length; i++) {
      matrix[i] = Arrays.stream(w[i]).mapToLong(b::value).toArray();
      key.add(Arrays.stream(matrix[i]).boxed().toList());
    }
    AdderGraph graph = solved.get(key);
    if (graph == null) {
      long[] low = x.stream().mapToLong(o -> b.range(o).low()).toArray();
      long[] high = x.stream().mapToLong(o -> b.range(o).high()).toArray();
      graph = AdderGraphs.solve(matrix, low, high, adders);
      solved.put(key, graph);
    }
    return b.product(graph, x);
  }

  // ---- matrices ---------------------------------------------------------------------------------------------------

  Operand[] matMul(Operand[] a, Operand[] c, MatMul op, Shape shape) {
    Shape shapeA = op.a().shape().bind(1);
    Shape shapeC = op.b().shape().bind(1);
    int rows = shape.dim(-2);
    int columns = shape.dim(-1);
    int inner = shapeA.dim(op.transA() ? -2 : -1);
    Shape matrices = leading(shape);
    int[] inA = Walk.sources(leading(shapeA), matrices);
    int[] inC = Walk.sources(leading(shapeC), matrices);
    Operand[] y = new Operand[shape.size()];
    for (int m = 0; m < matrices.size(); m++) {
      Operand[][] left = matrix(a, inA[m] * inner * rows, rows, inner, op.transA());
      Operand[][] right = matrix(c, inC[m] * inner * columns, inner, columns, op.transB());
      boolean turned = Arrays.stream(left).flatMap(Arrays::stream).allMatch(b::isConstant);
      if (turned) {
        // With the constant factor on the right.
        Operand[][] weights = turned(left, inner);
        for (int j = 0; j < columns; j++) {
          List<Operand> x = new ArrayList<>();
          for (Operand[] row : right) {
            x.add(row[j]);
          }
          List<Operand> column = product(x, weights);
          for (int i = 0; i < rows; i++) {
            y[(m * rows + i) * columns + j] = column.get(i);
          }
        }
      } else {
        for (int i = 0; i < rows; i++) {
          List<Operand> row = product(List.of(left[i]), right);
          for (int j = 0; j < columns; j++) {
            y[(m * rows + i) * columns + j] = row.get(j);
          }
        }
      }
    }
    return y;
  }

  private static Shape leading(Shape s) {
    return Shape.of(Arrays.copyOf(s.dims(), s.rank() - 2));
  }

  private static Operand[][] matrix(Operand[] x, int first, int rows, int columns, boolean transposed) {
    Operand[][] m = new Operand[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        m[i][j] = x[first + (transposed ? j * rows + i : i * columns + j)];
      }
    }
    return m;
  }

  private static Operand[][] turned(Operand[][] m, int columns) {
    Operand[][] t = new Operand[columns][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < columns; j++) {
        t[j][i] = m[i][j];
      }
    }
    return t;
  }

  // ---- convolutions -----------------------------------------------------------------------------------------------

  /// A kernel `[kernelH,kernelW,channels,filters]`.
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Kernel(Operand[] w, Shape shape) {
    Operand at(int kh, int kw, int channel, int filter) {
      return w[((kh * shape.dim(1) + kw) * shape.dim(2) + channel) * shape.dim(3) + filter];
    }

    /// The weights of a group: a row for every tap and channel, a column for every filter.
    Operand[][] matrix(int group, int groups) {
      int channels = shape.dim(2);
      int filters = shape.dim(3) / groups;
      Operand[][] m = new Operand[shape.dim(0) * shape.dim(1) * channels][filters];
      for (int row = 0; row < m.length; row++) {
        int tap = row / channels;
        for (int f = 0; f < filters; f++) {
          m[row][f] = at(tap / shape.dim(1), tap % shape.dim(1), row % channels, group * filters + f);
        }
      }
      return m;
    }
  }

  Operand[] conv2d(Operand[] x, Operand[] w, Conv2d op, Shape shape) {
    Shape image = op.x().shape().bind(1);
    Kernel kernel = new Kernel(w, op.w().shape());
    int filters = shape.dim(3) / op.groups();
    Operand[] y = new Operand[shape.size()];
    for (int g = 0; g < op.groups(); g++) {
      Operand[][] matrix = kernel.matrix(g, op.groups());
      for (int oh = 0; oh < shape.dim(1); oh++) {
        for (int ow = 0; ow < shape.dim(2); ow++) {
          List<Operand> results = product(patch(x, image, kernel.shape(), op.window(), oh, ow, g), matrix);
          for (int f = 0; f < filters; f++) {
            y[(oh * shape.dim(2) + ow) * shape.dim(3) + g * filters + f] = results.get(f);
          }
        }
      }
    }
    return y;
  }

  /// What a window sees of a group's channels, with zeros outside of the image.
  private List<Operand> patch(Operand[] x, Shape image, Shape kernel, Window window, int oh, int ow, int group) {
    List<Operand> patch = new ArrayList<>();
    for (int kh = 0; kh < kernel.dim(0); kh++) {
      for (int kw = 0; kw < kernel.dim(1); kw++) {
        int h = oh * window.strideH() - window.top() + kh * window.dilationH();
        int v = ow * window.strideW() - window.left() + kw * window.dilationW();
        boolean inside = h >= 0 && h < image.dim(1) && v >= 0 && v < image.dim(2);
        for (int c = 0; c < kernel.dim(2); c++) {
          patch.add(inside ? x[(h * image.dim(2) + v) * image.dim(3) + group * kernel.dim(2) + c] : b.constant(0));
        }
      }
    }
    return patch;
  }

  Operand[] conv2dTranspose(Operand[] y, Operand[] w, Conv2dTranspose op, Shape shape) {
    Shape from = op.y().shape().bind(1);
    Kernel kernel = new Kernel(w, op.w().shape());
    int channels = kernel.shape().dim(2);
    Operand[] x = new Operand[shape.size()];
    for (int h = 0; h < shape.dim(1); h++) {
      for (int v = 0; v < shape.dim(2); v++) {
        for (int g = 0; g < op.groups(); g++) {
          List<Operand> seen = new ArrayList<>();
          List<Operand[]> weights = new ArrayList<>();
          seers(y, from, kernel, op, h, v, g, seen, weights);
          List<Operand> results = seen.isEmpty() ? List.of() : product(seen, weights.toArray(Operand[][]::new));
          for (int c = 0; c < channels; c++) {
            x[(h * shape.dim(2) + v) * shape.dim(3) + g * channels + c] =
                results.isEmpty() ? b.constant(0) : results.get(c);
          }
        }
      }
    }
    return x;
  }

  /// The elements whose windows see a pixel, each with its weights for the channels of a group.
  private static void seers(Operand[] y, Shape from, Kernel kernel, Conv2dTranspose op, int h, int v, int group,
      List<Operand> seen, List<Operand[]> weights) {
    Window window = op.window();
    int filters = kernel.shape().dim(3) / op.groups();
    int channels = kernel.shape().dim(2);
    for (int oh = 0; oh < from.dim(1); oh++) {
      for (int ow = 0; ow < from.dim(2); ow++) {
        int kh = tap(h + window.top() - oh * window.strideH(), window.dilationH(), kernel.shape().dim(0));
        int kw = tap(v + window.left() - ow * window.strideW(), window.dilationW(), kernel.shape().dim(1));
        if (kh < 0 || kw < 0) {
          continue;
        }
        for (int f = group * filters; f < (group + 1) * filters; f++) {
          seen.add(y[(oh * from.dim(2) + ow) * from.dim(3) + f]);
          Operand[] row = new Operand[channels];
          for (int c = 0; c < channels; c++) {
            row[c] = kernel.at(kh, kw, c, f);
          }
          weights.add(row);
        }
      }
    }
  }

  /// The tap at a distance from a window's begin, or -1.
  private static int tap(int distance, int dilation, int taps) {
    boolean hits = distance >= 0 && distance % dilation == 0 && distance / dilation < taps;
    return hits ? distance / dilation : -1;
  }
}
