package org.burin.codegen.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.codegen.spi.Program;

/// Inputs for a program, as many as one asks for, the same for the same seed.
///
/// For a fixed-point program the first samples are chosen: corners of the inputs' ranges, and for each layer those that
/// drive its sums to their extremes ([#directed] says how many). The others are random: any numbers of the range, ends
/// of the range only, or mostly zeros. For a float program the first samples are zeros and ones of both signs, the
/// others random numbers of all sizes around 1.
public final class TestVectors {
  /// Samples that are made at a time.
  public static final int BLOCK = 1024;

  private final long seed;
  private final List<Map<String, long[]>> directed;
  private final Map<String, Integer> sizes;
  private final Draw draw;

  /// Draws one sample of one input.
  @FunctionalInterface
  private interface Draw {
    void fill(String input, RandomGenerator random, long[] into, int offset);
  }

  private TestVectors(long seed, List<Map<String, long[]>> directed, Map<String, Integer> sizes, Draw draw) {
    this.seed = seed;
    this.directed = List.copyOf(directed);
    this.sizes = sizes;
    this.draw = draw;
  }

  /// Inputs for a fixed-point program of which only the corners of ranges are chosen: those take no time to find.
  public static TestVectors corners(Program.Fixed program, long seed) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    program.inputs().forEach((name, shape) -> sizes.put(name, Relaxation.sampleSize(shape)));
    return fixed(program, seed, sizes, false);
  }

  /// Inputs for a program.
  public static TestVectors of(Program program, long seed) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    program.inputs().forEach((name, shape) -> sizes.put(name, Relaxation.sampleSize(shape)));
    return switch (program) {
      case Program.Fixed p -> fixed(p, seed, sizes, true);
      case Program.Floating _ -> new TestVectors(seed, floatCorners(sizes), sizes, (input, random, into, offset) ->
          drawFloats(random, into, offset, sizes.getOrDefault(input, 0)));
    };
  }

  /// How many samples are chosen, not random.
  public int directed() {
    return directed.size();
  }

  /// The samples `number * BLOCK` and following.
  ///
  /// @param samples how many, at most [#BLOCK]
  /// @return for every input its numbers as in [org.burin.codegen.spi.Execution]
  public Map<String, long[]> block(long number, int samples) {
    Map<String, long[]> block = new LinkedHashMap<>();
    sizes.forEach((name, size) -> block.put(name, new long[samples * size]));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + number * 0x9E3779B97F4A7C15L);
    for (int s = 0; s < samples; s++) {
      long index = number * BLOCK + s;
      for (Map.Entry<String, long[]> e : block.entrySet()) {
        int size = sizes.getOrDefault(e.getKey(), 0);
        if (index < directed.size()) {
          long[] chosen = directed.get((int) index).getOrDefault(e.getKey(), new long[size]);
          System.arraycopy(chosen, 0, e.getValue(), s * size, size);
        } else {
          draw.fill(e.getKey(), random, e.getValue(), s * size);
        }
      }
    }
    return block;
  }

  /// The sample of that number alone.
  public Map<String, long[]> sample(long index) {
    int place = (int) (index % BLOCK);
    Map<String, long[]> sample = new LinkedHashMap<>();
    block(index / BLOCK, place + 1).forEach((name, numbers) -> sample.put(
        name, Arrays.copyOfRange(numbers, numbers.length / (place + 1) * place, numbers.length)));
    return sample;
  }

  // ---- fixed point ------------------------------------------------------------------------------------------------

  private static TestVectors fixed(
      Program.Fixed program, long seed, Map<String, Integer> sizes, boolean extremes) {
    Map<String, InputRange> ranges = new LinkedHashMap<>();
    program.graph().inputs().stream().map(InputRange::of).forEach(r -> ranges.put(r.name(), r));
    List<InputRange> list = List.copyOf(ranges.values());
    List<Map<String, long[]>> directed = new ArrayList<>(corners(list));
    if (extremes) {
      directed.addAll(Adversary.extremes(program.graph(), list));
    }
    return new TestVectors(seed, directed, sizes, (input, random, into, offset) -> {
      InputRange r = ranges.get(input);
      if (r != null) {
        drawRaw(r, random, into, offset);
      }
    });
  }

  /// Smallest, largest, both in turn, and zero.
  private static List<Map<String, long[]>> corners(List<InputRange> ranges) {
    List<Map<String, long[]>> corners = new ArrayList<>();
    for (int kind = 0; kind < 5; kind++) {
      Map<String, long[]> sample = new LinkedHashMap<>();
      for (InputRange r : ranges) {
        int k = kind;
        sample.put(r.name(), array(r.size(), i -> switch (k) {
          case 0 -> r.small(i);
          case 1 -> r.low()[i];
          case 2 -> r.high()[i];
          default -> (i + k) % 2 == 0 ? r.low()[i] : r.high()[i];
        }));
      }
      corners.add(sample);
    }
    return corners;
  }

  private static void drawRaw(InputRange r, RandomGenerator random, long[] into, int offset) {
    int kind = random.nextInt(8);
    for (int i = 0; i < r.size(); i++) {
      into[offset + i] = switch (kind) {
        case 0 -> random.nextBoolean() ? r.low()[i] : r.high()[i];
        case 1 -> random.nextInt(8) == 0 ? r.random(i, random) : r.small(i);
        default -> r.random(i, random);
      };
    }
  }

  // ---- floats -----------------------------------------------------------------------------------------------------

  private static List<Map<String, long[]>> floatCorners(Map<String, Integer> sizes) {
    List<Map<String, long[]>> corners = new ArrayList<>();
    for (float x : new float[] {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_NORMAL}) {
      Map<String, long[]> sample = new LinkedHashMap<>();
      sizes.forEach((name, size) -> sample.put(name, array(size, i -> Float.floatToIntBits(x))));
      corners.add(sample);
    }
    return corners;
  }

  private static void drawFloats(RandomGenerator random, long[] into, int offset, int size) {
    int kind = random.nextInt(8);
    float scale = kind == 0 ? Math.scalb(1f, random.nextInt(-30, 16)) : 1f;
    for (int i = 0; i < size; i++) {
      float x = kind == 1 && random.nextInt(4) != 0 ? 0f : (random.nextFloat() * 6 - 3) * scale;
      into[offset + i] = Float.floatToIntBits(x);
    }
  }

  private static long[] array(int size, IntToLongFunction element) {
    long[] a = new long[size];
    Arrays.setAll(a, element);
    return a;
  }
}
