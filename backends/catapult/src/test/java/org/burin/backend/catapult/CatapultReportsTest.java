package org.burin.backend.catapult;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.burin.codegen.report.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files in the format of the reports, written by hand: no tool made them.
final class CatapultReportsTest {
  @TempDir private Path folder;

  @Test
  void numbersAreFoundWhereTheReportsHaveThem() throws IOException {
    Files.createDirectories(folder.resolve("jets.v1"));
    Files.writeString(folder.resolve("jets.v1/rtl.rpt"), """
          Processes/Blocks in Design
            Process    Real Operation(s) count Latency Throughput Reset Length II Comments
            Design Total:                  812       7          1            1  1
          Area Scores
                              Post-Scheduling   Post-DP & FSM Post-Assignment
            Total Area Score:         21074.0         18541.5         18540.1
          Timing Report
            Max Delay:  18.25
            Slack:      6.75
        """);
    Files.writeString(folder.resolve("jets.v1/power.rpt"), "Total Power: 1.25 mW\n");
    String rtl = "jets.v1/rtl.rpt";
    assertThat(new CatapultBackend().measured(folder)).containsExactly(
        new Measurement("total power", "1.25 mW", "jets.v1/power.rpt"),
        new Measurement("area after assignment", "18540.1", rtl),
        new Measurement("latency (cycles)", "7", rtl),
        new Measurement("throughput (cycles)", "1", rtl),
        new Measurement("critical path (ns)", "18.25", rtl),
        new Measurement("slack (ns)", "6.75", rtl));
  }
}
