package org.burin.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.burin.nn.Quantizer;
import org.burin.quant.Alpha;
import org.burin.quant.Binary;
import org.burin.quant.Po2Options;
import org.burin.quant.QuantizedBits;
import org.burin.quant.QuantizedHswish;
import org.burin.quant.QuantizedLinear;
import org.burin.quant.QuantizedRelu;
import org.burin.quant.QuantizedTanh;
import org.burin.quant.Quantizers;
import org.burin.quant.Sigmoid;
import org.burin.quant.StochasticBinary;
import org.burin.quant.StochasticTernary;
import org.burin.quant.Ternary;

/// Makes quantizers of what QKeras writes: `{"class_name": "quantized_bits", "config": {"bits": 6, ...}}`, or the text
/// `quantized_bits(6, 0, alpha=1)`.
final class QuantizerReader {
  private static final List<String> BITS = List.of("bits", "integer", "symmetric", "keep_negative", "alpha",
      "use_stochastic_rounding", "scale_axis", "qnoise_factor");

  /// The options of each quantizer in the order of QKeras' constructors, for arguments without names.
  private static final Map<String, List<String>> OPTIONS = new TreeMap<>(Map.ofEntries(
      Map.entry("quantized_bits", BITS),
      Map.entry("quantized_linear", BITS),
      Map.entry("quantized_relu", List.of("bits", "integer", "use_sigmoid", "negative_slope",
          "use_stochastic_rounding", "relu_upper_bound", "is_quantized_clip", "qnoise_factor")),
      Map.entry("quantized_tanh", List.of("bits", "use_stochastic_rounding", "symmetric", "use_real_tanh")),
      Map.entry("quantized_sigmoid", List.of("bits", "symmetric", "use_real_sigmoid", "use_stochastic_rounding")),
      Map.entry("quantized_hswish", List.of("bits", "integer", "symmetric", "alpha", "use_stochastic_rounding",
          "scale_axis", "qnoise_factor")),
      Map.entry("quantized_ulaw", List.of("bits", "integer", "symmetric", "u")),
      Map.entry("binary", List.of("use_01", "alpha", "use_stochastic_rounding", "scale_axis")),
      Map.entry("ternary", List.of("alpha", "threshold", "use_stochastic_rounding", "number_of_unrolls")),
      Map.entry("stochastic_binary", List.of("alpha", "temperature", "use_real_sigmoid")),
      Map.entry("stochastic_ternary", List.of("alpha", "threshold", "temperature", "use_real_sigmoid",
          "number_of_unrolls")),
      Map.entry("quantized_po2", List.of("bits", "max_value", "use_stochastic_rounding", "quadratic_approximation",
          "log2_rounding", "qnoise_factor")),
      Map.entry("quantized_relu_po2", List.of("bits", "max_value", "negative_slope", "use_stochastic_rounding",
          "quadratic_approximation", "log2_rounding", "qnoise_factor"))));

  private static final int UNROLLS = 5;

  private QuantizerReader() {}

  /// Whether an option holds a quantizer, by its name.
  static boolean isQuantizer(Config c, String option) {
    JsonElement e = c.find(option).orElse(new JsonPrimitive(""));
    if (e instanceof JsonObject object) {
      return object.get("class_name") instanceof JsonPrimitive p && isName(p.getAsString());
    }
    return e instanceof JsonPrimitive p && isName(p.getAsString().replaceFirst("\\(.*", ""));
  }

  private static boolean isName(String name) {
    return OPTIONS.containsKey(name) || name.startsWith("quantized_");
  }

  /// The quantizer that an option holds, or none.
  static Quantizer optional(Config c, String option) {
    return c.has(option) ? read(c, option) : Quantizer.NONE;
  }

  /// The quantizer of a kernel, or none. QKeras' layers give those without alpha the alpha `auto_po2` and make them
  /// symmetric.
  static Quantizer kernel(Config c, String option) {
    return switch (optional(c, option)) {
      case QuantizedBits q when isNone(q.alpha()) -> q.withAlpha(Alpha.autoPo2()).withSymmetric(true);
      case QuantizedLinear q when isNone(q.alpha()) -> q.withAlpha(Alpha.autoPo2()).withSymmetric(true);
      case Binary q when isNone(q.alpha()) -> q.withAlpha(Alpha.autoPo2());
      case Ternary q when isNone(q.alpha()) -> q.withAlpha(Alpha.autoPo2());
      case StochasticBinary q when isNone(q.alpha()) -> q.withAlpha(Alpha.autoPo2());
      case Quantizer q -> q;
    };
  }

  private static boolean isNone(Alpha alpha) {
    return alpha instanceof Alpha.None;
  }

  /// The quantizer that an option holds.
  ///
  /// @throws ImportProblem when it is unknown, or an option of it is not supported
  static Quantizer read(Config c, String option) {
    JsonElement e = c.get(option);
    String where = c.where() + ", " + option;
    String name;
    Config q;
    if (e instanceof JsonObject object) {
      Config outer = new Config(where, object);
      name = outer.text("class_name");
      q = outer.object("config").at(where + " " + name);
    } else {
      PythonCall call = PythonCall.parse(where, c.text(option));
      name = call.name();
      q = new Config(where + " " + name, call.named(Objects.requireNonNullElse(OPTIONS.get(name), List.of())));
    }
    try {
      return quantizer(name, q);
    } catch (IllegalArgumentException problem) {
      throw new ImportProblem(q.where() + ": " + problem.getMessage(), problem);
    }
  }

