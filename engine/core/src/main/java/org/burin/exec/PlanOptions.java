package org.burin.exec;

/// How a graph is compiled.
///
/// @param threads how many threads share the work, at least 1; the results do not depend on it
/// @param guard the name of an output of one element that must be finite, or empty: when it is not, [Plan#run] leaves all
///     parameters as they were and throws [NonFiniteException]
/// @param keepAll whether every value of the graph keeps a buffer of its own, to be read with [Plan#value]; slower
public record PlanOptions(int threads, String guard, boolean keepAll) {
  /// One thread, no guard.
  public static final PlanOptions DEFAULT = new PlanOptions(1, "", false);

  /// Checks the number of threads.
  ///
  /// @throws IllegalArgumentException when it is below 1
  public PlanOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("a plan needs at least 1 thread, found " + threads);
    }
  }

  /// The same options with another number of threads.
  public PlanOptions withThreads(int n) {
    return new PlanOptions(n, guard, keepAll);
  }

  /// The same options with another guard.
  public PlanOptions withGuard(String output) {
    return new PlanOptions(threads, output, keepAll);
  }

  /// The same options with every value kept.
  public PlanOptions keepingAll() {
    return new PlanOptions(threads, guard, true);
  }
}
