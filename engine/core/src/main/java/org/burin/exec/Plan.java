package org.burin.exec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.Value;
import org.burin.tensor.KernelGuard;
import org.burin.tensor.Kernels;
import org.burin.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A graph compiled into a schedule of kernels over preallocated buffers.
///
/// Fill the tensors that [#input] returns, call [#run], read those that [#output] returns. Parameters are the caller's tensors:
/// they are read in place, and the graph's updates write into them at the end of a run. A steady-state run allocates nothing.
/// Results do not depend on the number of threads. Not thread-safe: one run at a time.
public final class Plan {
  /// Steps of fewer elementary operations than this are not worth sharing: a barrier costs about as much.
  private static final long WORTH_SHARING = 16_384;

  private final String name;
  private final List<Step> schedule;
  private final Step[] steps;
  private final boolean[] shared;
  private final int firstLate;
  private final Map<String, Tensor> inputs;
  private final Map<String, Tensor> outputs;
  private final Map<Value, Tensor> kept;
  private final String guardName;
  private final @Nullable Buffer guard;
  private final @Nullable Workers workers;
  private final float[][] scratch;
  private final int temporaries;
  private final Workers.Task share = this::share;
  private final Pace pace = new Pace();
  private Kernels kernels = KernelGuard.shared().current();
  private boolean stopped;

  Plan(PlanCompiler.Result compiled, PlanOptions options) {
    name = compiled.name();
    schedule = compiled.steps();
    steps = schedule.toArray(new Step[0]);
    firstLate = compiled.firstLate();
    inputs = new LinkedHashMap<>(compiled.inputs());
    outputs = new LinkedHashMap<>(compiled.outputs());
    kept = compiled.kept();
    guardName = options.guard();
    guard = compiled.guard();
    temporaries = compiled.temporaries();
    shared = new boolean[steps.length];
    boolean anyShared = false;
    int scratchSize = 0;
    for (int i = 0; i < steps.length; i++) {
      shared[i] = options.threads() > 1 && steps[i].cost() >= WORTH_SHARING;
      anyShared |= shared[i];
      scratchSize = Math.max(scratchSize, steps[i].scratch(kernels));
    }
    workers = anyShared ? Workers.shared(options.threads()) : null;
    int team = workers == null ? 1 : workers.size();
    scratch = new float[team][scratchSize];
    for (Step step : steps) {
      step.prepare(team);
    }
  }

  /// Compiles a graph whose batch size is bound.
  ///
  /// @param parameters a tensor for every parameter of the graph, by name; more are ignored
  /// @throws GraphException when the batch size is open, or a parameter is missing or has another shape
  public static Plan compile(Graph graph, Map<String, Tensor> parameters, PlanOptions options) {
    return new Plan(new PlanCompiler(graph, parameters, options).compile(), options);
  }

  /// The tensor to fill before a run.
  ///
  /// @throws GraphException when the graph has no such input
  public Tensor input(String input) {
    return named(inputs, "input", input);
  }

  /// The tensor that holds a result after a run; the next run overwrites it.
  ///
  /// @throws GraphException when the graph has no such output
  public Tensor output(String output) {
    return named(outputs, "output", output);
  }

  /// What a value of the graph came out as in the last run; only for plans compiled with [PlanOptions#keepAll].
  ///
  /// @throws GraphException when the value was not kept
  public Tensor value(Value v) {
    Tensor t = kept.get(v);
    if (t == null) {
      throw new GraphException("plan of graph '" + name + "' did not keep " + v + "; compile it with keepingAll()");
    }
    return t;
  }

  /// Runs the graph once.
  ///
  /// @throws NonFiniteException when the guarded output is not finite; parameters are then unchanged
  public void run() {
    KernelGuard watch = KernelGuard.shared();
    kernels = watch.current();
    long before = KernelGuard.allocatedBytes();
    if (workers == null) {
      runAlone();
    } else {
      runPaced(workers);
    }
    watch.observe(KernelGuard.allocatedBytes() - before);
  }

  private void runPaced(Workers team) {
    long start = System.nanoTime();
    if (pace.together()) {
      stopped = false;
      team.run(share);
      checkGuard();
    } else {
      runAlone();
    }
    pace.took(System.nanoTime() - start);
  }

  private void runAlone() {
    float[] own = scratch[0];
    for (int i = 0; i < firstLate; i++) {
      steps[i].run(kernels, 0, 1, own);
    }
    checkGuard();
    for (int i = firstLate; i < steps.length; i++) {
      steps[i].run(kernels, 0, 1, own);
    }
  }

  /// The threads that help the caller's, if any.
  Thread[] threads() {
    return workers == null ? new Thread[0] : workers.threads();
  }

  /// Floats of memory for temporary values, after reuse.
  public int temporaries() {
    return temporaries;
  }

  /// The schedule, a step a line.
  @Override
  public String toString() {
    StringBuilder s = new StringBuilder("plan of ").append(name).append(", ").append(steps.length)
        .append(" steps, ").append(temporaries).append(" floats of temporaries\n");
    for (int i = 0; i < steps.length; i++) {
      s.append(i == firstLate ? "  -- updates\n" : "").append("  ").append(schedule.get(i).name()).append('\n');
    }
    return s.toString();
  }

  private void share(int worker) {
    Workers team = workers;
    if (team == null) {
      return;
    }
    for (int i = 0; i < steps.length; i++) {
      if (i == firstLate) {
        if (worker == 0) {
          stopped = team.failed() || (guard != null && !Float.isFinite(guard.scalar()));
        }
        team.barrier();
      }
      boolean skip = (i >= firstLate && stopped) || team.failed();
      if (!skip && (shared[i] || worker == 0)) {
        runShare(team, i, worker);
      }
      if (shared[i] || (i + 1 < steps.length && shared[i + 1])) {
        team.barrier();
      }
    }
  }

  private void runShare(Workers team, int i, int worker) {
    try {
      steps[i].run(kernels, shared[i] ? worker : 0, shared[i] ? team.size() : 1, scratch[worker]);
    } catch (RuntimeException | Error thrown) { // kept for the caller; the others must not wait for this one
      team.fail(thrown);
    }
  }

  private void checkGuard() {
    if (guard != null && !Float.isFinite(guard.scalar())) {
      throw new NonFiniteException(guardName, guard.scalar());
    }
  }

  private Tensor named(Map<String, Tensor> tensors, String kind, String wanted) {
    Tensor t = tensors.get(wanted);
    if (t == null) {
      throw new GraphException(
          "graph '" + name + "' has no " + kind + " '" + wanted + "'; there are " + tensors.keySet());
    }
    return t;
  }
}
