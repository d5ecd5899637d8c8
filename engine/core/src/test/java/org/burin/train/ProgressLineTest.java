package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
  private long now;

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "|").replace(System.lineSeparator(), "/");
  }

  @Test
  void showsThroughputLossAndTimeLeft() {
    Scores scores = new Scores(List.of(), Map.of(), "", false);
    scores.restore(new double[] {1.5, 3});
    ProgressLine line = new ProgressLine(true, out, () -> now, 3, 100);
    line.step(0, 1, 50, scores);
    assertThat(printed()).isEmpty();
    now = 500_000_000;
    line.step(0, 2, 50, scores);
    assertThat(printed()).isEqualTo("|epoch 1/3  batch 2/100  loss 0.5000  200 samples/s  ETA 1:15");
    now += 1_000_000;
    line.step(0, 3, 50, scores);
    line.end();
    assertThat(printed()).endsWith("ETA 1:15|");
  }

  @Test
  void anEpochStays() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", 0.123456);
    values.put("val_loss", 2e-9);
    ProgressLine line = new ProgressLine(true, out, () -> now, 3, 100);
    line.epochEnd(new History.Epoch(2, values));
    assertThat(printed()).isEqualTo("|epoch 2/3  loss 0.1235  val_loss 2.000e-09/");
  }

  @Test
  void printsNothingWhereNobodyLooks() {
    ProgressLine line = new ProgressLine(false, out, () -> now, 3, 100);
    now = Long.MAX_VALUE;
    line.step(0, 1, 50, new Scores(List.of(), Map.of(), "", false));
    line.epochEnd(new History.Epoch(1, Map.of("loss", 1.0)));
    line.end();
    assertThat(printed()).isEmpty();
  }
}
