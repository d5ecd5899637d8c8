package org.burin.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedType;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.UnaryFn;
import org.jspecify.annotations.Nullable;

/// Writes code that computes single elements of a graph of floats, for one sample, with the very operations of the
/// kernels ([org.burin.tensor.Kernels]). Expressions are in parentheses unless they bind as tightly as a name.
final class FloatElements {
  private final FloatRoots roots;
  private final FloatStorage storage;
  private final Map<String, Tensor> parameters;
  private final Body body;
  private final FloatProducts products;
  private final FloatFolds folds;
  private @Nullable Value given;
  private String givenCode = "";
  private boolean finite;

  FloatElements(FloatRoots roots, FloatStorage storage, Map<String, Tensor> parameters, Body body) {
    this.roots = roots;
    this.storage = storage;
    this.parameters = parameters;
    this.body = body;
    products = new FloatProducts(this);
    folds = new FloatFolds(this);
  }

  Body body() {
    return body;
  }

  FloatFunctions functions() {
    return storage.functions();
  }

  String partials() {
    return storage.partials(body);
  }

  FloatProducts products() {
    return products;
  }

  FloatFolds folds() {
    return folds;
  }

  static Shape shape(Value v) {
    return v.shape().bind(1);
  }

  /// Says that no number is NaN.
  FloatElements finite() {
    finite = true;
    return this;
  }

  /// The element of a value at an index.
  String at(Value v, List<Affine> index) {
    if (v == given) {
      return givenCode;
    }
    return roots.isKept(v) || FloatRoots.isLeaf(v.op()) ? load(v, Elements.flat(shape(v), index)) : compute(v, index);
  }

  /// An element of a value that lies in memory.
  String load(Value v, Affine flat) {
    return switch (v.op()) {
      case Op.Constant(var t) -> entry(t, flat);
      case Op.Parameter(var name, _) -> entry(tensor(name), flat);
      default -> storage.element(v, flat, body);
    };
  }

  /// The numbers of a constant or parameter, or null for other values.
  @Nullable Tensor constant(Value v) {
    return switch (v.op()) {
      case Op.Constant(var t) -> t;
      case Op.Parameter(var name, _) -> tensor(name);
      default -> null;
    };
  }

  private Tensor tensor(String name) {
    Tensor t = parameters.get(name);
    if (t == null) {
      throw new IllegalStateException("there is no tensor for parameter '" + name + "'");
    }
    return t;
  }

  private String entry(Tensor t, Affine flat) {
    if (flat.isConstant() || t.size() == 1) {
      return literal(t.data()[flat.isConstant() ? flat.constant() : 0]);
    }
    return storage.tables().of(t.data()) + "[" + flat + "]";
  }

  static String literal(float f) {
    if (Float.isNaN(f)) {
      return "Float.NaN";
    }
    if (Float.isInfinite(f)) {
      return f > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    }
    return f < 0 || Float.floatToRawIntBits(f) < 0 ? "(" + f + "f)" : f + "f";
  }

  /// The element of a value at an index, where that of another value on the way is at hand.
  String compute(Value v, List<Affine> index, Value other, String code) {
    given = other;
    givenCode = code;
    String result = v == other ? code : compute(v, index);
    given = null;
    return result;
  }

  /// The element of a value at an index, computed here.
  String compute(Value v, List<Affine> index) {
    return switch (v.op()) {
      case Op.Input _, Op.Parameter _, Op.Constant _ -> at(v, index);
      case Op.Unary(var fn, var x) -> unary(fn, at(x, index));
      case Op.Binary(var fn, var a, var b) -> binary(fn, operand(a, index), operand(b, index));
      case Op.Select(var c, var a, var b) -> "(" + operand(c, index) + " != 0f ? " + operand(a, index) + " : "
          + operand(b, index) + ")";
      case Op.Quantize(var x, var type) -> quantize(at(x, index), type);
      case Op.QuantizeBits o -> functions().quantizeBits(o.signed(), o.rounding(), o.overflow()) + "("
          + at(o.x(), index) + ", " + operand(o.integer(), index) + ", " + operand(o.fraction(), index) + ")";
      case Op.StopGradient(var x) -> at(x, index);
      case Op.StraightThrough(var value, _) -> at(value, index);
      case Op.MatMul o -> products.matMul(o, index);
      case Op.Conv2d o -> products.conv2d(o, index);
      case Op.Conv2dTranspose o -> products.conv2dTranspose(o, index);
      case Op.MaxPool2d(var x, var kh, var kw, var window) -> folds.pool(x, kh, kw, window, true, index);
      case Op.AveragePool2d(var x, var kh, var kw, var window) -> folds.pool(x, kh, kw, window, false, index);
      case Op.Upsample2d(var x, var fh, var fw) -> at(x, List.of(index.get(0), quotient(index.get(1), fh),
          quotient(index.get(2), fw), index.get(3)));
      case Op.Reduce o -> folds.reduce(o, index);
      case Op.ArgMax(var x, var axis) -> folds.argMax(x, axis, index);
      case Op.Gather(var x, var indices, var axis) -> gather(x, indices, axis, index);
      case Op.Slice(var x, var starts, _, var steps) -> at(x, slice(starts, steps, index));
      case Op.Reshape(var x, _) -> reshape(v, x, index);
      case Op.Transpose(var x, var permutation) -> at(x, transpose(permutation, index));
      case Op.Broadcast(var x, _) -> operand(x, index);
      case Op.Softmax _, Op.LogSoftmax _, Op.Concat _, Op.Pad _ ->
          throw new IllegalStateException(v + " is written as a whole");
      case Op.RandomUniform _, Op.Conv2dKernel _, Op.MaxPool2dScatter _, Op.MaxPool2dGather _,
          Op.AveragePool2dAdjoint _, Op.ScatterAdd _ -> throw new IllegalStateException(v + " belongs to training");
    };
  }