  private static Quantizer quantizer(String name, Config q) {
    refuse(q);
    boolean stochastic = q.flag("use_stochastic_rounding", false);
    int bits = q.whole("bits", 8);
    int integer = q.whole("integer", 0);
    return switch (name) {
      case "quantized_bits" -> new QuantizedBits(bits, integer, q.flag("symmetric", false),
          q.flag("keep_negative", true), alpha(q), stochastic);
      case "quantized_linear" -> new QuantizedLinear(bits, integer, q.flag("symmetric", true),
          q.flag("keep_negative", true), alpha(q), stochastic);
      case "quantized_relu" -> relu(q, bits, integer).withStochastic(stochastic);
      case "quantized_tanh" -> tanh(q, bits).withStochastic(stochastic);
      case "quantized_sigmoid" -> Quantizers.quantizedSigmoid(bits).withSymmetric(q.flag("symmetric", false))
          .withSigmoid(sigmoid(q, false)).withStochastic(stochastic);
      case "quantized_hswish" -> new QuantizedHswish(new QuantizedBits(bits, integer, q.flag("symmetric", false),
          true, alpha(q), stochastic), q.whole("relu_shift", 3), q.whole("relu_upper_bound", 6));
      case "quantized_ulaw" -> Quantizers.quantizedUlaw(bits, integer).withSymmetric(q.flag("symmetric", false))
          .withU((float) q.number("u", 255)).withGrid(Quantizer.NONE);
      case "binary" -> new Binary(q.flag("use_01", false), alpha(q));
      case "ternary" -> ternary(q);
      case "stochastic_binary" ->
          new StochasticBinary(alpha(q), (float) q.number("temperature", 6), sigmoid(q, true));
      case "stochastic_ternary" -> stochasticTernary(q);
      case "quantized_po2" -> Quantizers.quantizedPo2(bits).withMaxValue(maxValue(q)).withOptions(po2(q, stochastic));
      case "quantized_relu_po2" -> Quantizers.quantizedReluPo2(bits).withMaxValue(maxValue(q))
          .withSlope((float) q.number("negative_slope", 0)).withOptions(po2(q, stochastic));
      default -> throw q.problem("unknown quantizer '" + name + "'; known are " + OPTIONS.keySet());
    };
  }

  /// Options that change results in a way that no quantizer here has.
  private static void refuse(Config q) {
    if (q.number("qnoise_factor", 1) != 1) {
      throw q.unexpected("qnoise_factor", "1");
    }
    if (q.whole("number_of_unrolls", UNROLLS) != UNROLLS) {
      throw q.unexpected("number_of_unrolls", Integer.toString(UNROLLS));
    }
    for (String option : List.of("elements_per_scale", "post_training_scale")) {
      if (q.has(option)) {
        throw q.unexpected(option, "none");
      }
    }
  }

  private static QuantizedRelu relu(Config q, int bits, int integer) {
    QuantizedRelu relu = Quantizers.quantizedRelu(bits, integer).withSlope((float) q.number("negative_slope", 0));
    if (q.flag("use_sigmoid", false)) {
      relu = relu.withSigmoid(Sigmoid.HARD);
    }
    if (q.has("relu_upper_bound")) {
      relu = relu.withUpperBound((float) q.number("relu_upper_bound"));
    }
    return relu.withClipAtLargest(q.flag("is_quantized_clip", true));
  }

  private static QuantizedTanh tanh(Config q, int bits) {
    QuantizedTanh tanh = Quantizers.quantizedTanh(bits).withSymmetric(q.flag("symmetric", false));
    return q.flag("use_real_tanh", false) ? tanh.withRealTanh() : tanh;
  }

  /// Without a threshold, QKeras takes 0.33 times a given alpha.
  private static Ternary ternary(Config q) {
    Alpha alpha = alpha(q);
    double usual = alpha instanceof Alpha.Fixed(var factor) ? 0.33 * factor : 0.33;
    return new Ternary(alpha, (float) q.number("threshold", usual));
  }

  private static StochasticTernary stochasticTernary(Config q) {
    if (q.has("threshold")) {
      throw q.unexpected("threshold", "none");
    }
    Alpha alpha = q.has("alpha") ? alpha(q) : Alpha.autoPo2();
    return new StochasticTernary(alpha, (float) q.number("temperature", 8), sigmoid(q, true));
  }

  private static Sigmoid sigmoid(Config q, boolean otherwise) {
    return q.flag("use_real_sigmoid", otherwise) ? Sigmoid.REAL : Sigmoid.HARD;
  }

  private static float maxValue(Config q) {
    return (float) q.number("max_value", Double.POSITIVE_INFINITY);
  }

  private static Po2Options po2(Config q, boolean stochastic) {
    boolean floor = switch (q.text("log2_rounding", "rnd")) {
      case "rnd" -> false;
      case "floor" -> true;
      default -> throw q.unexpected("log2_rounding", "rnd or floor");
    };
    return new Po2Options(q.flag("quadratic_approximation", false), stochastic, floor);
  }

  private static Alpha alpha(Config q) {
    if (!q.has("alpha")) {
      return Alpha.none();
    }
    if (q.get("alpha") instanceof JsonPrimitive p && p.isString()) {
      int axis = q.whole("scale_axis", -1);
      return switch (p.getAsString()) {
        case "auto" -> new Alpha.Auto(axis);
        case "auto_po2" ->
            new Alpha.AutoPo2(axis, q.whole("min_po2_exponent", -126), q.whole("max_po2_exponent", 127));
        default -> throw q.unexpected("alpha", "a number, auto or auto_po2");
      };
    }
    return Alpha.of((float) q.number("alpha"));
  }
}
