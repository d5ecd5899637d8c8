package org.burin.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import org.burin.nn.Activation;

/// Makes activations of Keras' names and layers.
///
/// @param kerasMajor the major version of Keras: 3 has another hard sigmoid than 2
record ActivationReader(int kerasMajor) {
  private static final float LEAKY_SLOPE_2 = 0.3f;
  private static final float LEAKY_SLOPE_3 = 0.2f;

  /// The activation that an option names; none means linear.
  Activation read(Config c, String option) {
    return read(c, option, "linear");
  }

  /// The activation that an option names.
  Activation read(Config c, String option, String otherwise) {
    JsonElement named = c.find(option).orElse(new JsonPrimitive(otherwise));
    if (named instanceof JsonObject object) {
      // Keras 3 may wrap a function's name; an activation layer as an option has a class and options of its own.
      Config inner = new Config(c.where() + ", " + option, object);
      if (inner.find("config").orElse(null) instanceof JsonPrimitive p && p.isString()) {
        return byName(c, option, p.getAsString());
      }
      return layer(inner.text("class_name"), inner.object("config"));
    }
    return byName(c, option, c.text(option, otherwise));
  }

  private Activation byName(Config c, String option, String name) {
    return switch (name) {
      case "linear" -> Activation.LINEAR;
      case "relu" -> Activation.RELU;
      case "relu6" -> Activation.RELU6;
      case "sigmoid" -> Activation.SIGMOID;
      case "tanh" -> Activation.TANH;
      case "softmax" -> Activation.SOFTMAX;
      case "exponential" -> Activation.EXPONENTIAL;
      case "softplus" -> Activation.SOFTPLUS;
      case "softsign" -> Activation.SOFTSIGN;
      case "silu", "swish" -> Activation.SILU;
      case "gelu" -> Activation.GELU;
      case "selu" -> Activation.SELU;
      case "elu" -> Activation.elu(1f);
      case "leaky_relu" -> Activation.leakyRelu(LEAKY_SLOPE_3);
      case "hard_sigmoid" -> kerasMajor >= 3 ? Activation.HARD_SIGMOID : Activation.hardSigmoid(0.2f, 0.5f);
      case "hard_swish", "hard_silu" -> Activation.HARD_SWISH;
      default -> throw c.unexpected(option, "an activation of Keras or a quantizer of QKeras");
    };
  }

  /// The activation of an activation layer: ReLU, LeakyReLU, ELU or Softmax.
  Activation layer(String type, Config c) {
    return switch (type) {
      case "ReLU" -> relu(c);
      case "LeakyReLU" -> Activation.leakyRelu((float) c.number(c.has("alpha") ? "alpha" : "negative_slope",
          kerasMajor >= 3 ? LEAKY_SLOPE_3 : LEAKY_SLOPE_2));
      case "ELU" -> Activation.elu((float) c.number("alpha", 1));
      case "Softmax" -> softmax(c);
      default -> throw c.problem("layers of class " + type + " are no activations that can be imported");
    };
  }

  private static Activation relu(Config c) {
    if (c.number("threshold", 0) != 0) {
      throw c.unexpected("threshold", "0");
    }
    float slope = (float) c.number("negative_slope", 0);
    if (!c.has("max_value")) {
      return slope == 0f ? Activation.RELU : Activation.leakyRelu(slope);
    }
    if (slope != 0f) {
      throw c.unexpected("negative_slope", "0 where there is a max_value");
    }
    return Activation.relu((float) c.number("max_value"));
  }

  private static Activation softmax(Config c) {
    if (c.whole("axis", -1) != -1) {
      throw c.unexpected("axis", "-1");
    }
    return Activation.SOFTMAX;
  }
}
