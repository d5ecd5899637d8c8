package org.burin.quant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Op;
import org.burin.ir.Op.Binary;
import org.burin.ir.Op.Broadcast;
import org.burin.ir.Op.Concat;
import org.burin.ir.Op.Constant;
import org.burin.ir.Op.Conv2d;
import org.burin.ir.Op.Conv2dTranspose;
import org.burin.ir.Op.MatMul;
import org.burin.ir.Op.MaxPool2d;
import org.burin.ir.Op.Pad;
import org.burin.ir.Op.Quantize;
import org.burin.ir.Op.QuantizeBits;
import org.burin.ir.Op.Reshape;
import org.burin.ir.Op.Slice;
import org.burin.ir.Op.StopGradient;
import org.burin.ir.Op.StraightThrough;
import org.burin.ir.Op.Transpose;
import org.burin.ir.Op.Unary;
import org.burin.ir.Op.Upsample2d;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.UnaryFn;

/// Effective bit operations (Sun et al., "Gradient-based automatic mixed precision quantization for neural networks
/// on-chip", arXiv 2405.00645, equation 5): the sum over all multiplications of a sample of the product of the bits of
/// the two factors. A rule of thumb for FPGAs is EBOPs = LUTs + 55 DSPs.
///
/// Found from the structure of a graph: every matrix product and convolution whose factors' bits are known counts, a
/// convolution once for each position of the kernel (padding costs nothing). Additions and tables do not count. The bits
/// of a factor, element by element:
///
/// - a weight, or whatever else does not depend on the sample: from the first to the last binary digit of the number
///   that are not 0 (`0b0011000` has 2 bits, 0 has none), whatever its type. The gradient is that of the declared bits;
/// - data: the bits of their quantizer, the sign bit not counted, so `width - 1` for signed types and `width` for
///   unsigned ones, however few of them the data use. Moves of data (reshape, transpose, slices, padding, maxima of
///   windows, ReLU, ...) pass bits on.
///
/// The EBOPs of [org.burin.pass.QuantizationReport] count the same products and the same digits of weights, but of data
/// the bits that their proven range needs rather than the declared ones; they are never more, and the same where the data
/// can use their whole type.
///
/// A product of data that pass through other operations after their quantizer has unknown bits and is left out.
public final class Ebops {
  /// Enough for every float32 of up to 24 bits whose last bit is at least 2^-[#FRACTION].
  private static final int DIGITS = 54;
  private static final int FRACTION = 30;

  private final GraphBuilder b;
  private final Map<Value, Optional<Value>> known = new HashMap<>();

  private Ebops(GraphBuilder b) {
    this.b = b;
  }

  /// The EBOPs of one product.
  ///
  /// @param layer the path of its layer
  /// @param ebops a scalar
  public record Product(String layer, Value ebops) {}

  /// Adds the EBOPs of each product to the graph that `b` continues.
  ///
  /// @param graph a graph with an open batch size, which `b` continues
  public static List<Product> products(GraphBuilder b, Graph graph) {
    Ebops ebops = new Ebops(b);
    List<Product> products = new ArrayList<>();
    for (Value v : graph.values()) {
      ebops.product(v.op()).ifPresent(all -> products.add(new Product(v.layer(), b.sum(all))));
    }
    return products;
  }

  /// Adds the sum over all products; empty when no product has factors of known bits.
  ///
  /// @param graph a graph with an open batch size, which `b` continues
  public static Optional<Value> total(GraphBuilder b, Graph graph) {
    return products(b, graph).stream().map(Product::ebops).reduce(b::add);
  }

  private Optional<Value> product(Op op) {
    return switch (op) {
      case MatMul(var p, var q, var ta, var tb) -> both(p, q).map(f -> b.matMul(f.get(0), f.get(1), ta, tb));
      case Conv2d(var x, var w, var window, var groups) ->
          both(x, w).map(f -> b.conv2d(f.get(0), f.get(1), window, groups));
      case Conv2dTranspose(var y, var w, var window, var groups, var height, var width) ->
          both(y, w).map(f -> b.conv2dTranspose(f.get(0), f.get(1), window, groups, height, width));
      default -> Optional.empty();
    };
  }

  private Optional<List<Value>> both(Value p, Value q) {
    return factor(p).flatMap(x -> factor(q).map(y -> List.of(x, y)));
  }

