package org.burin.backend.verilog;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.burin.codegen.text.CodeWriter;

/// What drives a design in simulation: a test bench in Verilog, and one in C++ for Verilator.
///
/// Both read samples line by line. With a handshake they leave gaps between samples, and hold results up where they can.
final class TestBench {
  private final Design design;
  private final boolean valid;
  private final boolean ready;

  private TestBench(Design design) {
    this.design = design;
    valid = design.options().handshake() != Handshake.NONE;
    ready = design.options().handshake() == Handshake.VALID_READY;
  }

  // ---- Verilog ----------------------------------------------------------------------------------------------------

  static String verilog(Design design) {
    return new TestBench(design).verilog();
  }

  private String verilog() {
    CodeWriter w = new CodeWriter("  ");
    int in = Vectors.width(design.inputs());
    int out = Vectors.width(design.outputs());
    w.line("""
        // Feeds the samples of golden_in.hex, compares with golden_out.hex. +in=FILE reads other samples, +out=FILE writes
        // results down instead of comparing them.
        `timescale 1ns / 1ps
        module tb;""");
    w.indented(() -> {
      w.line("localparam LATENCY = " + design.latency() + ";");
      w.line("reg clk = 1'b0;");
      w.line("reg [8*512-1:0] in_name;\nreg [8*512-1:0] out_name;");
      w.line("integer in_file;\ninteger out_file;\ninteger got;\ninteger fed = 0;\ninteger seen = 0;\ninteger wrong = 0;");
      w.line("integer pending = 0;\nreg write_down = 1'b0;\nreg done = 1'b0;\nreg have = 1'b0;");
      w.line("reg " + Text.vector(in) + "in_word = " + in + "'h0;");
      w.line("wire " + Text.vector(out) + "out_word;\nreg " + Text.vector(out) + "expected;");
      w.line("reg in_valid = 1'b0;");
      w.line(valid ? "reg rst = 1'b1;\nwire out_valid;" : "reg [LATENCY:0] travel = 0;\nwire out_valid = travel[LATENCY];");
      w.line(ready ? "wire in_ready;\nreg out_ready = 1'b0;" : "wire in_ready = 1'b1;\nwire out_ready = 1'b1;");
      w.line();
      w.block(design.top() + " dut (", () -> w.line(connections()), ");");
      w.line();
      w.line("always #5 clk = ~clk;");
      w.line();
      stimulus(w);
    });
    return w.line("endmodule").toString();
  }

  private String connections() {
    List<String> c = new ArrayList<>();
    if (design.hasClock()) {
      c.add(".clk(clk)");
    }
    if (design.options().clockEnable()) {
      c.add(".ce(1'b1)");
    }
    if (valid) {
      c.addAll(List.of(".rst(rst)", ".in_valid(in_valid)", ".out_valid(out_valid)"));
    }
    if (ready) {
      c.addAll(List.of(".in_ready(in_ready)", ".out_ready(out_ready)"));
    }
    c.addAll(ports(design.inputs(), "in_word"));
    c.addAll(ports(design.outputs(), "out_word"));
    return String.join(",\n", c);
  }

  private static List<String> ports(List<Layout> ports, String word) {
    List<String> c = new ArrayList<>();
    int at = 0;
    for (Layout l : ports) {
      c.add("." + l.name() + "(" + word
          + (Vectors.width(ports) == 1 ? "" : Text.slice(at + l.width() - 1, at)) + ")");
      at += l.width();
    }
    return c;
  }

