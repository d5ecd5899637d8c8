package org.burin.backend.verilog;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.burin.codegen.spi.Artifact;

/// What builds, constrains and measures a design outside of Burin.
final class Scripts {
  private Scripts() {}

  static Artifact of(Design design) {
    String top = design.top();
    List<String> files = Sources.of(design).keySet().stream().sorted().map(m -> "rtl/" + m + ".v").toList();
    Artifact.Builder b = Artifact.builder()
        .text("Makefile", makefile(top))
        .text("synth/full_adders.v", ADDERS)
        .text("synth/fpga.ys", fpga(design, files))
        .text("synth/asic.ys", asic(top, files))
        .text("synth/sta.tcl", sta(design))
        .text("synth/vivado.tcl", vivado(design, files));
    if (design.hasClock()) {
      b.text("synth/" + top + ".xdc", xdc(design)).text("synth/" + top + ".sdc", sdc(design));
    }
    return b.build();
  }

  private static String makefile(String top) {
    return """
        # make lint sim synth; make sim_verilator synth_asic sta LIBERTY=file.lib; make formal.
        TOP := %s
        RTL := $(sort $(wildcard rtl/*.v))
        LIBERTY ?= /usr/share/qflow/tech/osu018/osu018_stdcells.lib

        .PHONY: lint sim sim_verilator synth synth_asic sta formal clean

        lint:
        	verilator --lint-only -Wall --top-module $(TOP) $(RTL)

        sim: build/sim.vvp
        	cd tb && vvp -n ../build/sim.vvp | tee ../build/sim.log
        	grep -q ^PASS build/sim.log

        sim_verilator: build/obj/sim
        	build/obj/sim tb/golden_in.hex build/out.hex
        	cmp build/out.hex tb/golden_out.hex

        synth: | build
        	yosys -q -l build/fpga.log -s synth/fpga.ys
        	sed -n '/Number of cells/,/^$$/p' build/fpga.log

        synth_asic: | build
        	sed 's#@LIBERTY@#$(LIBERTY)#' synth/asic.ys > build/asic.ys
        	yosys -q -l build/asic.log -s build/asic.ys
        	grep 'Chip area' build/asic.log

        sta: synth_asic
        	sed 's#@LIBERTY@#$(LIBERTY)#' synth/sta.tcl > build/sta.tcl
        	sta -no_splash -exit build/sta.tcl

        # Every assignment that yosys reads has one driver, and none is a loop or a latch.
        formal: | build
        	yosys -q -p 'read_verilog $(RTL); hierarchy -check -top $(TOP); proc; flatten; check -assert; select -assert-none t:$$dlatch t:$$_DLATCH_*'

        build/sim.vvp: tb/tb.v $(RTL) | build
        	iverilog -g2001 -Wall -s tb -o $@ $^

        build/obj/sim: sim/harness.cpp $(RTL) | build
        	verilator --cc --exe --build -O3 -CFLAGS -O1 -Wall --top-module $(TOP) --Mdir build/obj -o sim $(abspath $^)

        build:
        	mkdir -p $@

        clean:
        	rm -rf build
        """.formatted(top);
  }

  private static String read(List<String> files) {
    return files.stream().map(f -> "read_verilog " + f).collect(Collectors.joining("\n"));
  }

  /// Adders stay adders: the stock script turns trees of them into carry-save logic, which wrecks carry chains.
  private static String fpga(Design design, List<String> files) {
    return """
        # Look-up tables, registers and carry chains of the %1$s family, out of context.
        %2$s
        hierarchy -top %3$s
        proc
        flatten
        opt
        wreduce
        peepopt
        opt_clean
        techmap -map synth/full_adders.v
        synth_xilinx -family %1$s -nodsp -nowidelut -noiopad -noclkbuf -top %3$s
        tee -o build/fpga.stat stat
        """.formatted(design.options().device().yosysFamily, read(files), design.top());
  }

  private static String asic(String top, List<String> files) {
    return """
        # Cells of a Liberty file.
        %1$s
        synth -flatten -top %2$s
        dfflibmap -liberty @LIBERTY@
        abc -liberty @LIBERTY@
        opt_clean
        tee -o build/asic.stat stat -liberty @LIBERTY@
        write_verilog -noattr -simple-lhs build/asic.v
        """.formatted(read(files), top);
  }

