package org.burin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.burin.transport.Formulation.Normalized;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Distances of pairs of detector events that another solver (POT) found. The data are not part of the project: a
/// folder named by the environment variable `BURIN_DATA` may hold them.
class PublishedDistancesTest {
  @Test
  void agreesWithThem() throws IOException {
    String folder = System.getenv("BURIN_DATA");
    Assumptions.assumeTrue(folder != null, "BURIN_DATA is not set");
    Path data = Path.of(folder);
    double[] metric = Files.readAllLines(data.resolve("emd/hex_metric_48x48.csv")).stream()
        .flatMap(line -> Stream.of(line.split(",", -1))).mapToDouble(Double::parseDouble).toArray();
    List<String> events = Files.readAllLines(data.resolve("econ/calq_5000.csv"));
    EarthMover mover = new EarthMover(GroundCost.metric(48, metric), new Normalized());
    List<String> pairs = Files.readAllLines(data.resolve("emd/emd_golden_100pairs.csv"));
    for (String line : pairs.subList(1, pairs.size())) {
      String[] pair = line.split(",", -1);
      double[] x = charges(events.get(1 + Integer.parseInt(pair[0])));
      double[] y = charges(events.get(1 + Integer.parseInt(pair[1])));
      // Metric and distances are printed with ten digits.
      assertThat(mover.distance(x, y)).isCloseTo(Double.parseDouble(pair[2]), offset(2e-9));
      Certificate certificate = mover.plan(x, y).certificate();
      assertThat(certificate.proves(1e-9, mover.ground().largest(), 1)).as("%s", certificate).isTrue();
    }
  }

  private static double[] charges(String line) {
    return Stream.of(line.split(",", -1)).limit(48).mapToDouble(Double::parseDouble).toArray();
  }
}
