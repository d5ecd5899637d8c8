package org.burin.compat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.burin.compat.HlsConfig.Strategy;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.tensor.Window;

/// Builds the fixed-point graph that computes, bit for bit, what the C++ computes that hls4ml generates for a model
/// (Vivado and Vitis templates, `io_parallel`).
///
/// Everything lossy that the C++ does is an operation of the graph: inputs and weights that are rounded down and wrap,
/// products brought to the accumulator, partial sums that saturate in the order of the strategy, tables. docs/hls4ml.md
/// lists what is reproduced and what is not.
public final class HlsModel {
  private static final FixedType TABLE = FixedType.fixed(18, 8);
  private static final FixedType SOFTMAX_TABLE = new FixedType(true, 18, 8, Rounding.RND, Overflow.SAT);
  private static final FixedType NO_BIAS = FixedType.ufixed(1, 1);

  private final FixedGraphBuilder b;
  private final HlsConfig config;
  private final AutoPrecision auto;
  private final Map<String, HlsValue> values = new LinkedHashMap<>();

  private HlsModel(String name, HlsConfig config) {
    this.b = new FixedGraphBuilder(name);
    this.config = config;
    this.auto = new AutoPrecision(config.maximum());
  }

  /// The graph of a model. Its inputs have the names of the layers [HlsLayer.Input]; its outputs those of the layers
  /// that no other layer reads.
  ///
  /// @param layers in an order in which every layer comes after those that it reads
  /// @throws HlsConfigException when a layer reads one that does not come before it, has a name that is taken, does not
  ///     fit to its input, or when the configuration names a layer that is not there: layer, what was found, what was
  ///     expected
  public static FixedGraph build(String name, List<HlsLayer> layers, HlsConfig config) {
    HlsModel model = new HlsModel(name, config);
    Set<String> read = new HashSet<>();
    for (HlsLayer layer : layers) {
      read.addAll(layer.inputs());
      if (model.values.containsKey(layer.name())) {
        throw new HlsConfigException("layer " + layer.name() + ": the name is taken by a layer before it");
      }
      HlsValue value = model.b.scope(layer.name(), () -> model.layer(layer));
      model.values.put(layer.name(), value);
    }
    for (String configured : config.names().keySet()) {
      if (layers.stream().noneMatch(l -> l.name().equalsIgnoreCase(configured))) {
        throw new HlsConfigException("the configuration has a layer '" + configured + "', the model has "
            + model.values.keySet());
      }
    }
    model.values.forEach((layer, value) -> {
      if (!read.contains(layer)) {
        model.b.output(layer, value.value());
      }
    });
    return model.b.build();
  }

  private HlsValue in(HlsLayer layer, String input) {
    HlsValue v = values.get(input);
    if (v == null) {
      throw new HlsConfigException("layer " + layer.name() + " reads '" + input + "', the layers before it are "
          + values.keySet());
    }
    return v;
  }

  private HlsValue layer(HlsLayer layer) {
    return switch (layer) {
      case HlsLayer.Input l -> {
        FixedType type = or(l, "result", config.defaultType());
        yield new HlsValue(b.input(l.name(), HlsValue.batched(l.shape().dims()), ElementTypes.of(type)), type);
      }
      case HlsLayer.Dense l -> dense(l);
      case HlsLayer.Conv l -> conv(l);
      case HlsLayer.BatchNormalization l -> batchNormalization(l);
      case HlsLayer.Activation l -> activation(l);
      case HlsLayer.PRelu l -> prelu(l);
      case HlsLayer.Softmax l -> softmax(l);
      case HlsLayer.Pooling l -> pooling(l);
      case HlsLayer.GlobalPooling l -> globalPooling(l);
      case HlsLayer.Merge l -> merge(l);
      case HlsLayer.Dot l -> dot(l);
      case HlsLayer.Concatenate l -> {
        HlsValue first = in(l, l.first());
        HlsValue second = in(l, l.second());
        FixedType type = or(l, "result", auto.joined(first.type(), second.type()));
        int axis = l.axis() < 0 ? l.axis() : l.axis() + 1;
        yield new HlsValue(b.concat(
            List.of(b.quantize(first.value(), type), b.quantize(second.value(), type)), axis), type);
      }
      case HlsLayer.Reshape l -> {
        HlsValue x = in(l, l.input());
        yield new HlsValue(b.reshape(x.value(), HlsValue.batched(l.shape().dims())), x.type());
      }
    };
  }

  private FixedType or(HlsLayer layer, String variable, FixedType inferred) {
    return config.precision(layer, variable).orElse(inferred);
  }

  /// The type of something that a default for the whole layer does not reach.
  private FixedType own(HlsLayer layer, String variable, FixedType otherwise) {
    FixedType type = config.ownPrecision(layer, variable);
    return type != null ? type : otherwise;
  }

