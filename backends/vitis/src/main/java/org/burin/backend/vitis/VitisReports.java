package org.burin.backend.vitis;

import java.util.List;
import org.burin.codegen.report.ReportFiles.Rule;

/// Where the reports of Vitis HLS and Vivado have their numbers.
final class VitisReports {
  private static final String CSYNTH = "csynth\\.xml";
  private static final String COSIM = ".*_cosim\\.rpt";
  private static final String VSYNTH = "vivado_synth\\.rpt";

  static final List<Rule> RULES = List.of(
      xml("clock period, estimated (ns)", "EstimatedClockPeriod"),
      xml("latency, best (cycles)", "Best-caseLatency"),
      xml("latency, worst (cycles)", "Worst-caseLatency"),
      xml("interval, least (cycles)", "Interval-min"),
      xml("interval, most (cycles)", "Interval-max"),
      area("BRAM_18K"), area("DSP"), area("FF"), area("LUT"), area("URAM"),
      Rule.of("latency in cosim, most (cycles)", COSIM, "^\\|\\s*Verilog\\|\\s*Pass\\|[^|]*\\|[^|]*\\|\\s*(\\d+)\\|"),
      Rule.of("LUT after Vivado synthesis", VSYNTH, "^\\| (?:CLB|Slice) LUTs\\*?\\s*\\|\\s*(\\d+)"),
      Rule.of("FF after Vivado synthesis", VSYNTH, "^\\| (?:CLB|Slice) Registers\\s*\\|\\s*(\\d+)"),
      Rule.of("DSP after Vivado synthesis", VSYNTH, "^\\| DSPs\\s*\\|\\s*(\\d+)"),
      Rule.of("BRAM tiles after Vivado synthesis", VSYNTH, "^\\| Block RAM Tile\\s*\\|\\s*([\\d.]+)"));

  private VitisReports() {}

  private static Rule xml(String quantity, String tag) {
    return Rule.of(quantity, CSYNTH, "<" + tag + ">\\s*([^<\\s]+)\\s*</" + tag + ">");
  }

  /// What the design uses; what the part has comes later in the file, under `AvailableResources`.
  private static Rule area(String resource) {
    return Rule.of(resource, CSYNTH, "<AreaEstimates>(?:(?!</?AvailableResources>)[\\s\\S])*?<" + resource
        + ">\\s*(\\d+)\\s*</" + resource + ">");
  }
}
