package org.burin.backend.verilog;

import org.burin.codegen.netlist.DelayModel;

/// What a pipeline is cut for and scripts synthesize for.
public enum Device {
  /// AMD UltraScale+
  ULTRASCALE_PLUS("xcup", "xcvu13p-flga2577-2-e", DelayModel.ULTRASCALE_PLUS),
  /// AMD 7 series
  SERIES_7("xc7", "xc7vx690tffg1761-2", DelayModel.SERIES_7);

  final String yosysFamily;
  final String part;
  final DelayModel delays;

  Device(String yosysFamily, String part, DelayModel delays) {
    this.yosysFamily = yosysFamily;
    this.part = part;
    this.delays = delays;
  }
}
