package org.burin.backend.vitis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.burin.codegen.report.Measurement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files in the format of the reports, written by hand: no tool made them.
final class VitisReportsTest {
  @TempDir private Path folder;

  @Test
  void numbersAreFoundWhereTheReportsHaveThem() throws IOException {
    Path report = Files.createDirectories(folder.resolve("jets_prj/solution1/syn/report"));
    Files.writeString(report.resolve("csynth.xml"), """
        <profile>
        <PerformanceEstimates>
        <SummaryOfTimingAnalysis><EstimatedClockPeriod>3.650</EstimatedClockPeriod></SummaryOfTimingAnalysis>
        <SummaryOfOverallLatency>
        <Best-caseLatency>9</Best-caseLatency><Worst-caseLatency>10</Worst-caseLatency>
        <Interval-min>1</Interval-min><Interval-max>2</Interval-max>
        </SummaryOfOverallLatency>
        </PerformanceEstimates>
        <AreaEstimates>
        <Resources><DSP>31</DSP><FF>2210</FF><LUT>9876</LUT><BRAM_18K>4</BRAM_18K></Resources>
        <AvailableResources><URAM>1280</URAM><DSP>12288</DSP></AvailableResources>
        </AreaEstimates>
        </profile>
        """);
    Files.writeString(folder.resolve("jets_cosim.rpt"), """
        +----------+----------+-----------------------------------------------+
        |       RTL|  Status  |  min|    avg|    max|  min|  avg|  max|
        |      VHDL|        NA|   NA|     NA|     NA|   NA|   NA|   NA|
        |   Verilog|      Pass|   10|     11|     12|    1|    1|    1|
        """);
    Files.writeString(folder.resolve("vivado_synth.rpt"), """
        | CLB LUTs*                  | 5123 |     0 |
        | CLB Registers              | 1980 |     0 |
        | Block RAM Tile |  1.5 |     0 |
        | DSPs           |   12 |     0 |
        """);
    String csynth = "jets_prj/solution1/syn/report/csynth.xml";
    assertThat(new VitisBackend().measured(folder)).containsExactly(
        new Measurement("latency in cosim, most (cycles)", "12", "jets_cosim.rpt"),
        new Measurement("clock period, estimated (ns)", "3.650", csynth),
        new Measurement("latency, best (cycles)", "9", csynth),
        new Measurement("latency, worst (cycles)", "10", csynth),
        new Measurement("interval, least (cycles)", "1", csynth),
        new Measurement("interval, most (cycles)", "2", csynth),
        new Measurement("BRAM_18K", "4", csynth),
        new Measurement("DSP", "31", csynth),
        new Measurement("FF", "2210", csynth),
        new Measurement("LUT", "9876", csynth),
        new Measurement("LUT after Vivado synthesis", "5123", "vivado_synth.rpt"),
        new Measurement("FF after Vivado synthesis", "1980", "vivado_synth.rpt"),
        new Measurement("DSP after Vivado synthesis", "12", "vivado_synth.rpt"),
        new Measurement("BRAM tiles after Vivado synthesis", "1.5", "vivado_synth.rpt"));
  }
}