  private void stimulus(CodeWriter w) {
    w.line("""
        initial begin
          if (!$value$plusargs("in=%s", in_name)) in_name = "golden_in.hex";
          write_down = $value$plusargs("out=%s", out_name);
          if (!write_down) out_name = "golden_out.hex";
          in_file = $fopen(in_name, "r");
          if (write_down) out_file = $fopen(out_name, "w");
          else out_file = $fopen(out_name, "r");
          if (in_file == 0 || out_file == 0) begin
            $display("FAIL: a file of samples cannot be opened");
            $finish;
          end
        """.stripTrailing());
    if (valid) {
      w.line("""
            repeat (3) @(negedge clk);
            rst = 1'b0;
          """.stripTrailing());
    }
    w.line("""
          while (!done) begin
            @(negedge clk);
            if (!have) begin
              got = $fscanf(in_file, "%h\\n", in_word);
              have = got == 1;
              pending = pending + (have ? 1 : 0);
            end
        """.stripTrailing());
    w.line("    in_valid = have" + (valid ? " & (($random & 3) != 0)" : "") + ";");
    if (ready) {
      w.line("    out_ready = ($random & 1) != 0;");
    }
    w.line("    #1;");
    if (!valid) {
      w.line("    travel[0] = in_valid;");
    }
    w.line("""
            if (out_valid & out_ready) begin
              if (write_down) begin
                $fwrite(out_file, "%h\\n", out_word);
              end else begin
                got = $fscanf(out_file, "%h\\n", expected);
                if (got != 1 || out_word !== expected) begin
                  wrong = wrong + 1;
                  if (wrong <= 10) $display("sample %0d: found %h, expected %h", seen, out_word, expected);
                end
              end
              seen = seen + 1;
            end
            if (in_valid & in_ready) begin
              fed = fed + 1;
              have = 1'b0;
            end
        """.stripTrailing());
    if (!valid) {
      w.line("    travel = travel << 1;");
    }
    w.line("""
            done = !have && seen == fed && $feof(in_file) && fed == pending;
          end
          $fclose(out_file);
          if (wrong == 0) $display("PASS: %0d samples", seen);
          else $display("FAIL: %0d of %0d samples differ", wrong, seen);
          $finish;
        end""");
  }

  // ---- C++ --------------------------------------------------------------------------------------------------------

  static String harness(Design design) {
    return new TestBench(design).harness();
  }

  private String harness() {
    String top = design.top();
    String put = assignments(design.inputs(), "put(top->%s, in, %d, %d);");
    String take = assignments(design.outputs(), "take(top->%s, out, %d, %d);");
    return """
        // The design in C: %1$s_run computes samples of packed words. With main, samples as lines of hexadecimal digits.
        #include <cstdint>
        #include <cstdio>
        #include <cstring>
        #include <string>
        #include <vector>
        #include "V%1$s.h"
        #include "verilated.h"

        namespace {

        const int IN_BITS = %2$d;
        const int OUT_BITS = %3$d;
        const int IN_WORDS = (IN_BITS + 31) / 32;
        const int OUT_WORDS = (OUT_BITS + 31) / 32;
        const long LATENCY = %4$d;

        uint64_t bits(const uint32_t* words, int from, int width) {
          uint64_t value = 0;
          for (int done = 0; done < width;) {
            int at = from + done;
            int count = 32 - at %% 32 < width - done ? 32 - at %% 32 : width - done;
            uint64_t part = (words[at / 32] >> (at %% 32)) & (count == 32 ? 0xffffffffu : (1u << count) - 1);
            value |= part << done;
            done += count;
          }
          return value;
        }

        void set(uint32_t* words, int from, int width, uint64_t value) {
          for (int done = 0; done < width;) {
            int at = from + done;
            int count = 32 - at %% 32 < width - done ? 32 - at %% 32 : width - done;
            uint32_t mask = (count == 32 ? 0xffffffffu : (1u << count) - 1) << (at %% 32);
            words[at / 32] = (words[at / 32] & ~mask) | (((uint32_t)(value >> done) << (at %% 32)) & mask);
            done += count;
          }
        }

        template <class P> void put(P& port, const uint32_t* in, int from, int width) {
          port = (P)bits(in, from, width);
        }

        template <std::size_t N> void put(VlWide<N>& port, const uint32_t* in, int from, int width) {
          for (int i = 0; 32 * i < width; i++) {
            port[i] = (uint32_t)bits(in, from + 32 * i, width - 32 * i < 32 ? width - 32 * i : 32);
          }
        }

        template <class P> void take(P& port, uint32_t* out, int from, int width) {
          set(out, from, width, (uint64_t)port);
        }

        template <std::size_t N> void take(VlWide<N>& port, uint32_t* out, int from, int width) {
          for (int i = 0; 32 * i < width; i++) {
            set(out, from + 32 * i, width - 32 * i < 32 ? width - 32 * i : 32, port[i]);
          }
        }

        uint32_t state = 1;

        uint32_t dice() {
          state = state * 1664525u + 1013904223u;
          return state >> 24;
        }

        void feed(V%1$s* top, const uint32_t* in) {
        %5$s
        }

        void read(V%1$s* top, uint32_t* out) {
        %6$s
        }

        }  // namespace

        /// Runs n samples of packed words, the first port lowest; each sample begins at a word.
        extern "C" long %1$s_run(const uint32_t* in, uint32_t* out, long n) {
          V%1$s* top = new V%1$s;
          long fed = 0;
          long seen = 0;
        %7$s
          top->final();
          delete top;
          return seen;
        }

        #ifndef BURIN_NO_MAIN
        int main(int argc, char** argv) {
          if (argc != 3) {
            std::fprintf(stderr, "usage: %%s IN OUT\\n", argv[0]);
            return 2;
          }
          FILE* from = std::fopen(argv[1], "r");
          FILE* to = std::fopen(argv[2], "w");
          if (!from || !to) {
            std::fprintf(stderr, "%%s: cannot open %%s or %%s\\n", argv[0], argv[1], argv[2]);
            return 2;
          }
          std::vector<uint32_t> in;
          std::string line;
          long n = 0;
          for (int c = std::fgetc(from); c != EOF; c = std::fgetc(from)) {
            if (c != '\\n') {
              line += (char)c;
              continue;
            }
            in.resize((n + 1) * IN_WORDS);
            for (std::size_t i = 0; i < line.size(); i++) {
              char d = line[line.size() - 1 - i];
              uint32_t digit = d <= '9' ? d - '0' : d - 'a' + 10;
              in[n * IN_WORDS + i / 8] |= digit << (i %% 8 * 4);
            }
            line.clear();
            n++;
          }
          std::vector<uint32_t> out(n * OUT_WORDS + 1);
          long seen = %1$s_run(in.data(), out.data(), n);
          for (long s = 0; s < seen; s++) {
            for (int i = (OUT_BITS + 3) / 4 - 1; i >= 0; i--) {
              std::fputc("0123456789abcdef"[(out[s * OUT_WORDS + i / 8] >> (i %% 8 * 4)) & 15], to);
            }
            std::fputc('\\n', to);
          }
          std::fclose(to);
          return seen == n ? 0 : 1;
        }
        #endif
        """.formatted(top, Vectors.width(design.inputs()), Vectors.width(design.outputs()), design.latency(), put, take,
            loop());
  }

