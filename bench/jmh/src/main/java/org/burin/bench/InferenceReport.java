package org.burin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.burin.bench.Duel.Result;

/// What a comparison of generated classes with the peers gave.
///
/// @param rows single samples and batches against the peers, CPU time of the thread
/// @param coldMillis milliseconds from the loading of a generated class to its first result, in fresh JVMs
/// @param bytes what one call allocates, bytes
record InferenceReport(
    List<Row> rows, Map<InferenceNet, Quantiles> coldMillis, Map<InferenceNet, Double> bytes) {
  /// How samples are given.
  enum Way {
    /// one call for each sample, samples independent of each other
    BACK_TO_BACK("one by one"),
    /// one call for each sample, an output going into the input of the next
    CHAINED("chained"),
    /// one call for a thousand samples
    BATCH("batch of 1,000");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /// One measurement.
  ///
  /// @param net the network
  /// @param way how samples are given
  /// @param peer what it was compared with
  /// @param samples how many samples a run has
  /// @param result of runs
  record Row(InferenceNet net, Way way, String peer, int samples, Result result) {
    /// Nanoseconds for each sample.
    double burinNanos() {
      return result.burin().median() * 1000 / samples;
    }

    /// Nanoseconds for each sample.
    double peerNanos() {
      return result.peer().median() * 1000 / samples;
    }
  }

  /// The name of ONNX Runtime on a model that gives the same numbers.
  static final String ONNX = "ONNX Runtime";
  /// The name of ONNX Runtime on the model without rounding.
  static final String UNROUNDED = "ONNX Runtime, not rounded";
  /// The name of loops compiled by gcc.
  static final String GCC = "gcc -O3";

  /// All goals, in order.
  List<PeerReport.Goal> goals() {
    List<PeerReport.Goal> goals = new ArrayList<>();
    for (Row row : rows) {
      double target = switch (row.way) {
        case BACK_TO_BACK -> row.peer.equals(ONNX) ? 10 : row.peer.equals(GCC) ? gcc(row.net) : 0;
        case BATCH -> row.peer.equals(ONNX) ? 1.2 : 0;
        case CHAINED -> 0;
      };
      if (target > 0) {
        double found = row.result.ratio().median();
        goals.add(new PeerReport.Goal(
            String.format(Locale.ROOT, "inference, %s, %s, against %s: at least %.2fx", row.net.title(),
                row.way.title(), row.peer, target),
            String.format(Locale.ROOT, "%.2fx", found), found >= target));
      }
    }
    coldMillis.forEach((net, q) -> goals.add(new PeerReport.Goal(
        "inference, " + net.title() + ", class load to first result in less than 60 ms",
        String.format(Locale.ROOT, "%.0f ms", q.median()), q.median() < 60)));
    bytes.forEach((net, b) -> goals.add(new PeerReport.Goal("inference, " + net.title() + ", allocates nothing",
        String.format(Locale.ROOT, "%.1f bytes", b), b == 0)));
    return goals;
  }

  /// The ratio to gcc's loops that is aimed at; 0 for none.
  private static double gcc(InferenceNet net) {
    return switch (net) {
      case JETS_DENSE -> 1 / 2.2;
      case JETS_FIFTH -> 1;
      case JETS_FLOAT, JETS_HALF, ECON -> 0;
    };
  }
}
