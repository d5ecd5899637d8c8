package org.burin.backend.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Case;
import org.junit.jupiter.api.Test;

/// Three copies of registers, before and after synthesis.
class TriplicationTest {
  private static final Program.Fixed NET = Case.net(3).program();
  private static final Pattern FLIP_FLOPS = Pattern.compile("\\$_DFFE?_\\S*\\s+(\\d+)");

  private static VerilogOptions options(Triplication tmr) {
    VerilogOptions d = VerilogOptions.DEFAULT;
    return new VerilogOptions("net", 2, d.clockMhz(), d.device(), d.handshake(), false, tmr, 0, -1, 20, d.simulator());
  }

  private static int flipFlops(Emitted e) {
    String read = String.join("; ", e.sources().stream().map(s -> "read_verilog " + s).toList());
    e.run("yosys", "-q", "-p", read + "; synth -top net; tee -o build/stat.txt stat");
    try {
      String stat = Files.readString(e.folder().resolve("build/stat.txt"));
      // The last table is that of the whole hierarchy.
      Matcher m = FLIP_FLOPS.matcher(stat.substring(Math.max(0, stat.indexOf("design hierarchy"))));
      int count = 0;
      while (m.find()) {
        count += Integer.parseInt(m.group(1));
      }
      return count;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Test
  void synthesisKeepsThreeCopies() {
    int bits = Design.of(NET, options(Triplication.NONE)).pipeline().registerBits();
    try (Emitted e = Emitted.of(NET, "top-name=net", "stages=2", "tmr=registers", "golden-vectors=20")) {
      assertThat(flipFlops(e)).isEqualTo(3 * bits);
    }
  }

  /// Inverts one bit of one copy of every register in turn, in the middle of the samples.
  private static String withUpsets(Emitted e, List<String> banks) throws IOException {
    Path bench = e.folder().resolve("tb/tb.v");
    StringBuilder upsets = new StringBuilder("  initial begin\n    #40;\n");
    for (String bank : banks) {
      upsets.append("    @(posedge clk) #1 ").append(bank).append("[0] = ~").append(bank).append("[0];\n");
    }
    String text = Files.readString(bench);
    Files.writeString(bench, text.replaceFirst("\nendmodule", "\n" + Matcher.quoteReplacement(upsets + "  end\nendmodule")));
    return e.run("make", "sim");
  }

  @Test
  void upsetsOfOneCopyDoNotReachTheOutput() throws IOException {
    try (Emitted e = Emitted.of(NET, "top-name=net", "stages=2", "tmr=registers", "golden-vectors=400")) {
      List<String> banks = new ArrayList<>();
      for (String source : e.sources()) {
        String text = e.artifact().file(source).text();
        Matcher m = Pattern.compile("net_tmr_register #\\(.WIDTH\\(\\d+\\)\\) (\\w+) ").matcher(text);
        String layer = layerOf(e, source);
        while (m.find()) {
          for (String copy : List.of("a", "b", "c")) {
            banks.add("dut." + layer + "." + m.group(1) + "." + copy + ".bits");
          }
        }
      }
      assertThat(banks).hasSizeGreaterThan(10);
      assertThat(withUpsets(e, banks.subList(0, Math.min(300, banks.size())))).contains("PASS: 400 samples");
    }
  }

  @Test
  void upsetsOfSingleRegistersDo() throws IOException {
    try (Emitted e = Emitted.of(NET, "top-name=net", "stages=2", "golden-vectors=400")) {
      List<String> registers = new ArrayList<>();
      for (String source : e.sources()) {
        Matcher m = Pattern.compile("reg (?:signed )?(?:\\[\\d+:0\\]) (\\w+);").matcher(e.artifact().file(source).text());
        while (m.find()) {
          registers.add("dut." + layerOf(e, source) + "." + m.group(1));
        }
      }
      assertThat(registers).isNotEmpty();
      assertThat(withUpsets(e, registers)).contains("FAIL");
    }
  }

  /// The name of the instance of a module in the core.
  private static String layerOf(Emitted e, String source) {
    String module = source.substring("rtl/".length(), source.length() - ".v".length());
    Matcher m = Pattern.compile("\\b" + module + " (layer_\\d+) ").matcher(e.artifact().file("rtl/net.v").text());
    return m.find() ? m.group(1) : "none";
  }
}
