package org.burin.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Function;
import org.burin.importers.Network.Element;
import org.burin.nn.Activation;
import org.burin.nn.Affine;
import org.burin.nn.AffineLayer;
import org.burin.nn.BatchNorm;
import org.burin.nn.Bidirectional;
import org.burin.nn.Conv;
import org.burin.nn.ConvTranspose;
import org.burin.nn.Dense;
import org.burin.nn.DepthwiseConv;
import org.burin.nn.Dropout;
import org.burin.nn.Embedding;
import org.burin.nn.Flatten;
import org.burin.nn.Geometry;
import org.burin.nn.GlobalPool;
import org.burin.nn.Layer;
import org.burin.nn.LayerNorm;
import org.burin.nn.Margins;
import org.burin.nn.Merge;
import org.burin.nn.PRelu;
import org.burin.nn.Padding;
import org.burin.nn.Permute;
import org.burin.nn.Pool;
import org.burin.nn.Quantizer;
import org.burin.nn.QuantizerLayer;
import org.burin.nn.Recurrent;
import org.burin.nn.Regularizer;
import org.burin.nn.Reshape;
import org.burin.nn.SeparableConv;
import org.burin.nn.UpSampling;
import org.burin.quant.FoldedBatchNorm;
import org.jspecify.annotations.Nullable;

/// Makes layers of the configurations of Keras' and QKeras' layers.
final class LayerReader {
  private final ActivationReader activations;

  /// @param kerasMajor the major version of Keras, since its hard sigmoid was changed
  LayerReader(int kerasMajor) {
    activations = new ActivationReader(kerasMajor);
  }

