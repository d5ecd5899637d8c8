package org.burin.codegen.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.spi.ToolException;
import org.jspecify.annotations.Nullable;

/// Compares executions of a program with its definition, number by number, over many test vectors.
public final class Verification {
  /// One way to compute the program.
  ///
  /// @param name the row of the matrix, such as `jvm`
  /// @param execution what is compared
  public record Stage(String name, Execution execution) {}

  /// What a comparison found.
  ///
  /// @param stage the row of the matrix
  /// @param vectors the number of samples compared
  /// @param mismatches the number of samples in which some number differs
  /// @param first the first difference, empty where there is none
  /// @param problem why the stage was not compared to the end; empty when it was
  public record Row(
      String stage, long vectors, long mismatches, Optional<Divergence> first, String problem) {
    /// Whether everything was compared and nothing differs.
    public boolean holds() {
      return mismatches == 0 && problem.isEmpty();
    }

    /// The row with the first difference described in another way.
    public Row withFirst(Optional<Divergence> other) {
      return new Row(stage, vectors, mismatches, other, problem);
    }
  }

  private final Program program;
  private final Execution reference;
  private final List<Progress> stages;

  /// What has been found of a stage so far.
  private static final class Progress {
    final Stage stage;
    long vectors;
    long mismatches;
    @Nullable Divergence first;
    String problem = "";

    Progress(Stage stage) {
      this.stage = stage;
    }

    Row row() {
      return new Row(stage.name(), vectors, mismatches, Optional.ofNullable(first), problem);
    }
  }

  private Verification(Program program, Execution reference, List<Stage> stages) {
    this.program = program;
    this.reference = reference;
    this.stages = stages.stream().map(Progress::new).toList();
  }

  /// Runs the definition and all stages over so many vectors.
  ///
  /// A stage whose tool fails is given up: its row says why.
  ///
  /// @param reference what is right
  /// @param progress is told how many vectors are done
  /// @return a row for each stage, in order
  public static List<Row> run(Program program, Execution reference, List<Stage> stages, TestVectors vectors, long count,
      LongConsumer progress) {
    Verification v = new Verification(program, reference, stages);
    v.run(vectors, count, progress);
    return v.stages.stream().map(Progress::row).toList();
  }

  /// A block of test vectors with what they should give.
  private record Block(
      long first, int samples, Map<String, long[]> inputs, Map<String, long[]> expected) {}

  /// The definition is ahead by one block, on a thread of its own.
  private void run(TestVectors vectors, long count, LongConsumer progress) {
    try (ExecutorService ahead = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory())) {
      long blocks = (count + TestVectors.BLOCK - 1) / TestVectors.BLOCK;
      Future<Block> next = ahead.submit(() -> block(vectors, 0, count));
      for (long b = 0; b < blocks; b++) {
        Block block = get(next);
        long following = b + 1;
        if (following < blocks) {
          next = ahead.submit(() -> block(vectors, following, count));
        }
        stages.forEach(s -> compare(s, block));
        progress.accept(block.first() + block.samples());
      }
    }
  }

  private Block block(TestVectors vectors, long number, long count) {
    long first = number * TestVectors.BLOCK;
    int samples = (int) Math.min(TestVectors.BLOCK, count - first);
    Map<String, long[]> inputs = vectors.block(number, samples);
    return new Block(first, samples, inputs, reference.run(samples, inputs));
  }

  private static Block get(Future<Block> block) {
    try {
      return block.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the comparison was interrupted", e);
    }
  }

  private void compare(Progress p, Block block) {
    if (!p.problem.isEmpty()) {
      return;
    }
    Map<String, long[]> actual;
    try {
      actual = p.stage.execution().run(block.samples(), block.inputs());
    } catch (ToolException e) {
      p.problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
      return;
    }
    boolean[] differs = new boolean[block.samples()];
    for (Map.Entry<String, long[]> e : block.expected().entrySet()) {
      long[] found = actual.get(e.getKey());
      if (found == null || found.length != e.getValue().length) {
        p.problem = "output '" + e.getKey() + "' has " + (found == null ? "no" : found.length) + " numbers for "
            + block.samples() + " samples, expected " + e.getValue().length;
        return;
      }
      compare(p, block, e.getKey(), e.getValue(), found, differs);
    }
    p.vectors += block.samples();
    for (boolean d : differs) {
      p.mismatches += d ? 1 : 0;
    }
  }

  private void compare(Progress p, Block block, String output, long[] expected, long[] found, boolean[] differs) {
    int size = expected.length / block.samples();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i] != found[i]) {
        int sample = i / size;
        differs[sample] = true;
        long index = block.first() + sample;
        if (p.first == null || index < p.first.sample()) {
          p.first = Outputs.describe(program, output, index, i % size, expected[i], found[i]);
        }
      }
    }
  }

  /// All rows as a table for people, with the first difference of each under it.
  public static String table(List<Row> rows) {
    List<String[]> cells = new ArrayList<>();
    cells.add(new String[] {"stage", "vectors", "mismatches", "result"});
    for (Row r : rows) {
      cells.add(new String[] {r.stage(), Long.toString(r.vectors()), Long.toString(r.mismatches()),
        r.holds() ? "ok" : r.problem().isEmpty() ? "DIFFERS" : "NOT COMPARED"});
    }
    int[] widths = new int[4];
    cells.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length())));
    StringBuilder s = new StringBuilder();
    for (String[] row : cells) {
      s.append(row[0]).repeat(' ', widths[0] - row[0].length());
      for (int i = 1; i <= 2; i++) {
        s.append("  ").repeat(' ', widths[i] - row[i].length()).append(row[i]);
      }
      s.append("  ").append(row[3]).append('\n');
    }
    for (Row r : rows) {
      r.first().ifPresent(d -> s.append(r.stage()).append(": first difference: ").append(d).append('\n'));
      if (!r.problem().isEmpty()) {
        s.append(r.stage()).append(": ").append(r.problem()).append('\n');
      }
    }
    return s.toString();
  }
}
