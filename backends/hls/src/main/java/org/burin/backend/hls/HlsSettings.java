package org.burin.backend.hls;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.burin.codegen.verify.TestVectors;

/// What all tools for high-level synthesis are asked for.
///
/// @param top the name of the top function; empty for one like the model's
/// @param all how layers are built that nothing else is said about
/// @param layers how single layers are built, by their path
/// @param vectors the number of golden vectors for the test bench
/// @param types a folder with the vendor's number types for simulation; empty for those in the project
public record HlsSettings(String top, Choice all, Map<String, Choice> layers, int vectors, String types) {
  /// Checks the name and copies the map.
  ///
  /// @throws IllegalArgumentException when the name is no C identifier, or the number of vectors is out of its range
  public HlsSettings {
    if (!top.isEmpty() && !top.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("'top' needs a C identifier such as jets, found '" + top + "'");
    }
    if (vectors < 1 || vectors > TestVectors.BLOCK) {
      throw new IllegalArgumentException("expected 1 to " + TestVectors.BLOCK + " golden vectors, found " + vectors);
    }
    layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
  }

  /// How a layer is built.
  ///
  /// @param strategy how its products become hardware
  /// @param reuse how often a multiplier is used for one result; 1 unless the strategy is [Strategy#RESOURCE]
  public record Choice(Strategy strategy, int reuse) {
    /// Checks the reuse factor.
    ///
    /// @throws IllegalArgumentException when it is below 1, or above it without [Strategy#RESOURCE]
    public Choice {
      if (reuse < 1) {
        throw new IllegalArgumentException("a reuse factor is at least 1, found " + reuse);
      }
      if (reuse > 1 && strategy != Strategy.RESOURCE) {
        throw new IllegalArgumentException("a reuse factor of " + reuse + " needs the strategy resource, found "
            + strategy.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  /// Settings as backends read them from the command line.
  ///
  /// @param layers exceptions with commas between them, each `LAYER:STRATEGY` or `LAYER:resource:REUSE`
  /// @throws IllegalArgumentException when one has another form
  public static HlsSettings of(
      String top, Strategy strategy, int reuse, String layers, int vectors, String types) {
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (String entry : layers.isEmpty() ? new String[0] : layers.split(",", -1)) {
      String[] parts = entry.split(":", -1);
      if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty()) {
        throw new IllegalArgumentException("'layers' needs entries such as fc1:latency or fc1:resource:4, found '"
            + entry + "'");
      }
      choices.put(parts[0], new Choice(strategy(parts[1]), parts.length == 3 ? number(parts[2]) : 1));
    }
    return new HlsSettings(top, new Choice(strategy, reuse), choices, vectors, types);
  }

  private static Strategy strategy(String text) {
    try {
      return Strategy.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'layers' needs one of latency, resource, distributed-arithmetic, reconfigurable, found '" + text
          + "'", e);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'layers' needs a whole number as a reuse factor, found '" + text + "'", e);
    }
  }

  /// How a layer is built.
  ///
  /// @param layer its path
  public Choice choice(String layer) {
    return layers.getOrDefault(layer, all);
  }

  /// How often the multipliers of a layer are used for a sample; 0 if it has none.
  int turns(String layer) {
    Choice choice = choice(layer);
    return choice.strategy() == Strategy.DISTRIBUTED_ARITHMETIC ? 0 : choice.reuse();
  }
}