  /// The element of an operand that is broadcast to what the index belongs to.
  String operand(Value x, List<Affine> index) {
    return at(x, Elements.broadcast(shape(x), index));
  }

  private String unary(UnaryFn fn, String x) {
    return switch (fn) {
      case NEG -> "(-" + x + ")";
      case ABS -> "Math.abs(" + x + ")";
      case EXP -> functions().function("exp") + "(" + x + ")";
      case LOG -> functions().function("log") + "(" + x + ")";
      case SQRT -> "((float) Math.sqrt(" + x + "))";
      case RSQRT -> "(1f / (float) Math.sqrt(" + x + "))";
      case SQUARE -> {
        String t = body.named(x);
        yield "(" + t + " * " + t + ")";
      }
      case RECIPROCAL -> "(1f / " + x + ")";
      case RELU -> finite ? "Math.max(" + x + ", 0f)" : functions().relu() + "(" + x + ")";
      case SIGMOID -> functions().function("sigmoid") + "(" + x + ")";
      case TANH -> functions().function("tanh") + "(" + x + ")";
      case ERF -> functions().function("erf") + "(" + x + ")";
      case SIGN -> {
        String t = body.named(x);
        yield "(" + t + " > 0f ? 1f : " + t + " < 0f ? -1f : 0f)";
      }
      case FLOOR -> "((float) Math.floor(" + x + "))";
      case CEIL -> "((float) Math.ceil(" + x + "))";
      case ROUND -> "((float) Math.rint(" + x + "))";
    };
  }

  private String binary(BinaryFn fn, String a, String b) {
    return switch (fn) {
      case ADD -> "(" + a + " + " + b + ")";
      case SUB -> "(" + a + " - " + b + ")";
      case MUL -> "(" + a + " * " + b + ")";
      case DIV -> "(" + a + " / " + b + ")";
      case MAX -> chosen(">", a, b);
      case MIN -> chosen("<", a, b);
      case POW -> "((float) StrictMath.pow(" + a + ", " + b + "))";
      case LT -> "(" + a + " < " + b + " ? 1f : 0f)";
      case LE -> "(" + a + " <= " + b + " ? 1f : 0f)";
      case GT -> "(" + a + " > " + b + " ? 1f : 0f)";
      case GE -> "(" + a + " >= " + b + " ? 1f : 0f)";
      case EQ -> "(" + a + " == " + b + " ? 1f : 0f)";
      case NE -> "(" + a + " != " + b + " ? 1f : 0f)";
    };
  }

  private String chosen(String operator, String a, String b) {
    String x = body.named(a);
    String y = body.named(b);
    return "(" + x + " " + operator + " " + y + " ? " + x + " : " + y + ")";
  }

  private String quantize(String x, FixedType type) {
    String raw = functions().helpers().fromFloat(type.rounding(), type.overflow());
    return "((float) (" + raw + "(" + x + " * " + InputCode.power(type.fraction()) + ", "
        + Term.literal(Rounded.least(type), true) + ", " + Term.literal(Rounded.most(type), true) + ") * "
        + InputCode.power(-type.fraction()) + "))";
  }

  private Affine quotient(Affine n, int divisor) {
    return divisor == 1 ? n : n.isConstant() ? Affine.of(n.constant() / divisor)
        : body.position("(" + n + ") / " + divisor);
  }

  private String gather(Value x, Value indices, int axis, List<Affine> index) {
    int rank = indices.shape().rank();
    String i = at(indices, index.subList(axis, axis + rank));
    Affine place = body.position(functions().index() + "(" + i + ", " + shape(x).dim(axis) + ")");
    List<Affine> own = new ArrayList<>(index.subList(0, axis));
    own.add(place);
    own.addAll(index.subList(axis + rank, index.size()));
    return at(x, own);
  }

  private static List<Affine> slice(List<Integer> starts, List<Integer> steps, List<Affine> index) {
    List<Affine> own = new ArrayList<>();
    for (int i = 0; i < index.size(); i++) {
      own.add(index.get(i).times(steps.get(i)).plus(starts.get(i)));
    }
    return own;
  }

  private static List<Affine> transpose(List<Integer> permutation, List<Affine> index) {
    List<Affine> own = new ArrayList<>(index);
    for (int i = 0; i < index.size(); i++) {
      own.set(permutation.get(i), index.get(i));
    }
    return own;
  }

  /// What a reshape comes from is kept: the place in memory is the same.
  private String reshape(Value v, Value x, List<Affine> index) {
    return load(FloatRoots.source(x), Elements.flat(shape(v), index));
  }
}
