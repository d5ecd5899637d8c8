package org.burin.bench;

import java.util.Locale;
import java.util.stream.Collectors;

/// Writes an [InferenceReport] down: as a section of a page, and as JSON.
final class InferencePage {
  private static final String HEAD = """

      ## Inference

      Generated classes (`docs/jvm-backend.md`), floats in and floats out, one thread, nanoseconds for each sample.
      ONNX Runtime runs a model that gives the same numbers, its weights, roundings and saturations being the same
      operations on floats; *not rounded* is the model without any rounding, which is less work. Its time is that of
      `run` on tensors that are prepared, without reading the output. The loops of C go over tables of `int` (or
      `float`), bring floats to raw integers like the class does, and are called once for all samples of a run. Outputs
      are compared before anything is measured: those of quantized networks have to be equal, those of the float
      network to 0.01 %. Samples *one by one* are a hundred different ones, in turns.

      | Network | Way | Peer | Burin, ns | Peer, ns | Ratio |
      |---|---|---|---|---|---|
      """;

  private InferencePage() {}

  static String markdown(InferenceReport report) {
    StringBuilder page = new StringBuilder(HEAD);
    for (InferenceReport.Row row : report.rows()) {
      Quantiles q = row.result().ratio();
      page.append(String.format(Locale.ROOT, "| %s | %s | %s | %.0f | %.0f | %.2f (%.2f-%.2f) |\n", row.net().title(),
          row.way().title(), row.peer(), row.burinNanos(), row.peerNanos(), q.median(), q.low(), q.high()));
    }
    page.append("\nClass load to first result, in fresh JVMs, elapsed time; and what a call allocates:\n\n");
    page.append("| Network | Cold start, ms | Bytes for each call |\n|---|---|---|\n");
    report.coldMillis().forEach((net, q) -> page.append(String.format(Locale.ROOT, "| %s | %.1f (%.1f-%.1f) | %.1f |\n",
        net.title(), q.median(), q.low(), q.high(), report.bytes().getOrDefault(net, Double.NaN))));
    return page.toString();
  }

  static String json(InferenceReport report) {
    String rows = report.rows().stream()
        .map(r -> String.format(Locale.ROOT,
            "{\"network\": \"%s\", \"way\": \"%s\", \"against\": \"%s\", \"burinNanos\": %.6g, \"peerNanos\": %.6g, "
                + "\"ratio\": {\"low\": %.6g, \"median\": %.6g, \"high\": %.6g}}",
            r.net().title(), r.way().title(), r.peer(), r.burinNanos(), r.peerNanos(), r.result().ratio().low(),
            r.result().ratio().median(), r.result().ratio().high()))
        .collect(Collectors.joining(",\n    "));
    String cold = report.coldMillis().entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "{\"network\": \"%s\", \"coldMillis\": %.6g, \"bytes\": %.6g}",
            e.getKey().title(), e.getValue().median(), report.bytes().getOrDefault(e.getKey(), Double.NaN)))
        .collect(Collectors.joining(",\n    "));
    return "{\"rows\": [\n    " + rows + "\n  ], \"classes\": [\n    " + cold + "\n  ]}";
  }
}
