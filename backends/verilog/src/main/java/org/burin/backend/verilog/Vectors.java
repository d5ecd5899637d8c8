package org.burin.backend.verilog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.netlist.Range;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.verify.References;

/// Samples as text: a line of hexadecimal digits for all ports of a direction together, the first port lowest.
final class Vectors {
  private Vectors() {}

  /// The bits of all ports.
  static int width(List<Layout> ports) {
    return ports.stream().mapToInt(Layout::width).sum();
  }

  /// Samples of raw integers as lines.
  static String lines(List<Layout> ports, int samples, Map<String, long[]> raw) {
    int width = width(ports);
    StringBuilder s = new StringBuilder();
    for (int k = 0; k < samples; k++) {
      int[] words = new int[(width + 31) / 32];
      int offset = 0;
      for (Layout l : ports) {
        int[] own = new int[l.words()];
        l.pack(Objects.requireNonNull(raw.get(l.port().name())), k * l.size(), own);
        copy(own, 0, words, offset, l.width());
        offset += l.width();
      }
      for (int digit = (width + 3) / 4 - 1; digit >= 0; digit--) {
        s.append(Character.forDigit(words[digit >> 3] >>> (4 * (digit & 7)) & 15, 16));
      }
      s.append('\n');
    }
    return s.toString();
  }

  /// Reads lines into raw integers.
  ///
  /// @throws IllegalArgumentException when there are fewer lines than samples
  static Map<String, long[]> parse(List<Layout> ports, int samples, List<String> lines) {
    int width = width(ports);
    if (lines.size() < samples) {
      throw new IllegalArgumentException("expected " + samples + " samples, found " + lines.size());
    }
    Map<String, long[]> raw = new LinkedHashMap<>();
    ports.forEach(l -> raw.put(l.port().name(), new long[samples * l.size()]));
    for (int k = 0; k < samples; k++) {
      int[] words = new int[(width + 31) / 32];
      String line = lines.get(k);
      for (int i = 0; i < line.length(); i++) {
        int digit = line.length() - 1 - i;
        int value = Character.digit(line.charAt(i), 16);
        if (value < 0) {
          throw new IllegalArgumentException("sample " + k + ": expected hexadecimal digits, found '" + line
              + "': an output is unknown or floats");
        }
        words[digit >> 3] |= value << (4 * (digit & 7));
      }
      int offset = 0;
      for (Layout l : ports) {
        int[] own = new int[l.words()];
        copy(words, offset, own, 0, l.width());
        l.unpack(own, Objects.requireNonNull(raw.get(l.port().name())), k * l.size());
        offset += l.width();
      }
    }
    return raw;
  }

  private static void copy(int[] from, int fromBit, int[] to, int toBit, int bits) {
    for (int b = 0; b < bits; b++) {
      int at = fromBit + b;
      int into = toBit + b;
      to[into >> 5] |= (from[at >> 5] >>> (at & 31) & 1) << (into & 31);
    }
  }

  /// Inputs for a test bench: the ends of all ranges, then random numbers.
  static Map<String, long[]> inputs(Design design, int samples) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    Map<String, long[]> inputs = new LinkedHashMap<>();
    for (Layout l : design.inputs()) {
      long[] raw = new long[samples * l.size()];
      for (int i = 0; i < raw.length; i++) {
        Operand o = l.port().elements().get(i % l.size());
        Range r = design.net(o.net()).range();
        long net = switch (i / l.size()) {
          case 0 -> Math.clamp(0L, r.low(), r.high());
          case 1 -> r.low();
          case 2 -> r.high();
          default -> r.high() == Long.MAX_VALUE ? random.nextLong(r.low(), r.high())
              : random.nextLong(r.low(), r.high() + 1);
        };
        raw[i] = net << o.shift();
      }
      inputs.put(l.port().name(), raw);
    }
    return inputs;
  }

  /// What the definition of a program gives for inputs.
  static Map<String, long[]> outputs(Program program, int samples, Map<String, long[]> inputs) {
    try (Execution reference = References.of(program)) {
      Map<String, long[]> outputs = new LinkedHashMap<>();
      reference.run(samples, inputs).forEach((name, raw) -> outputs.put(name, repeated(program, name, raw, samples)));
      return outputs;
    }
  }

  /// The numbers for each sample of an output that may be the same for all.
  private static long[] repeated(Program program, String name, long[] raw, int samples) {
    if (!Objects.requireNonNull(program.outputs().get(name)).isBound()) {
      return raw;
    }
    long[] all = new long[raw.length * samples];
    Arrays.setAll(all, i -> raw[i % raw.length]);
    return all;
  }
}
