package org.burin.workloads.econ.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EconTableTest {
  @Test
  void hasARowForEveryAlgorithmAndTraining() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new EconTable(new PrintStream(bytes, true, StandardCharsets.UTF_8), "train=400", "events=dense", "losses=wmse",
        "seeds=1,2", "bits=3", "scale=0.02").run();
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("wmse, float, seed 1: emd_median ", "wmse, asic-9, seed 2: emd_median ");
    assertThat(text.lines().filter(line -> line.startsWith("| wmse, asic-3 | 57 | "))).singleElement()
        .satisfies(line -> assertThat(line).matches("(\\|[^|]*)+\\| [\\d.]+ \\([\\d.]+-[\\d.]+\\) \\|.*"));
    assertThat(text).contains("| best choice 9 | 111 | ", "| threshold sum | ", "40-48 (");
  }
}
