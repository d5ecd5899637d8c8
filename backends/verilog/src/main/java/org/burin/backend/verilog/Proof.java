package org.burin.backend.verilog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.burin.backend.verilog.proof.WordProof;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.ToolException;
import org.burin.codegen.tool.Tool;

/// Reads emitted Verilog back by yosys and proves it against the program: [WordProof].
public final class Proof {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private Proof() {}

  /// Proves the core of an emitted design, the module that connects the layers.
  ///
  /// @param folder the design's files, as the backend emitted them with these options
  /// @throws IllegalArgumentException when the pipeline can be held, which no form stands for
  /// @throws ToolException when yosys is missing or refuses the files
  public static WordProof.Result of(Program.Fixed program, VerilogOptions options, Path folder) {
    Design design = Design.of(program, options);
    if (design.hasEnable() || options.tmr() == Triplication.REGISTERS) {
      throw new IllegalArgumentException("expected a pipeline that is never held, of single registers; prove the same "
          + "design without clock-enable, valid-ready and tmr=registers");
    }
    String core = TopModule.coreName(design);
    String read = Sources.of(design).keySet().stream().sorted().map(m -> "read_verilog rtl/" + m + ".v; ")
        .collect(Collectors.joining());
    Tool.find("yosys", "apt install yosys").run(folder, LIMIT, "-q", "-p",
        read + "hierarchy -top " + core + "; proc -norom; flatten; opt_clean; write_json proof.json");
    try {
      return WordProof.prove(program, Files.readString(folder.resolve("proof.json")), core, ports(design.inputs()),
          ports(design.outputs()), design.latency());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<WordProof.Port> ports(List<Layout> layouts) {
    return layouts.stream().map(l -> new WordProof.Port(l.name(), l.port().name(), l.offsets(), l.widths(), l.signed(),
        l.port().elements().stream().map(Operand::shift).toList())).toList();
  }
}
