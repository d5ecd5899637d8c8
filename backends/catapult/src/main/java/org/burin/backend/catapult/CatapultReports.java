package org.burin.backend.catapult;

import java.util.List;
import org.burin.codegen.report.ReportFiles.Rule;

/// Where the reports of Catapult have their numbers: area, latency and slack in `rtl.rpt` of a solution.
final class CatapultReports {
  private static final String RTL = "rtl\\.rpt";

  static final List<Rule> RULES = List.of(
      Rule.of("area after assignment", RTL, "^\\s*Total Area Score:\\s+[\\d.]+\\s+[\\d.]+\\s+([\\d.]+)"),
      Rule.of("latency (cycles)", RTL, "^\\s*Design Total:\\s+\\d+\\s+(\\d+)"),
      Rule.of("throughput (cycles)", RTL, "^\\s*Design Total:\\s+\\d+\\s+\\d+\\s+(\\d+)"),
      Rule.of("critical path (ns)", RTL, "^\\s*Max Delay:\\s+([\\d.]+)"),
      Rule.of("slack (ns)", RTL, "^\\s*Slack:\\s+(-?[\\d.]+)"),
      Rule.of("total power", "power.*\\.rpt", "^\\s*Total Power:?\\s+([\\d.eE+-]+\\s*\\w*)"));

  private CatapultReports() {}
}
