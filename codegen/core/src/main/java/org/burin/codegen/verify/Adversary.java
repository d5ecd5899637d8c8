package org.burin.codegen.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedOp;
import org.burin.fixed.FixedValue;
import org.burin.grad.Gradients;
import org.burin.ir.Graph;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Tensor;

/// Finds inputs that drive the sums of matrix products and convolutions to their extremes, where accumulators that are
/// too narrow overflow.
///
/// A sum over inputs is largest where every input with a positive weight is as large as its range lets it be, and every
/// other as small: the very numbers from which interval arithmetic takes the bound of the sum, so that the bound is
/// reached. Behind other layers the signs come from the gradient, a few times over, and then a random search moves some
/// elements at a time to an end of their range and keeps what helps; there the bound may not be reachable at all, since
/// it takes the elements of a layer's input as independent.
final class Adversary {
  /// Elements of one value that are driven to both extremes.
  private static final int ELEMENTS = 64;

  /// Steps along the gradient.
  private static final int CLIMBS = 4;

  /// Steps of the random search.
  private static final int MOVES = 100;
  private static final String SEED = "\u0001seed";
  private static final String TARGET = "\u0001target";
  private static final String GRADIENT = "\u0001gradient ";

  private final FixedGraph graph;
  private final List<InputRange> ranges;
  private final List<Map<String, long[]>> found = new ArrayList<>();

  private Adversary(FixedGraph graph, List<InputRange> ranges) {
    this.graph = graph;
    this.ranges = ranges;
  }

  /// Samples, each with the raw integers of every input, that make some sum of the graph as large or small as was
  /// found.
  static List<Map<String, long[]>> extremes(FixedGraph graph, List<InputRange> ranges) {
    Adversary a = new Adversary(graph, ranges);
    for (FixedValue v : graph.values()) {
      boolean sums = v.op() instanceof FixedOp.MatMul || v.op() instanceof FixedOp.Conv2d
          || v.op() instanceof FixedOp.Conv2dTranspose;
      if (sums && v.shape().batchAxis() == 0) {
        a.drive(v);
      }
    }
    return a.found;
  }

  /// The gradient of a sum of `target` with weights that are fed, in every input.
  private Graph gradient(FixedValue target, int samples) {
    Graph relaxed = Relaxation.of(graph, Map.of(TARGET, target)).bind(samples);
    GraphBuilder b = GraphBuilder.continuing(relaxed);
    Value result = relaxed.output(TARGET);
    Value seed = b.input(SEED, result.shape());
    List<Value> inputs = ranges.stream().map(r -> relaxed.input(r.name())).toList();
    List<Value> gradients = Gradients.of(b, result, seed, inputs);
    for (int i = 0; i < gradients.size(); i++) {
      b.output(GRADIENT + ranges.get(i).name(), gradients.get(i));
    }
    return b.build();
  }

  /// Adds two samples for each of up to [#ELEMENTS] elements of a value: one for its largest, one for its smallest
  /// number.
  private void drive(FixedValue target) {
    int size = Relaxation.sampleSize(target.shape());
    int count = Math.min(size, ELEMENTS);
    Search search = new Search(target, size, count);
    search.run();
    for (int s = 0; s < 2 * count; s++) {
      found.add(sample(search.best, s));
    }
  }

  /// The search for the extremes of some elements of one value, all at the same time: sample 2i makes element i large,
  /// sample 2i + 1 makes it small.
  private final class Search {
    final List<long[]> best;
    private final List<long[]> tries;
    private final int size;
    private final int samples;
    private final int[] elements;
    private final float[] most;
    private final Plan plan;
    private final RandomGenerator random;

    Search(FixedValue target, int size, int count) {
      this.size = size;
      samples = 2 * count;
      tries = ranges.stream().map(r -> new long[samples * r.size()]).toList();
      best = ranges.stream().map(r -> new long[samples * r.size()]).toList();
      plan = Plan.compile(gradient(target, samples), Map.of(), PlanOptions.DEFAULT);
      random = RandomGeneratorFactory.of("L64X128MixRandom").create(target.id());
      most = new float[samples];
      Arrays.fill(most, Float.NEGATIVE_INFINITY);
      elements = new int[samples];
      for (int s = 0; s < samples; s++) {
        elements[s] = (int) ((long) (s / 2) * size / count);
        plan.input(SEED).data()[s * size + elements[s]] = s % 2 == 0 ? 1 : -1;
      }
    }

    void run() {
      for (int i = 0; i < ranges.size(); i++) {
        InputRange r = ranges.get(i);
        Arrays.setAll(tries.get(i), k -> r.small(k % r.size()));
      }
      for (int i = 0; i < CLIMBS; i++) {
        evaluate();
        climb(plan, tries);
      }
      for (int i = 0; i < MOVES; i++) {
        evaluate();
        for (int s = 0; s < samples; s++) {
          copySample(best, tries, s);
          move(s);
        }
      }
    }

    /// Keeps the samples that go further than the best so far.
    private void evaluate() {
      feed(plan, tries);
      plan.run();
      for (int s = 0; s < samples; s++) {
        float reached = plan.output(TARGET).data()[s * size + elements[s]] * (s % 2 == 0 ? 1 : -1);
        if (reached > most[s]) {
          most[s] = reached;
          copySample(tries, best, s);
        }
      }
    }

    private void move(int s) {
      for (int moved = 1 + random.nextInt(3); moved > 0; moved--) {
        int i = random.nextInt(ranges.size());
        InputRange r = ranges.get(i);
        int k = random.nextInt(r.size());
        tries.get(i)[s * r.size() + k] = random.nextBoolean() ? r.high()[k] : r.low()[k];
      }
    }
  }

  private void feed(Plan plan, List<long[]> raw) {
    for (int i = 0; i < ranges.size(); i++) {
      float[] to = plan.input(ranges.get(i).name()).data();
      for (int k = 0; k < to.length; k++) {
        to[k] = Relaxation.number(raw.get(i)[k], ranges.get(i).fraction());
      }
    }
  }

  /// Moves every element to the end of its range that its gradient points to.
  private void climb(Plan plan, List<long[]> raw) {
    for (int i = 0; i < ranges.size(); i++) {
      InputRange r = ranges.get(i);
      Tensor gradient = plan.output(GRADIENT + r.name());
      for (int k = 0; k < gradient.size(); k++) {
        float slope = gradient.data()[k];
        if (slope != 0) {
          raw.get(i)[k] = slope > 0 ? r.high()[k % r.size()] : r.low()[k % r.size()];
        }
      }
    }
  }

  private void copySample(List<long[]> from, List<long[]> to, int s) {
    for (int i = 0; i < ranges.size(); i++) {
      int size = ranges.get(i).size();
      System.arraycopy(from.get(i), s * size, to.get(i), s * size, size);
    }
  }

  private Map<String, long[]> sample(List<long[]> all, int s) {
    Map<String, long[]> one = new LinkedHashMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      InputRange r = ranges.get(i);
      one.put(r.name(), Arrays.copyOfRange(Objects.requireNonNull(all.get(i)), s * r.size(), (s + 1) * r.size()));
    }
    return one;
  }
}
