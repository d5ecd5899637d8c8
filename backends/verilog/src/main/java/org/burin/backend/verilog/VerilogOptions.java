package org.burin.backend.verilog;

import java.util.regex.Pattern;
import org.burin.codegen.netlist.AdderOptions;
import org.burin.codegen.spi.Setting;

/// The options of the Verilog backend.
///
/// @param topName the name of the top module and the begin of all others; empty for one like the model's
/// @param stages registers between the inputs and the outputs; -1 for as few as the clock allows
/// @param clockMhz the clock that the pipeline is cut for, and that constraints ask for
/// @param device what the pipeline is cut for and scripts synthesize for
/// @param handshake how the design says when its numbers count
/// @param clockEnable whether there is a port that holds the pipeline
/// @param tmr what exists three times
/// @param adderRounds graphs of adders that are tried beyond the first one, for each layer
/// @param adderDepth adders more than the fewest possible in a row in a layer; -1 for any number
/// @param goldenVectors samples in the test bench
/// @param simulator what `burin verify` runs the design with
public record VerilogOptions(
    @Setting("name of the top module; like the model's if empty") String topName,
    @Setting("pipeline registers from input to output; -1: as few as the clock allows") int stages,
    @Setting("clock in MHz that the pipeline is cut for") double clockMhz,
    @Setting("what the pipeline is cut for and scripts synthesize for") Device device,
    @Setting("how the design says when its numbers count") Handshake handshake,
    @Setting("a clock enable port") boolean clockEnable,
    @Setting("what exists three times against upsets") Triplication tmr,
    @Setting("rounds of the search for fewer adders, for each layer") int adderRounds,
    @Setting("adders in a row in a layer beyond the fewest possible; -1: any number") int adderDepth,
    @Setting("samples in the test bench") int goldenVectors,
    @Setting("what burin verify simulates with: verilator or iverilog") Simulator simulator) {
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final int MOST_STAGES = 1000;

  /// The options of those who ask for none.
  static final VerilogOptions DEFAULT = new VerilogOptions("", -1, 200, Device.ULTRASCALE_PLUS, Handshake.NONE, false,
      Triplication.NONE, 0, -1, 100, Simulator.VERILATOR);

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException when a number is out of its range, or a name is none in Verilog
  public VerilogOptions {
    if (!topName.isEmpty() && (!NAME.matcher(topName).matches() || Names.isKeyword(topName))) {
      throw new IllegalArgumentException("expected a Verilog name in lower case such as jets, found '" + topName + "'");
    }
    if (stages < -1 || stages > MOST_STAGES) {
      throw new IllegalArgumentException("expected -1 to " + MOST_STAGES + " stages, found " + stages);
    }
    if (!(clockMhz >= 1 && clockMhz <= 5000)) {
      throw new IllegalArgumentException("expected a clock of 1 to 5000 MHz, found " + clockMhz);
    }
    if (adderRounds < 0 || goldenVectors < 1) {
      throw new IllegalArgumentException("expected 0 or more rounds and 1 or more golden vectors, found " + adderRounds
          + " and " + goldenVectors);
    }
    if (stages == 0 && (handshake != Handshake.NONE || clockEnable || tmr == Triplication.REGISTERS)) {
      throw new IllegalArgumentException("a design without registers (stages=0) has no handshake, no clock enable and no "
          + "registers to triplicate; ask for one stage or more");
    }
    if (handshake == Handshake.VALID_READY && clockEnable) {
      throw new IllegalArgumentException("handshake=valid-ready holds the pipeline by itself; leave clock-enable out");
    }
  }

  AdderOptions adders() {
    return new AdderOptions(adderDepth, adderRounds, 1);
  }

  /// The clock period in picoseconds.
  int period() {
    return (int) Math.round(1e6 / clockMhz);
  }
}
