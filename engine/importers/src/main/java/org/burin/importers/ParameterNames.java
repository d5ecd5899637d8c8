package org.burin.importers;

import java.util.List;
import org.burin.nn.Parameters;

/// How Keras calls what a parameter of [Parameters] holds.
final class ParameterNames {
  private ParameterNames() {}

  /// A layer's name in a path of parameters, which has no blanks, quotes or slashes.
  static String clean(String kerasName) {
    return kerasName.replaceAll("[/\\s\"\\\\]", "_");
  }

  /// The last parts of the names that Keras may give the weight, the most likely first.
  static List<String> leaves(String parameter) {
    return switch (parameter) {
      case "kernel" -> List.of("kernel", "depthwise_kernel");
      // A GRU's two biases are the rows of one matrix.
      case "recurrent_bias" -> List.of("bias");
      default -> List.of(parameter);
    };
  }
}
