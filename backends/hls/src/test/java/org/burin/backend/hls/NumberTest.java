package org.burin.backend.hls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.burin.codegen.tool.Tool;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The number types and the rounding of generated projects against [FixedMath], over all numbers of small types.
final class NumberTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @BeforeEach
  void writeHeaders() throws IOException {
    for (String file : List.of("number.h", "ap_fixed.h", "ac_fixed.h")) {
      Files.writeString(folder.resolve(file), KernelLibrary.resource("types/" + file));
    }
    Files.writeString(folder.resolve("rounding.h"), KernelLibrary.resource("kernels/rounding.h"));
  }

  private long[] run(String program) throws IOException {
    Files.writeString(folder.resolve("program.cpp"), program);
    Tool.find("g++", "apt install g++").run(folder, LIMIT, "-std=c++14", "-Wall", "-Wextra", "-Werror", "-I.", "-o",
        "program", "program.cpp");
    new Tool("the program", folder.resolve("program")).run(folder, LIMIT);
    return Files.readString(folder.resolve("out")).lines().mapToLong(Long::parseLong).toArray();
  }

  @Test
  void everyShiftWidthAndModeRoundsAndFitsAsTheDefinition() throws IOException {
    long[] found = run("""
        #include <cstdio>
        #include "rounding.h"
        int main() {
          std::FILE *out = std::fopen("out", "w");
          for (int shift = -7; shift <= 5; shift++)
            for (int width = 1; width <= 4; width++)
              for (int sign = 0; sign <= 1; sign++)
                for (int rounding = 0; rounding < 8; rounding++)
                  for (int overflow = 0; overflow < 4; overflow++)
                    for (long long x = -20; x <= 20; x++) {
                      const burin::grid to = {shift, width, sign == 1, rounding, overflow};
                      std::fprintf(out, "%lld\\n", burin::requantize<long long>(x, to));
                    }
          return std::fclose(out);
        }
        """);
    List<Long> expected = new ArrayList<>();
    for (int shift = -7; shift <= 5; shift++) {
      for (FixedType type : types(shift)) {
        LongStream.rangeClosed(-20, 20).forEach(x -> expected.add(FixedMath.quantize(x, 0, type)));
      }
    }
    assertThat(found).containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
  }

  /// Types of 1 to 4 bits of that fraction, in the order of the loops of the programs.
  private static List<FixedType> types(int fraction) {
    List<FixedType> types = new ArrayList<>();
    for (int width = 1; width <= 4; width++) {
      for (boolean signed : new boolean[] {false, true}) {
        for (Rounding rounding : Rounding.values()) {
          for (Overflow overflow : Overflow.values()) {
            types.add(new FixedType(signed, width, width - fraction, rounding, overflow));
          }
        }
      }
    }
    return types;
  }

  @Test
  void everyQuotientRoundsAndFitsAsTheDefinition() throws IOException {
    long[] found = run("""
        #include <cstdio>
        #include "rounding.h"
        int main() {
          std::FILE *out = std::fopen("out", "w");
          for (int shift = -3; shift <= 3; shift++)
            for (int width = 1; width <= 4; width++)
              for (int sign = 0; sign <= 1; sign++)
                for (int rounding = 0; rounding < 8; rounding++)
                  for (int overflow = 0; overflow < 4; overflow++)
                    for (long long d = 1; d <= 7; d++)
                      for (long long x = -9; x <= 9; x++) {
                        const burin::grid to = {shift, width, sign == 1, rounding, overflow};
                        const burin::ratio<long long> q = {x, d};
                        std::fprintf(out, "%lld\\n", burin::quotient<long long>(q, to));
                      }
          return std::fclose(out);
        }
        """);
    List<Long> expected = new ArrayList<>();
    for (int shift = -3; shift <= 3; shift++) {
      for (FixedType type : types(shift)) {
        for (long d = 1; d <= 7; d++) {
          for (long x = -9; x <= 9; x++) {
            expected.add(FixedMath.quotient(x, d, 0, type));
          }
        }
      }
    }
    assertThat(found).containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
  }

  /// Conversions, sums, products and comparisons of all numbers of pairs of types, through the names of either tool.
  @Test
  void everyPairOfSmallTypesComputesExactlyAndConvertsAsTheDefinition() throws IOException {
    List<FixedType> types = List.of(FixedType.fixed(4, 2), FixedType.ufixed(3, -1), FixedType.fixed(1, 3),
        FixedType.ufixed(2, 5), FixedType.fixed(5, 7), FixedType.parse("fixed<3,2,rnd_conv,sat>"),
        FixedType.parse("ufixed<3,2,rnd_inf,sat_zero>"), FixedType.parse("fixed<4,1,trn_zero,sat>"));
    StringBuilder calls = new StringBuilder();
    List<Long> expected = new ArrayList<>();
    for (FixedType a : types) {
      for (FixedType b : types) {
        calls.append("  all<").append(cpp(a, expected.size() % 2 == 0)).append(", ")
            .append(cpp(b, expected.size() % 2 == 0)).append(" >(out);\n");
        expect(a, b, expected);
      }
    }
    long[] found = run("""
        #include <cstdio>
        #include "ap_fixed.h"
        #include "ac_fixed.h"
        template <class A, class B> void all(std::FILE *out) {
          const long long lowA = A::is_signed ? -(1LL << (A::width - 1)) : 0;
          const long long lowB = B::is_signed ? -(1LL << (B::width - 1)) : 0;
          for (long long i = 0; i < (1LL << A::width); i++) {
            const A a = A::from_raw(lowA + i);
            std::fprintf(out, "%%lld\\n", static_cast<long long>(B(a).raw));
            std::fprintf(out, "%%lld\\n", static_cast<long long>((-a).raw));
            for (long long j = 0; j < (1LL << B::width); j++) {
              const B b = B::from_raw(lowB + j);
              const long long order = (a < b) + 2 * (a <= b) + 4 * (a == b) + 8 * (a != b) + 16 * (a > b) + 32 * (a >= b);
              A sum = a;
              sum += b;
              std::fprintf(out, "%%lld\\n%%lld\\n%%lld\\n%%lld\\n%%lld\\n", static_cast<long long>((a + b).raw),
                static_cast<long long>((a - b).raw), static_cast<long long>((a * b).raw), order,
                static_cast<long long>(sum.raw));
            }
          }
        }
        int main() {
          std::FILE *out = std::fopen("out", "w");
        %s  return std::fclose(out);
        }
        """.formatted(calls));
    assertThat(found).containsExactly(expected.stream().mapToLong(Long::longValue).toArray());
  }

  private static String cpp(FixedType t, boolean vitis) {
    String modes = t.rounding().name() + "," + t.overflow().name();
    return vitis ? "ap_" + (t.signed() ? "" : "u") + "fixed<" + t.width() + "," + t.integer() + ",AP_"
        + modes.replace(",", ",AP_") + ">"
        : "ac_fixed<" + t.width() + "," + t.integer() + "," + t.signed() + ",AC_" + modes.replace(",", ",AC_") + ">";
  }

  private static void expect(FixedType a, FixedType b, List<Long> expected) {
    int fraction = Math.max(a.fraction(), b.fraction());
    for (long x = least(a); x < least(a) + (1L << a.width()); x++) {
      expected.add(FixedMath.quantize(x, a.fraction(), b));
      expected.add(-x);
      for (long y = least(b); y < least(b) + (1L << b.width()); y++) {
        long ax = x << (fraction - a.fraction());
        long by = y << (fraction - b.fraction());
        expected.add(ax + by);
        expected.add(ax - by);
        expected.add(x * y);
        expected.add((ax < by ? 1L : 0) + (ax <= by ? 2 : 0) + (ax == by ? 4 : 0) + (ax != by ? 8 : 0)
            + (ax > by ? 16 : 0) + (ax >= by ? 32 : 0));
        expected.add(FixedMath.quantize(ax + by, fraction, a));
      }
    }
  }

  private static long least(FixedType t) {
    return t.signed() ? -(1L << (t.width() - 1)) : 0;
  }
}