  private static String assignments(List<Layout> ports, String form) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    for (Layout l : ports) {
      lines.add("  " + form.formatted(l.name(), at, l.width()));
      at += l.width();
    }
    return lines.stream().collect(Collectors.joining("\n"));
  }

  private String loop() {
    if (!design.hasClock()) {
      return """
            for (; fed < n; fed++, seen++) {
              feed(top, in + fed * IN_WORDS);
              top->eval();
              read(top, out + seen * OUT_WORDS);
            }""";
    }
    String enable = design.options().clockEnable() ? "  top->ce = 1;\n" : "";
    if (!valid) {
      return enable + """
            for (long cycle = 0; seen < n; cycle++) {
              if (fed < n) {
                feed(top, in + fed++ * IN_WORDS);
              }
              top->clk = 0;
              top->eval();
              top->clk = 1;
              top->eval();
              if (cycle >= LATENCY - 1) {
                read(top, out + seen++ * OUT_WORDS);
              }
            }""";
    }
    String accepted = ready ? "top->in_valid && top->in_ready" : "top->in_valid";
    String given = ready ? "top->out_valid && top->out_ready" : "top->out_valid";
    return enable + """
          top->rst = 1;
          for (long cycle = 0; seen < n; cycle++) {
            if (cycle == 3) {
              top->rst = 0;
            }
            bool offers = cycle > 3 && fed < n && (dice() & 3);
            if (offers) {
              feed(top, in + fed * IN_WORDS);
            }
            top->in_valid = offers;
        %s    top->clk = 0;
            top->eval();
            if (cycle > 3 && %s) {
              read(top, out + seen++ * OUT_WORDS);
            }
            if (%s) {
              fed++;
            }
            top->clk = 1;
            top->eval();
          }""".formatted(ready ? "    top->out_ready = dice() & 1;\n" : "", given, accepted);
  }
}
