package org.burin.codegen.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One task from its data to verified hardware: what `burin demo` runs. Stateless, found by [java.util.ServiceLoader].
public interface Demonstration {
  /// The name on the command line, such as `econ`.
  String name();

  /// Runs it all. The same request gives the same files, byte for byte.
  ///
  /// @param progress is told what is being done, in a line each
  /// @throws org.burin.data.DataException when the user's data cannot be used
  Outcome run(Request request, Consumer<String> progress);

  /// What was asked for.
  ///
  /// @param data the user's own data; empty to generate some
  /// @param seed of data, weights and orders
  /// @param fast whether trained networks that come with Burin are used where there are some
  /// @param threads for training and checks; no result depends on it
  record Request(Optional<Path> data, long seed, boolean fast, int threads) {}

  /// What came of it.
  ///
  /// @param files the report and what was generated
  /// @param results numbers and texts by name, in order
  /// @param holds whether all generated code that was run computes what the model computes
  record Outcome(Artifact files, Map<String, Object> results, boolean holds) {
    /// Copies the map.
    public Outcome {
      results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    }
  }
}