  private FixedType weightType(HlsLayer layer, String variable) {
    return or(layer, variable, config.defaultType());
  }

  // ---- products -------------------------------------------------------------------------------------------------

  private HlsValue dense(HlsLayer.Dense l) {
    HlsValue x = in(l, l.input());
    int[] sample = x.sample();
    Shape w = l.weights().shape();
    if (w.rank() != 2 || sample.length == 0 || sample[sample.length - 1] != w.dim(0)) {
      throw misfit(l, "weights " + w, "[in,out] with the last extent of the input " + Shape.of(sample));
    }
    HlsProducts products = products(l, x.type(), l.bias(), w.dim(0), w.dim(1));
    FixedTensor weights = HlsWeights.tensor(l.weights(), weightType(l, "weight"));
    return new HlsValue(products.dense(x.value(), weights, bias(l, l.bias(), w.dim(1))), products.result());
  }

  private HlsProducts products(HlsLayer l, FixedType x, Optional<Tensor> bias, int in, int out) {
    FixedType biasType = bias.isEmpty() ? NO_BIAS : weightType(l, "bias");
    Optional<FixedType> accumulator = config.precision(l, "accum");
    Optional<FixedType> result = config.precision(l, "result");
    boolean resource = config.strategy(l) == Strategy.RESOURCE;
    int reuse = resource ? HlsWeights.reuseFactor(in, out, config.reuseFactor(l)) : 1;
    Supplier<FixedType> inferred = () -> auto.product(x, weightType(l, "weight"), biasType, in);
    return new HlsProducts(b, accumulator.orElseGet(inferred), result.orElseGet(inferred), resource, reuse);
  }

  private FixedTensor bias(HlsLayer l, Optional<Tensor> bias, int size) {
    return bias.map(t -> HlsWeights.tensor(t, weightType(l, "bias")))
        .orElseGet(() -> FixedTensor.of(Shape.of(size), 0, new long[size]));
  }

  private HlsValue conv(HlsLayer.Conv l) {
    HlsValue x = in(l, l.input());
    FixedValue image = image(l, x);
    Shape w = l.weights().shape();
    if (w.rank() != 4 || w.dim(2) != image.shape().dim(3) || (l.depthwise() && w.dim(3) != 1)) {
      throw misfit(
          l, "weights " + w, "[kernelH,kernelW," + image.shape().dim(3) + (l.depthwise() ? ",1]" : ",filters]"));
    }
    int taps = w.dim(0) * w.dim(1);
    int terms = l.depthwise() ? taps : taps * w.dim(2);
    int out = l.depthwise() ? w.dim(2) : w.dim(3);
    HlsProducts products = products(l, x.type(), l.bias(), terms, out);
    FixedTensor weights = HlsWeights.tensor(l.weights(), weightType(l, "weight"));
    FixedTensor bias = bias(l, l.bias(), out);
    FixedValue y = l.depthwise() ? products.depthwise(image, weights, bias, l.window())
        : products.conv(image, weights, bias, l.window());
    return new HlsValue(sequence(x, y), products.result());
  }

  /// The value as images `[N,H,W,C]`; a sequence is an image of one row.
  private FixedValue image(HlsLayer l, HlsValue x) {
    int[] sample = x.sample();
    if (sample.length == 2) {
      return b.reshape(x.value(), HlsValue.batched(1, sample[0], sample[1]));
    }
    if (sample.length != 3) {
      throw misfit(l, "an input " + Shape.of(sample), "[H,W,C] or [W,C]");
    }
    return x.value();
  }

  private FixedValue sequence(HlsValue x, FixedValue y) {
    return x.sample().length == 2 ? b.reshape(y, HlsValue.batched(y.shape().dim(2), y.shape().dim(3))) : y;
  }

  private HlsValue batchNormalization(HlsLayer.BatchNormalization l) {
    HlsValue x = in(l, l.input());
    FixedType scale = weightType(l, "scale");
    FixedType bias = weightType(l, "bias");
    FixedType result = config.precision(l, "result").orElseGet(() -> auto.scaled(x.type(), scale, bias));
    FixedValue scaled = b.mul(x.value(), b.constant(HlsWeights.tensor(l.scale(), scale)));
    FixedValue shifted = b.add(scaled, b.constant(HlsWeights.tensor(l.bias(), bias)));
    return new HlsValue(b.quantize(shifted, result), result);
  }

  // ---- activations ----------------------------------------------------------------------------------------------

  private HlsValue activation(HlsLayer.Activation l) {
    HlsValue x = in(l, l.input());
    FixedType result = or(l, "result", config.defaultType());
    FixedType param = or(l, "param", l.function() == HlsLayer.Function.THRESHOLDED_RELU ? x.type()
        : AutoPrecision.constant(l.parameter()));
    HlsActivations functions =
        new HlsActivations(b, param, own(l, "table", TABLE), config.tableSize(l), result);
    return new HlsValue(functions.apply(l.function(), x, l.parameter()), result);
  }

