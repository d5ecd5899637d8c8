package org.burin.backend.verilog;

import org.burin.codegen.netlist.DelayModel;

/// What a pipeline is cut for and scripts synthesize for.
public enum Device {
  /// AMD UltraScale+
  ULTRASCALE_PLUS("xcup", "xcvu13p-flga2577-2-e"),
  /// AMD 7 series
  SERIES_7("xc7", "xc7vx690tffg1761-2");

  final String yosysFamily;
  final String part;

  Device(String yosysFamily, String part) {
    this.yosysFamily = yosysFamily;
    this.part = part;
  }

  /// How long its operations take.
  DelayModel delays() {
    return switch (this) {
      case ULTRASCALE_PLUS -> DelayModel.ULTRASCALE_PLUS;
      case SERIES_7 -> DelayModel.SERIES_7;
    };
  }
}