  /// The bits of a factor, in the factor's shape for one sample.
  private Optional<Value> factor(Value v) {
    if (v.shape().batchAxis() >= 0) {
      return bits(v);
    }
    Value digits = b.stopGradient(digits(b, v));
    return Optional.of(bits(v).map(declared -> b.straightThrough(digits, declared)).orElse(digits));
  }

  /// How many binary digits there are from the first to the last that are not 0.
  static Value digits(GraphBuilder b, Value v) {
    Value raw = b.scale(b.unary(UnaryFn.ABS, v), Math.scalb(1f, FRACTION));
    Value digits = b.binary(BinaryFn.GE, raw, b.constant(1f));
    for (int n = 1; n < DIGITS; n++) {
      Value unit = b.constant(Math.scalb(1f, n));
      Value upper = b.mul(b.unary(UnaryFn.FLOOR, b.scale(raw, Math.scalb(1f, -n))), unit);
      // One digit more if the number reaches this far, one less if its last n digits are 0.
      digits = b.add(digits, b.sub(b.binary(BinaryFn.GE, raw, unit), b.binary(BinaryFn.EQ, upper, raw)));
    }
    return b.select(raw, digits, b.constant(0f));
  }

  /// The declared bits of a value, in its shape for one sample.
  private Optional<Value> bits(Value v) {
    Optional<Value> found = known.get(v);
    if (found == null) {
      found = declared(v.op(), v.shape()).map(bits -> b.broadcast(bits, sample(v.shape())));
      known.put(v, found);
    }
    return found;
  }

  private Optional<Value> declared(Op op, Shape shape) {
    return switch (op) {
      case StraightThrough(var value, _) -> bits(value);
      case StopGradient(var x) -> bits(x);
      case QuantizeBits(_, var integer, var fraction, var signed, _, _) -> {
        Value width = b.add(integer, fraction);
        yield Optional.of(b.relu(signed ? b.sub(width, b.constant(1f)) : width));
      }
      case Quantize(_, var type) -> Optional.of(b.constant((float) (type.width() - (type.signed() ? 1 : 0))));
      case Unary(var fn, var x) when fn == UnaryFn.RELU || fn == UnaryFn.NEG || fn == UnaryFn.ABS -> bits(x);
      case Binary(var fn, var x, var y) when fn == BinaryFn.MAX && isZero(y) -> bits(x);
      case Binary(var fn, var x, var y) when fn == BinaryFn.MAX && isZero(x) -> bits(y);
      case MaxPool2d(var x, var kh, var kw, var window) -> bits(x).map(n -> b.maxPool2d(n, kh, kw, window));
      case Upsample2d(var x, var h, var w) -> bits(x).map(n -> b.upsample2d(n, h, w));
      case Concat(var parts, var axis) -> concat(parts, axis);
      case Slice(var x, var starts, var sizes, var steps) -> bits(x).map(n -> b.slice(n, starts, ofSample(n, sizes), steps));
      case Pad(var x, var low, var high, var interior, _) -> bits(x).map(n -> b.pad(n, low, high, interior, 0f));
      case Reshape(var x, _) -> bits(x).map(n -> b.reshape(n, sample(shape)));
      case Transpose(var x, var permutation) ->
          bits(x).map(n -> b.transpose(n, permutation.stream().mapToInt(Integer::intValue).toArray()));
      case Broadcast(var x, _) -> bits(x);
      default -> Optional.empty();
    };
  }

  private Optional<Value> concat(List<Value> parts, int axis) {
    List<Value> all = parts.stream().map(this::bits).flatMap(Optional::stream).toList();
    return all.size() < parts.size() ? Optional.empty() : Optional.of(b.concat(all, axis));
  }

  /// Sizes of a slice, of which the batch axis has 1.
  private static List<Integer> ofSample(Value bits, List<Integer> sizes) {
    return Stream.iterate(0, i -> i < sizes.size(), i -> i + 1)
        .map(i -> sizes.get(i) == Shape.BATCH ? (Integer) bits.shape().dim(i) : sizes.get(i))
        .toList();
  }

  private static Shape sample(Shape shape) {
    return shape.batchAxis() < 0 ? shape : shape.with(shape.batchAxis(), 1);
  }

  private static boolean isZero(Value v) {
    return v.op() instanceof Constant(var t) && t.size() == 1 && t.data()[0] == 0f;
  }
}
