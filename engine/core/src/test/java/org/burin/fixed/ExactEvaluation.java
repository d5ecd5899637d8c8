package org.burin.fixed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;

/// What a fixed graph computes by definition: numbers in exact decimal arithmetic, each element by a formula of its
/// index. The oracle that the interpreter is held against; it shares no code with it.
final class ExactEvaluation {
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Numbers(Shape shape, BigDecimal[] data) {
    /// The element at an index of a tensor that this one broadcasts to.
    BigDecimal at(int... index) {
      int flat = 0;
      int lead = index.length - shape.rank();
      for (int i = 0; i < shape.rank(); i++) {
        flat = flat * shape.dim(i) + (shape.dim(i) == 1 ? 0 : index[lead + i]);
      }
      return data[flat];
    }
  }

  private final int samples;
  private final Map<String, FixedTensor> inputs;
  private final List<Numbers> values = new ArrayList<>();

  private ExactEvaluation(int samples, Map<String, FixedTensor> inputs) {
    this.samples = samples;
    this.inputs = inputs;
  }

  /// The raw integers of every value.
  static List<BigInteger[]> raws(FixedGraph graph, int samples, Map<String, FixedTensor> inputs) {
    ExactEvaluation e = new ExactEvaluation(samples, inputs);
    List<BigInteger[]> raws = new ArrayList<>();
    for (FixedValue v : graph.values()) {
      Shape shape = v.shape().bind(samples);
      BigDecimal[] data = new BigDecimal[shape.size()];
      for (int i = 0; i < data.length; i++) {
        data[i] = e.element(v.op(), index(i, shape));
      }
      e.values.add(new Numbers(shape, data));
      raws.add(Arrays.stream(data).map(x -> scaled(x, v.precision().fraction()).toBigIntegerExact())
          .toArray(BigInteger[]::new));
    }
    return raws;
  }