  private HlsValue prelu(HlsLayer.PRelu l) {
    HlsValue x = in(l, l.input());
    FixedType result = or(l, "result", config.defaultType());
    FixedType param = or(l, "param", x.type());
    HlsActivations functions = new HlsActivations(b, param, TABLE, config.tableSize(l), result);
    return new HlsValue(functions.leaky(x.value(), b.constant(HlsWeights.tensor(l.alpha(), param))), result);
  }

  private HlsValue softmax(HlsLayer.Softmax l) {
    HlsValue x = in(l, l.input());
    FixedType result = or(l, "result", config.defaultType());
    FixedType exp = own(l, "exp_table", SOFTMAX_TABLE);
    int[] sample = x.sample();
    // An accumulator that only the model's default would give gets the type of the exponentials and room for their sum.
    int growth = 32 - Integer.numberOfLeadingZeros(sample[sample.length - 1] - 1);
    FixedType accumulator = config.isModelDefault(l, "accum")
        ? new FixedType(exp.signed(), exp.width() + growth, exp.integer() + growth, Rounding.TRN, Overflow.WRAP)
        : or(l, "accum", config.defaultType());
    int size = config.tableSize(l);
    if (Integer.bitCount(size) != 1) {
      throw misfit(l, "a table of " + size + " entries", "a power of two");
    }
    HlsSoftmax softmax = new HlsSoftmax(b, exp, own(l, "inv_table", SOFTMAX_TABLE), own(l, "inv_inp", SOFTMAX_TABLE),
        accumulator, own(l, "table", TABLE), size, result);
    return new HlsValue(softmax.apply(config.implementation(l), x), result);
  }

  // ---- pooling, merges ------------------------------------------------------------------------------------------

  private HlsValue pooling(HlsLayer.Pooling l) {
    HlsValue x = in(l, l.input());
    HlsValue image = new HlsValue(image(l, x), x.type());
    FixedType accumulator = config.precision(l, "accum")
        .orElseGet(() -> l.average() ? auto.mean(x.type(), l.height() * l.width()) : x.type());
    HlsPooling pooling = new HlsPooling(b, accumulator, or(l, "result", x.type()));
    Window w = l.window();
    FixedValue y = l.average() ? pooling.average(image.value(), l.height(), l.width(), w, l.countPad())
        : pooling.max(image, l.height(), l.width(), w);
    return new HlsValue(sequence(x, y), pooling.result());
  }

  private HlsValue globalPooling(HlsLayer.GlobalPooling l) {
    HlsValue x = in(l, l.input());
    HlsValue image = new HlsValue(image(l, x), x.type());
    // Nothing is inferred for this class.
    HlsPooling pooling = new HlsPooling(
        b, or(l, "accum", config.defaultType()), or(l, "result", config.defaultType()));
    return new HlsValue(pooling.global(image, l.average()), pooling.result());
  }

  private HlsValue merge(HlsLayer.Merge l) {
    HlsValue first = in(l, l.first());
    HlsValue second = in(l, l.second());
    FixedType result = config.precision(l, "result")
        .orElseGet(() -> auto.merged(l.operation(), first.type(), second.type()));
    FixedValue x = first.value();
    FixedValue y = second.value();
    FixedValue exact = switch (l.operation()) {
      case ADD -> b.add(x, y);
      case SUBTRACT -> b.sub(x, y);
      case MULTIPLY -> b.mul(x, y);
      case AVERAGE -> b.shift(b.add(x, y), -1);
      case MAXIMUM -> b.max(x, y);
      case MINIMUM -> b.min(x, y);
    };
    return new HlsValue(b.quantize(exact, result), result);
  }

  private HlsValue dot(HlsLayer.Dot l) {
    HlsValue x = in(l, l.first());
    HlsValue y = in(l, l.second());
    int n = x.sample()[0];
    FixedType inferred = auto.dot(x.type(), y.type(), n);
    FixedType accumulator = or(l, "accum", inferred);
    FixedType result = or(l, "result", inferred);
    FixedValue products = b.quantize(b.mul(x.value(), y.value()), accumulator);
    FixedValue sum = Accumulation.sum(b, b.constant(0, 0), products, 1, HlsWeights.order(n, false, 1), accumulator);
    return new HlsValue(b.reshape(b.quantize(sum, result), HlsValue.batched(1)), result);
  }

  private static HlsConfigException misfit(HlsLayer l, String found, String expected) {
    return new HlsConfigException("layer " + l.name() + " (" + l.className() + ") has " + found + ", expected "
        + expected + "; it reads " + l.inputs());
  }
}
