package org.burin.backend.verilog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.burin.codegen.netlist.AdderOptions;
import org.burin.codegen.netlist.LowerToNetlist;
import org.burin.codegen.netlist.NetlistException;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Backend;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.Target;
import org.burin.fixed.FixedOperands;
import org.burin.fixed.FixedValue;
import org.burin.pass.Diagnostic;

/// Writes Verilog-2001 that takes a sample with every clock cycle, a module for each layer, with a test bench, scripts and
/// constraints around it.
public final class VerilogBackend implements Backend<VerilogOptions> {
  /// The most numbers of a value; each is a net.
  private static final int MOST_ELEMENTS = 1 << 16;

  /// Made by [java.util.ServiceLoader].
  public VerilogBackend() {}

  @Override
  public String name() {
    return "verilog";
  }

  @Override
  public Set<Target> targets() {
    return Set.of(Target.FPGA, Target.ASIC);
  }

  @Override
  public VerilogOptions defaults() {
    return VerilogOptions.DEFAULT;
  }

  @Override
  public List<Diagnostic> validate(Program program, VerilogOptions options) {
    return switch (program) {
      case Program.Floating _ -> List.of(new Diagnostic("", "the program", "expected a fixed-point program, found floats",
          "quantize the model"));
      case Program.Fixed p -> problems(p);
    };
  }

  private static List<Diagnostic> problems(Program.Fixed program) {
    List<Diagnostic> problems = new ArrayList<>();
    for (FixedValue v : program.graph().values()) {
      String op = v + " = " + v.op().getClass().getSimpleName();
      int batch = v.shape().batchAxis();
      boolean mixes = FixedOperands.of(v.op()).stream().anyMatch(o -> o.shape().batchAxis() == 0) && batch != 0;
      if (mixes || batch > 0) {
        problems.add(new Diagnostic(v.layer(), op, "the samples of a batch are to be computed one by one, but this mixes "
            + "them or moves them from the first axis: shape " + v.shape(), "keep the samples along the first axis"));
      } else if (v.shape().bind(1).size() > MOST_ELEMENTS) {
        problems.add(new Diagnostic(v.layer(), op, "a sample has " + v.shape().bind(1).size()
            + " elements, expected at most " + MOST_ELEMENTS + ", as each is a net", "make the layer smaller"));
      }
    }
    if (problems.isEmpty()) {
      try {
        LowerToNetlist.of(program.graph(), AdderOptions.FAST);
      } catch (NetlistException e) {
        problems.add(new Diagnostic("", program.graph().name(), Objects.requireNonNull(e.getMessage()),
            "see docs/verilog.md"));
      }
    }
    return problems;
  }

  @Override
  public Artifact emit(Program program, VerilogOptions options) {
    Program.Fixed fixed = fixed(program);
    Design design = Design.of(fixed, options);
    Artifact.Builder files = Artifact.builder();
    Sources.of(design).forEach((module, text) -> files.text("rtl/" + module + ".v", text));
    Map<String, long[]> inputs = Vectors.inputs(design, options.goldenVectors());
    files.text("tb/tb.v", TestBench.verilog(design));
    files.text("tb/golden_in.hex", Vectors.lines(design.inputs(), options.goldenVectors(), inputs));
    files.text("tb/golden_out.hex", Vectors.lines(design.outputs(), options.goldenVectors(),
        Vectors.outputs(program, options.goldenVectors(), inputs)));
    files.text("sim/harness.cpp", TestBench.harness(design));
    files.addAll("", Scripts.of(design));
    return files.build();
  }

  private static Program.Fixed fixed(Program program) {
    if (program instanceof Program.Fixed fixed) {
      return fixed;
    }
    throw new IllegalArgumentException("expected a fixed-point program, found floats");
  }

  @Override
  public Optional<Execution> prepare(Artifact artifact, Program program, VerilogOptions options, Path scratch) {
    return Optional.of(Simulation.of(Design.of(fixed(program), options), program, artifact, scratch));
  }
}