  private static final String ADDERS = """
      // Maps additions and subtractions to $alu one by one, so that they are not merged into carry-save trees.
      (* techmap_celltype = "$add" *)
      module one_adder (A, B, Y);
        parameter A_SIGNED = 0;
        parameter B_SIGNED = 0;
        parameter A_WIDTH = 1;
        parameter B_WIDTH = 1;
        parameter Y_WIDTH = 1;
        input [A_WIDTH-1:0] A;
        input [B_WIDTH-1:0] B;
        output [Y_WIDTH-1:0] Y;
        wire [Y_WIDTH-1:0] propagated;
        wire [Y_WIDTH-1:0] carries;
        \\$alu #(.A_SIGNED(A_SIGNED), .B_SIGNED(B_SIGNED), .A_WIDTH(A_WIDTH), .B_WIDTH(B_WIDTH), .Y_WIDTH(Y_WIDTH))
          alu (.A(A), .B(B), .CI(1'b0), .BI(1'b0), .X(propagated), .Y(Y), .CO(carries));
      endmodule

      (* techmap_celltype = "$sub" *)
      module one_subtractor (A, B, Y);
        parameter A_SIGNED = 0;
        parameter B_SIGNED = 0;
        parameter A_WIDTH = 1;
        parameter B_WIDTH = 1;
        parameter Y_WIDTH = 1;
        input [A_WIDTH-1:0] A;
        input [B_WIDTH-1:0] B;
        output [Y_WIDTH-1:0] Y;
        wire [Y_WIDTH-1:0] propagated;
        wire [Y_WIDTH-1:0] carries;
        \\$alu #(.A_SIGNED(A_SIGNED), .B_SIGNED(B_SIGNED), .A_WIDTH(A_WIDTH), .B_WIDTH(B_WIDTH), .Y_WIDTH(Y_WIDTH))
          alu (.A(A), .B(B), .CI(1'b1), .BI(1'b1), .X(propagated), .Y(Y), .CO(carries));
      endmodule
      """;

  private static String nanoseconds(double picoseconds) {
    return String.format(Locale.ROOT, "%.3f", picoseconds / 1000);
  }

  private static String xdc(Design design) {
    return "create_clock -name clk -period " + nanoseconds(design.options().period()) + " [get_ports clk]\n"
        + (design.options().handshake() == Handshake.NONE ? "" : "set_false_path -from [get_ports rst]\n");
  }

  private static String sdc(Design design) {
    String half = nanoseconds(design.options().period() / 10.0);
    return "create_clock -name clk -period " + nanoseconds(design.options().period()) + " [get_ports clk]\n"
        + "set_clock_uncertainty " + nanoseconds(design.options().period() / 20.0) + " [get_clocks clk]\n"
        + "set_input_delay " + half + " -clock clk [all_inputs]\n"
        + "set_output_delay " + half + " -clock clk [all_outputs]\n";
  }

  private static String sta(Design design) {
    String clock = design.hasClock() ? "create_clock -name clk -period " + nanoseconds(design.options().period())
        + " [get_ports clk]\n" : "";
    return """
        read_liberty @LIBERTY@
        read_verilog build/asic.v
        link_design %s
        %sreport_checks
        report_worst_slack
        """.formatted(design.top(), clock);
  }

  private static String vivado(Design design, List<String> files) {
    return """
        # vivado -mode batch -source synth/vivado.tcl: out of context.
        %s
        %ssynth_design -mode out_of_context -top %s -part %s -flatten_hierarchy full
        opt_design
        place_design
        phys_opt_design
        route_design
        report_utilization -file build/utilization.rpt
        report_timing_summary -file build/timing.rpt
        """.formatted(files.stream().map(f -> "read_verilog " + f).collect(Collectors.joining("\n")),
            design.hasClock() ? "read_xdc synth/" + design.top() + ".xdc\n" : "", design.top(),
            design.options().device().part);
  }
}
