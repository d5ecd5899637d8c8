package org.burin.workloads.jets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The numbers in `generator.csv`, whose comments say what they are and where they come from.
final class GeneratorNumbers {
  private static final String RESOURCE = "generator.csv";
  private static final Map<String, List<double[]>> ROWS = read();

  private GeneratorNumbers() {}

  /// Every row of numbers with this key, in the order of the file.
  static double[][] rows(String key) {
    return Objects.requireNonNull(ROWS.get(key), key).toArray(double[][]::new);
  }

  /// The only row of numbers with this key.
  static double[] row(String key) {
    return Objects.requireNonNull(ROWS.get(key), key).getFirst();
  }

  private static Map<String, List<double[]>> read() {
    Map<String, List<double[]>> rows = new TreeMap<>();
    InputStream resource = Objects.requireNonNull(GeneratorNumbers.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (BufferedReader in = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(",", -1);
          double[] numbers = Arrays.stream(cells).skip(2).mapToDouble(Double::parseDouble).toArray();
          rows.computeIfAbsent(cells[0], key -> new ArrayList<>()).add(numbers);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