  private static int[] index(int flat, Shape shape) {
    int[] index = new int[shape.rank()];
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = flat % shape.dim(i);
      flat /= shape.dim(i);
    }
    return index;
  }

  /// `x * 2^bits`.
  private static BigDecimal scaled(BigDecimal x, int bits) {
    return x.multiply(bits >= 0 ? BigDecimal.TWO.pow(bits) : new BigDecimal("0.5").pow(-bits));
  }

  private static Numbers numbers(FixedTensor t) {
    return new Numbers(t.shape(), Arrays.stream(t.raw())
        .mapToObj(r -> scaled(new BigDecimal(r), -t.fraction())).toArray(BigDecimal[]::new));
  }

  private static BigDecimal bring(BigDecimal x, long divisor, ElementTypes types, int[] index) {
    int flat = 0;
    int lead = index.length - types.grid().rank();
    for (int i = 0; i < types.grid().rank(); i++) {
      flat = flat * types.grid().dim(i) + (types.grid().dim(i) == 1 ? 0 : index[lead + i]);
    }
    FixedType type = types.types().get(flat);
    BigDecimal plain = x.setScale(Math.max(0, x.scale()));
    BigInteger raw = ExactRounding.raw(plain.unscaledValue(),
        BigInteger.TEN.pow(plain.scale()).multiply(BigInteger.valueOf(divisor)), 0, type);
    return scaled(new BigDecimal(raw), -type.fraction());
  }

  private Numbers of(FixedValue v) {
    return values.get(v.id());
  }

  private BigDecimal element(FixedOp op, int[] at) {
    return switch (op) {
      case FixedOp.Input o -> bring(numbers(inputs.get(o.name())).at(at), 1, o.types(), at);
      case FixedOp.Constant o -> numbers(o.value()).at(at);
      case FixedOp.Quantize o -> bring(of(o.x()).at(at), 1, o.types(), at);
      case FixedOp.Divide o ->
          bring(of(o.x()).at(at), numbers(o.divisor()).at(at).longValueExact(), o.types(), at);
      case FixedOp.Lookup o -> {
        LookupTable t = o.tables().get(numbers(o.which()).at(at).intValueExact());
        long raw = scaled(of(o.x()).at(at), t.argumentFraction()).longValueExact();
        yield scaled(new BigDecimal(t.entries()[(int) (raw - t.first())]), -t.fraction());
      }
      case FixedOp.Add o -> of(o.a()).at(at).add(of(o.b()).at(at));
      case FixedOp.Subtract o -> of(o.a()).at(at).subtract(of(o.b()).at(at));
      case FixedOp.Multiply o -> of(o.a()).at(at).multiply(of(o.b()).at(at));
      case FixedOp.Negate o -> of(o.x()).at(at).negate();
      case FixedOp.Absolute o -> of(o.x()).at(at).abs();
      case FixedOp.Shift o -> scaled(of(o.x()).at(at), o.bits());
      case FixedOp.Maximum o -> of(o.a()).at(at).max(of(o.b()).at(at));
      case FixedOp.Minimum o -> of(o.a()).at(at).min(of(o.b()).at(at));
      case FixedOp.Compare o -> compare(o.comparison(), of(o.a()).at(at).compareTo(of(o.b()).at(at)));
      case FixedOp.Select o -> of(o.condition()).at(at).signum() != 0 ? of(o.a()).at(at) : of(o.b()).at(at);
      case FixedOp.MatMul o -> matMul(o, at);
      case FixedOp.Conv2d o -> conv2d(of(o.x()), of(o.w()), o.window(), o.groups(), at);
      case FixedOp.Conv2dTranspose o -> conv2dTranspose(of(o.y()), of(o.w()), o.window(), o.groups(), at);
      case FixedOp.MaxPool2d o -> window(of(o.x()), o.kernelH(), o.kernelW(), o.window(), at).stream()
          .max(BigDecimal::compareTo).orElseThrow();
      case FixedOp.SumPool2d o -> window(of(o.x()), o.kernelH(), o.kernelW(), o.window(), at).stream()
          .reduce(BigDecimal.ZERO, BigDecimal::add);
      case FixedOp.Upsample2d o -> of(o.x()).at(at[0], at[1] / o.factorH(), at[2] / o.factorW(), at[3]);
      case FixedOp.Sum o -> folded(of(o.x()), o.axes(), at).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      case FixedOp.Max o -> folded(of(o.x()), o.axes(), at).stream().max(BigDecimal::compareTo).orElseThrow();
      case FixedOp.ArgMax o -> {
        List<BigDecimal> row = folded(of(o.x()), List.of(o.axis()), at);
        BigDecimal most = row.stream().max(BigDecimal::compareTo).orElseThrow();
        yield new BigDecimal(IntStream.range(0, row.size()).filter(i -> row.get(i).compareTo(most) == 0).min()
            .orElseThrow());
      }
      case FixedOp.Gather o -> {
        int rank = of(o.indices()).shape().rank();
        BigDecimal chosen = of(o.indices()).at(Arrays.copyOfRange(at, o.axis(), o.axis() + rank));
        yield of(o.x()).at(IntStream.range(0, of(o.x()).shape().rank())
            .map(i -> i < o.axis() ? at[i] : i == o.axis() ? chosen.intValueExact() : at[i + rank - 1]).toArray());
      }
      case FixedOp.Concat o -> {
        int[] in = at.clone();
        for (FixedValue part : o.values()) {
          if (in[o.axis()] < of(part).shape().dim(o.axis())) {
            yield of(part).at(in);
          }
          in[o.axis()] -= of(part).shape().dim(o.axis());
        }
        throw new AssertionError("beyond the parts");
      }
      case FixedOp.Slice o -> of(o.x()).at(IntStream.range(0, at.length)
          .map(i -> o.starts().get(i) + at[i] * o.steps().get(i)).toArray());
      case FixedOp.Pad o -> {
        int[] in = new int[at.length];
        boolean inside = true;
        for (int i = 0; i < in.length; i++) {
          int offset = at[i] - o.low().get(i);
          in[i] = Math.floorDiv(offset, o.interior().get(i) + 1);
          inside &= Math.floorMod(offset, o.interior().get(i) + 1) == 0 && in[i] >= 0
              && in[i] < of(o.x()).shape().dim(i);
        }
        yield inside ? of(o.x()).at(in) : numbers(o.value()).at();
      }
      case FixedOp.Reshape o -> {
        int flat = 0;
        for (int i = 0; i < at.length; i++) {
          flat = flat * o.shape().bind(samples).dim(i) + at[i];
        }
        yield of(o.x()).data()[flat];
      }
      case FixedOp.Transpose o -> {
        int[] in = new int[at.length];
        IntStream.range(0, in.length).forEach(i -> in[o.permutation().get(i)] = at[i]);
        yield of(o.x()).at(in);
      }
      case FixedOp.Broadcast o -> of(o.x()).at(at);
    };
  }

  private static BigDecimal compare(FixedOp.Comparison comparison, int order) {
    boolean holds = switch (comparison) {
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case EQ -> order == 0;
      case NE -> order != 0;
    };
    return holds ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  private BigDecimal matMul(FixedOp.MatMul o, int[] at) {
    int last = at.length - 1;
    int inner = of(o.a()).shape().dim(o.transA() ? -2 : -1);
    BigDecimal sum = BigDecimal.ZERO;
    for (int p = 0; p < inner; p++) {
      int[] inA = at.clone();
      int[] inB = at.clone();
      inA[last - 1] = o.transA() ? p : at[last - 1];
      inA[last] = o.transA() ? at[last - 1] : p;
      inB[last - 1] = o.transB() ? at[last] : p;
      inB[last] = o.transB() ? p : at[last];
      sum = sum.add(of(o.a()).at(inA).multiply(of(o.b()).at(inB)));
    }
    return sum;
  }

  private static BigDecimal conv2d(Numbers x, Numbers w, Window window, int groups, int[] at) {
    int channels = w.shape.dim(2);
    int group = at[3] / (w.shape.dim(3) / groups);
    BigDecimal sum = BigDecimal.ZERO;
    for (int kh = 0; kh < w.shape.dim(0); kh++) {
      for (int kw = 0; kw < w.shape.dim(1); kw++) {
        int h = at[1] * window.strideH() - window.top() + kh * window.dilationH();
        int v = at[2] * window.strideW() - window.left() + kw * window.dilationW();
        for (int c = 0; c < channels && h >= 0 && h < x.shape.dim(1) && v >= 0 && v < x.shape.dim(2); c++) {
          sum = sum.add(x.at(at[0], h, v, group * channels + c).multiply(w.at(kh, kw, c, at[3])));
        }
      }
    }
    return sum;
  }

  /// The coefficient of every element of `y` is that with which the convolution lets element `at` of the image into it.
  private static BigDecimal conv2dTranspose(Numbers y, Numbers w, Window window, int groups, int[] at) {
    int channels = w.shape.dim(2);
    int perGroup = w.shape.dim(3) / groups;
    BigDecimal sum = BigDecimal.ZERO;
    for (int oh = 0; oh < y.shape.dim(1); oh++) {
      for (int ow = 0; ow < y.shape.dim(2); ow++) {
        int h = at[1] + window.top() - oh * window.strideH();
        int v = at[2] + window.left() - ow * window.strideW();
        if (h % window.dilationH() != 0 || v % window.dilationW() != 0 || h < 0 || v < 0
            || h / window.dilationH() >= w.shape.dim(0) || v / window.dilationW() >= w.shape.dim(1)) {
          continue;
        }
        for (int f = 0; f < w.shape.dim(3); f++) {
          if (f / perGroup == at[3] / channels) {
            sum = sum.add(y.at(at[0], oh, ow, f)
                .multiply(w.at(h / window.dilationH(), v / window.dilationW(), at[3] % channels, f)));
          }
        }
      }
    }
    return sum;
  }

  private static List<BigDecimal> window(Numbers x, int kernelH, int kernelW, Window window, int[] at) {
    List<BigDecimal> inside = new ArrayList<>();
    for (int h = 0; h < x.shape.dim(1); h++) {
      for (int w = 0; w < x.shape.dim(2); w++) {
        int kh = h + window.top() - at[1] * window.strideH();
        int kw = w + window.left() - at[2] * window.strideW();
        if (kh >= 0 && kh < kernelH && kw >= 0 && kw < kernelW) {
          inside.add(x.at(at[0], h, w, at[3]));
        }
      }
    }
    return inside;
  }

  /// The elements that are folded into one, row-major.
  private static List<BigDecimal> folded(Numbers x, List<Integer> axes, int[] at) {
    List<BigDecimal> list = new ArrayList<>();
    for (int i = 0; i < x.data.length; i++) {
      int[] index = index(i, x.shape);
      int[] kept = IntStream.range(0, index.length).filter(a -> !axes.contains(a)).map(a -> index[a]).toArray();
      int[] wide = IntStream.range(0, index.length).map(a -> axes.contains(a) ? 0 : index[a]).toArray();
      if (Arrays.equals(at.length == index.length ? wide : kept, at)) {
        list.add(x.data[i]);
      }
    }
    return list;
  }
}
