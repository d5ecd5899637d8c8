package org.burin.backend.verilog;

import java.util.LinkedHashMap;
import java.util.Map;

/// The design's modules, a file each.
final class Sources {
  private Sources() {}

  /// The text of each module by name, the top first.
  static Map<String, String> of(Design design) {
    Map<String, String> modules = new LinkedHashMap<>();
    VerilogOptions options = design.options();
    String core = TopModule.coreName(design);
    if (!core.equals(design.top())) {
      modules.put(design.top(), TopModule.top(design));
    }
    modules.put(core, TopModule.core(design));
    if (options.handshake() == Handshake.VALID_READY) {
      modules.put(design.top() + "_skid", Primitives.skid(design.top()));
    }
    if (options.tmr() == Triplication.REGISTERS) {
      modules.put(design.top() + "_tmr_register", Primitives.tmrRegister(design.top(), design.hasEnable()));
      modules.put(design.top() + "_tmr_bank", Primitives.tmrBank(design.top()));
    }
    for (int l = 0; l < design.layers().size(); l++) {
      modules.put(design.layers().get(l).module(), LayerModule.write(design, l));
    }
    return modules;
  }
}