  /// The layer of this class.
  ///
  /// @throws ImportProblem when there is none, or an option of it is not supported
  Element read(String type, Config c) {
    try {
      Merge merge = merge(type, c);
      return merge == null ? new Element.One(layer(type, c)) : new Element.Many(merge.named(name(c)));
    } catch (IllegalArgumentException e) {
      throw new ImportProblem(c.where() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable Merge merge(String type, Config c) {
    return switch (type) {
      case "Add" -> Merge.add();
      case "Subtract" -> Merge.subtract();
      case "Multiply" -> Merge.multiply();
      case "Average" -> Merge.average();
      case "Maximum" -> Merge.maximum();
      case "Minimum" -> Merge.minimum();
      case "Concatenate" -> Merge.concat(c.whole("axis", -1));
      default -> null;
    };
  }

  private Layer layer(String type, Config c) {
    String name = name(c);
    return switch (type) {
      case "Dense", "QDense" -> affine(Dense.of(c.whole("units")).named(name), c, "kernel");
      case "Conv1D", "QConv1D", "Conv2D", "QConv2D" -> affine(convolution(c, axes(type)), c, "kernel");
      case "DepthwiseConv1D", "DepthwiseConv2D", "QDepthwiseConv2D" ->
          affine(depthwise(c, axes(type)), c, "depthwise");
      case "SeparableConv1D", "SeparableConv2D", "QSeparableConv1D", "QSeparableConv2D" -> separable(c, axes(type));
      case "Conv1DTranspose", "Conv2DTranspose", "QConv2DTranspose" -> affine(transposed(c, axes(type)), c, "kernel");
      case "QDenseBatchnorm" -> folded(Dense.of(c.whole("units")), c, "kernel");
      case "QConv2DBatchnorm" -> folded(convolution(c, 2), c, "kernel");
      case "QDepthwiseConv2DBatchnorm" -> folded(depthwise(c, 2), c, "depthwise");
      case "BatchNormalization" -> new LastAxisLayer(batchNorm(c).named(name), axis(c));
      case "LayerNormalization" -> new LastAxisLayer(layerNorm(c).named(name), axis(c));
      case "MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D" ->
          new Pool(type.startsWith("Max") ? Pool.Kind.MAX : Pool.Kind.AVERAGE, pooling(c, axes(type)), name);
      case "GlobalMaxPooling1D", "GlobalMaxPooling2D" -> global(GlobalPool.max(), c);
      case "GlobalAveragePooling1D", "GlobalAveragePooling2D" -> global(GlobalPool.average(), c);
      case "UpSampling1D" -> UpSampling.of1D(c.whole("size", 2)).named(name);
      case "UpSampling2D" -> upSampling(c).named(name);
      case "ZeroPadding1D", "Cropping1D", "ZeroPadding2D", "Cropping2D" -> margins(type, c).named(name);
      case "Dropout" -> Dropout.of((float) c.number("rate")).named(name);
      case "Flatten" -> Flatten.of().named(checked(c));
      case "Reshape" -> Reshape.to(wholes(c, "target_shape")).named(name);
      case "Permute" -> Permute.of(wholes(c, "dims")).named(name);
      case "Embedding" -> embedding(c).named(name);
      case "SimpleRNN", "LSTM", "GRU", "QSimpleRNN", "QLSTM", "QGRU" -> recurrent(type, c).named(name);
      case "Bidirectional" -> bidirectional(c).named(name);
      case "PReLU" -> pRelu(c).named(name);
      case "QActivation" -> QuantizerLayer.of(QuantizerReader.read(c, "activation")).named(name);
      case "Activation" -> new NamedLayer(activations.read(c, "activation"), name);
      case "ReLU", "LeakyReLU", "ELU", "Softmax" -> new NamedLayer(activations.layer(type, c), name);
      default -> throw c.problem("layers of class " + type + " cannot be imported");
    };
  }

  private static String name(Config c) {
    return ParameterNames.clean(c.text("name"));
  }

  private static int axes(String type) {
    return type.contains("1D") ? 1 : 2;
  }

  /// The layer's name, after a check of the order of its axes.
  private static String checked(Config c) {
    c.require("data_format", "channels_last");
    return name(c);
  }

  // ---- kernel, bias, activation -------------------------------------------------------------------------------------

  /// The layer with bias, penalties, quantizers and activation.
  ///
  /// @param prefix what the options of the kernel begin with
  private <L extends AffineLayer<L>> Layer affine(L layer, Config c, String prefix) {
    Quantizer kernel = QuantizerReader.kernel(c, prefix + "_quantizer");
    L result = layer.withAffine(Affine.DEFAULT.withBias(c.flag("use_bias", true))
        .withKernelRegularizer(regularizer(c, prefix + "_regularizer"))
        .withBiasRegularizer(regularizer(c, "bias_regularizer"))
        .withKernelQuantizer(kernel)
        .withBiasQuantizer(QuantizerReader.optional(c, "bias_quantizer")));
    return activated(result, c, result::withActivation);
  }

  private Layer activated(Layer layer, Config c, Function<Activation, ? extends Layer> with) {
    if (QuantizerReader.isQuantizer(c, "activation")) {
      return new QuantizedLayer(layer, QuantizerReader.read(c, "activation"));
    }
    return with.apply(activations.read(c, "activation"));
  }

  private static Regularizer regularizer(Config c, String name) {
    if (!c.has(name)) {
      return Regularizer.NONE;
    }
    Config r = c.object(name);
    Config factors = r.object("config");
    return switch (r.text("class_name")) {
      case "L1", "L2", "L1L2" ->
          new Regularizer((float) factors.number("l1", 0), (float) factors.number("l2", 0));
      default -> throw c.unexpected(name, "L1, L2 or L1L2");
    };
  }

  // ---- windows ------------------------------------------------------------------------------------------------------

  private static Conv convolution(Config c, int axes) {
    return new Conv(c.whole("filters"), geometry(c, axes), c.whole("groups", 1), Affine.DEFAULT, name(c));
  }

  private static DepthwiseConv depthwise(Config c, int axes) {
    return new DepthwiseConv(c.whole("depth_multiplier", 1), geometry(c, axes), Affine.DEFAULT, name(c));
  }

  private static ConvTranspose transposed(Config c, int axes) {
    if (c.has("output_padding")) {
      throw c.unexpected("output_padding", "none");
    }
    return new ConvTranspose(c.whole("filters"), geometry(c, axes), Affine.DEFAULT, name(c));
  }

  private Layer separable(Config c, int axes) {
    SeparableConv layer = new SeparableConv(
        c.whole("filters"), c.whole("depth_multiplier", 1), geometry(c, axes), Affine.DEFAULT, name(c));
    Quantizer depthwise = QuantizerReader.kernel(c, "depthwise_quantizer");
    Quantizer pointwise = QuantizerReader.kernel(c, "pointwise_quantizer");
    Quantizer kernels = (net, name, x) ->
        net.quantized(name.startsWith("depthwise") ? depthwise : pointwise, name, x);
    SeparableConv result = layer.withAffine(Affine.DEFAULT.withBias(c.flag("use_bias", true))
        .withKernelQuantizer(kernels).withBiasQuantizer(QuantizerReader.optional(c, "bias_quantizer")));
    return activated(result, c, result::withActivation);
  }

  private static Geometry geometry(Config c, int axes) {
    return geometry(c, axes, c.wholes("kernel_size", axes, 1), c.wholes("strides", axes, 1),
        c.wholes("dilation_rate", axes, 1));
  }

  private static Geometry pooling(Config c, int axes) {
    int[] size = c.wholes("pool_size", axes, 2);
    int[] strides = c.has("strides") ? c.wholes("strides", axes, 1) : size;
    return geometry(c, axes, size, strides, c.wholes("dilation_rate", axes, 1));
  }

  private static Geometry geometry(Config c, int axes, int[] kernel, int[] strides, int[] dilation) {
    c.require("data_format", "channels_last");
    int h = axes == 1 ? 1 : kernel[0];
    int strideH = axes == 1 ? 1 : strides[0];
    int dilationH = axes == 1 ? 1 : dilation[0];
    int last = axes - 1;
    return new Geometry(axes, h, kernel[last], strideH, strides[last], padding(c), dilationH, dilation[last]);
  }

  private static Padding padding(Config c) {
    return switch (c.text("padding", "valid")) {
      case "valid" -> Padding.VALID;
      case "same" -> Padding.SAME;
      case "causal" -> Padding.CAUSAL;
      default -> throw c.unexpected("padding", "valid, same or causal");
    };
  }

  private static Layer global(GlobalPool pool, Config c) {
    if (c.flag("keepdims", false)) {
      throw c.unexpected("keepdims", "false");
    }
    return pool.named(checked(c));
  }

  private static UpSampling upSampling(Config c) {
    c.require("data_format", "channels_last");
    c.require("interpolation", "nearest");
    int[] size = c.wholes("size", 2, 2);
    return UpSampling.of2D(size[0], size[1]);
  }

  private static Margins margins(String type, Config c) {
    c.require("data_format", "channels_last");
    boolean pad = type.startsWith("ZeroPadding");
    String option = pad ? "padding" : "cropping";
    if (axes(type) == 1) {
      int[] ends = c.wholes(option, 2, 1);
      return pad ? Margins.pad1D(ends[0], ends[1]) : Margins.crop1D(ends[0], ends[1]);
    }
    JsonElement amounts = c.get(option);
    Config holder = new Config(c.where() + ", " + option, new JsonObject());
    boolean pairs = amounts.isJsonArray() && amounts.getAsJsonArray().size() == 2;
    holder.json().add("height", pairs ? amounts.getAsJsonArray().get(0) : amounts);
    holder.json().add("width", pairs ? amounts.getAsJsonArray().get(1) : amounts);
    int[] h = holder.wholes("height", 2, 0);
    int[] w = holder.wholes("width", 2, 0);
    return pad ? Margins.pad2D(h[0], h[1], w[0], w[1]) : Margins.crop2D(h[0], h[1], w[0], w[1]);
  }

  // ---- the others ---------------------------------------------------------------------------------------------------

  private static FoldedBatchNorm foldedNorm(AffineLayer<?> layer, Config c) {
    FoldedBatchNorm.Mode mode = switch (c.text("folding_mode", "ema_stats_folding")) {
      case "ema_stats_folding" -> FoldedBatchNorm.Mode.MOVING_STATISTICS;
      case "batch_stats_folding" -> FoldedBatchNorm.Mode.BATCH_STATISTICS;
      default -> throw c.unexpected("folding_mode", "ema_stats_folding or batch_stats_folding");
    };
    return new FoldedBatchNorm(layer, batchNorm(c), mode, c.whole("ema_freeze_delay", -1), name(c));
  }

  private <L extends AffineLayer<L>> Layer folded(L layer, Config c, String prefix) {
    Affine affine = Affine.DEFAULT.withBias(c.flag("use_bias", true))
        .withKernelQuantizer(QuantizerReader.kernel(c, prefix + "_quantizer"))
        .withBiasQuantizer(QuantizerReader.optional(c, "bias_quantizer"));
    return activated(foldedNorm(layer.withAffine(affine), c), c,
        activation -> foldedNorm(layer.withAffine(affine.withActivation(activation)), c));
  }

  private static BatchNorm batchNorm(Config c) {
    return BatchNorm.of().withMomentum(c.number("momentum", 0.99)).withEpsilon((float) c.number("epsilon", 1e-3))
        .withCenterAndScale(c.flag("center", true), c.flag("scale", true));
  }

  private static int axis(Config c) {
    return c.wholes("axis", 1, -1)[0];
  }

  private static LayerNorm layerNorm(Config c) {
    return LayerNorm.of().withEpsilon((float) c.number("epsilon", 1e-3))
        .withCenterAndScale(c.flag("center", true), c.flag("scale", true));
  }

  private static Embedding embedding(Config c) {
    if (c.flag("mask_zero", false)) {
      throw c.unexpected("mask_zero", "false");
    }
    return Embedding.of(c.whole("input_dim"), c.whole("output_dim"));
  }

  private static int[] wholes(Config c, String name) {
    return c.wholes(name, c.list(name).size(), 0);
  }

  private static PRelu pRelu(Config c) {
    return c.has("shared_axes") ? PRelu.of().withSharedAxes(wholes(c, "shared_axes")) : PRelu.of();
  }

  private Recurrent recurrent(String type, Config c) {
    for (String unsupported : new String[] {"stateful", "return_state", "time_major"}) {
      if (c.flag(unsupported, false)) {
        throw c.unexpected(unsupported, "false");
      }
    }
    int units = c.whole("units");
    Recurrent layer = switch (type.startsWith("Q") ? type.substring(1) : type) {
      case "SimpleRNN" -> Recurrent.simple(units);
      case "LSTM" -> Recurrent.lstm(units);
      default -> Recurrent.gru(units);
    };
    if (layer.cell() == Recurrent.Cell.GRU && !c.flag("reset_after", true)) {
      throw c.unexpected("reset_after", "true");
    }
    if (QuantizerReader.isQuantizer(c, "activation") || QuantizerReader.isQuantizer(c, "recurrent_activation")) {
      throw c.problem("quantized activations of recurrent layers cannot be imported");
    }
    return layer.withReturnSequences(c.flag("return_sequences", false))
        .withGoBackwards(c.flag("go_backwards", false))
        .withGateActivation(activations.read(c, "recurrent_activation", "sigmoid"))
        .withRecurrentQuantizer(QuantizerReader.kernel(c, "recurrent_quantizer"))
        .withStateQuantizer(QuantizerReader.optional(c, "state_quantizer"))
        .withAffine(layer.affine().withBias(c.flag("use_bias", true))
            .withActivation(activations.read(c, "activation", "tanh"))
            .withKernelQuantizer(QuantizerReader.kernel(c, "kernel_quantizer"))
            .withBiasQuantizer(QuantizerReader.optional(c, "bias_quantizer")));
  }

  private Bidirectional bidirectional(Config c) {
    if (c.has("backward_layer")) {
      throw c.unexpected("backward_layer", "none of its own");
    }
    Config inner = c.object("layer");
    Recurrent layer = recurrent(inner.text("class_name"), inner.object("config"));
    Merge merge = switch (c.text("merge_mode")) {
      case "concat" -> Merge.concat();
      case "sum" -> Merge.add();
      case "mul" -> Merge.multiply();
      case "ave" -> Merge.average();
      default -> throw c.unexpected("merge_mode", "concat, sum, mul or ave");
    };
    return Bidirectional.of(layer).withMerge(merge);
  }
}
