package org.burin.workloads.econ.task;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.burin.train.Loss;
import org.burin.workloads.econ.Autoencoder;
import org.burin.workloads.econ.EncoderLoss;
import org.burin.workloads.econ.EncoderTraining;
import org.burin.workloads.econ.EncoderTraining.Result;
import org.burin.workloads.econ.EncoderTypes;
import org.burin.workloads.econ.Evaluation;
import org.burin.workloads.econ.EventGenerator;
import org.burin.workloads.econ.EventGenerator.Settings;
import org.burin.workloads.econ.EventStatistics;
import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.EventsCsv;
import org.burin.workloads.econ.concentrator.Concentrator;
import org.burin.workloads.emd.EmdNetwork;

/// Makes the tables of docs/econ.md: trains encoders with every loss and several seeds, and measures them and the classical
/// algorithms on the same modules.
///
/// ```
/// java ... org.burin.workloads.econ.task.EconTable data=calq.csv train=file losses=wmse,telescope,emd:n seeds=1,2,3
/// ```
///
/// The last fifth of the file, or 1,000 generated modules if there is no file, is tested on. A line is printed for every
/// training as it ends; the tables come last.
public final class EconTable {
  private static final int[] BITS = {9, 7, 5, 3};
  private static final List<String> SHOWN =
      List.of("emd_median", "emd_mean", "emd_low", "emd_high", "mean_shift", "rms_change", "correlation", "sum_error");

  private final Map<String, String> options;
  private final PrintStream out;

  /// The evaluations of all seeds, by row of the table.
  private final Map<String, List<Evaluation>> rows = new LinkedHashMap<>();

  /// @param out takes the lines and the tables
  EconTable(PrintStream out, String... arguments) {
    this.out = out;
    options = new LinkedHashMap<>(Map.of("train", "8000", "events", "pileup", "losses", "wmse,telescope,emd:n",
        "seeds", "1,2,3", "bits", "9,7,5,3", "scale", "1"));
    Arrays.stream(arguments).map(a -> a.split("=", 2)).forEach(a -> options.put(a[0], a.length > 1 ? a[1] : ""));
  }

  /// Makes the tables.
  ///
  /// @param arguments `data` (a file), `train` (`file`: the first four fifths of it; otherwise a number of generated
  ///     modules), `events` (`pileup` or `dense`, of those that are generated), `losses`, `seeds`, `bits`, `scale` (a factor
  ///     for the numbers of epochs), each as `name=value`
  public static void main(String[] arguments) {
    new EconTable(System.out, arguments).run();
  }

  private String option(String name) {
    return Objects.requireNonNull(options.get(name), name);
  }

  void run() {
    Events file = options.containsKey("data") ? EventsCsv.read(Path.of(option("data"))) : generated(1_000_000, 1000);
    int tested = options.containsKey("data") ? file.size() / 5 : file.size();
    Events test = file.range(file.size() - tested, file.size());
    Events train = option("train").equals("file")
        ? file.range(0, file.size() - tested)
        : generated(0, Integer.parseInt(option("train")));
    for (Concentrator algorithm : Concentrator.all()) {
      add(algorithm.name(), 0, Evaluation.of(algorithm.name(), algorithm.meanBits(test), test,
          algorithm.restored(test), 1));
    }
    for (String loss : option("losses").split(",", -1)) {
      for (String seed : option("seeds").split(",", -1)) {
        train(loss, Long.parseLong(seed), train, test);
      }
    }
    printTable();
    printOccupancies();
  }

  private Events generated(long first, int count) {
    boolean dense = option("events").equals("dense");
    return new EventGenerator(1, dense ? Settings.DENSE : Settings.PILEUP).events(first, count);
  }

  /// Trains in floating point, then with 9 bits, and from there with fewer.
  private void train(String name, long seed, Events train, Events test) {
    Loss loss = EncoderLoss.parse(name, EmdNetwork::shipped);
    boolean costly = name.contains("emd");
    double scale = Double.parseDouble(option("scale"));
    int first = (int) (scale * (costly ? 40 : 200));
    int second = (int) (scale * (costly ? 30 : 100));
    EncoderTraining training = EncoderTraining.of(loss, EncoderTypes.asic(9), seed).withEpochs(first, second);
    Result nine = training.fit(train);
    add(name, seed, nine.floating(), test);
    for (int bits : BITS) {
      if (bits == 9) {
        add(name, seed, nine.trained(), test);
      } else if (List.of(option("bits").split(",", -1)).contains(Integer.toString(bits))) {
        EncoderTraining fewer = training.withTypes(EncoderTypes.asic(bits));
        add(name, seed, fewer.refine(nine.trained(), nine.second(), train).trained(), test);
      }
    }
  }

  private void add(String loss, long seed, Autoencoder trained, Events test) {
    String row = loss + ", " + trained.types().name();
    add(row, seed, trained.evaluate(row, test, 1));
  }

  private void add(String row, long seed, Evaluation evaluation) {
    rows.computeIfAbsent(row, key -> new ArrayList<>()).add(evaluation);
    out.printf(Locale.ROOT, "%s, seed %d: %s%n", row, seed, numbers(evaluation));
  }

  private static String numbers(Evaluation evaluation) {
    Map<String, Double> numbers = evaluation.numbers();
    return String.join(", ", SHOWN.stream()
        .map(key -> String.format(Locale.ROOT, "%s %.3f", key, numbers.get(key))).toList());
  }

  private void printTable() {
    out.println();
    out.println("| | bits | " + String.join(" | ", SHOWN) + " |");
    out.println("|---|---" + "|---".repeat(SHOWN.size()) + "|");
    rows.forEach((row, seeds) -> {
      StringBuilder line = new StringBuilder("| " + row + " | "
          + (Double.isNaN(seeds.getFirst().bits()) ? "" : Math.round(seeds.getFirst().bits())) + " |");
      for (String key : SHOWN) {
        line.append(' ').append(spread(seeds.stream().mapToDouble(e -> value(e, key)).toArray())).append(" |");
      }
      out.println(line);
    });
  }

  private static double value(Evaluation evaluation, String key) {
    return Objects.requireNonNull(evaluation.numbers().get(key), key);
  }

  /// The median of several numbers and, where there are several, the least and the largest.
  private static String spread(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    String middle = String.format(Locale.ROOT, "%.3f", EventStatistics.quantile(sorted, 0.5));
    return sorted.length == 1 ? middle
        : middle + String.format(Locale.ROOT, " (%.3f-%.3f)", sorted[0], sorted[sorted.length - 1]);
  }

  /// The median distance by occupancy, of the first seed.
  private void printOccupancies() {
    out.println();
    rows.forEach((row, seeds) -> out.println("| " + row + " | " + String.join(" | ",
        seeds.getFirst().byOccupancy().stream().map(b -> String.format(Locale.ROOT, "%d-%d (%d): %.3f", b.from(),
            b.to() - 1, b.modules(), b.median())).toList()) + " |"));
  }
}
