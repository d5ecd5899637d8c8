package org.burin.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Earth mover's distances of many pairs, by several threads. Every result is the same for any number of threads, bit
/// for bit.
///
/// An object belongs to one thread at a time, which works along with the others.
public final class EarthMoverBatch {
  /// Pairs that a thread takes at a time.
  private static final int CHUNK = 64;

  private final GroundCost ground;
  private final Worker[] workers;

  /// A solver that uses so many threads.
  ///
  /// @throws IllegalArgumentException when there is to be no thread
  public EarthMoverBatch(GroundCost ground, Formulation formulation, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(threads + " threads; expected at least 1");
    }
    this.ground = ground;
    workers = new Worker[threads];
    for (int t = 0; t < threads; t++) {
      workers[t] = new Worker(new EarthMover(ground, formulation));
    }
  }

  /// The distances of all pairs: of measure k of `x` to measure k of `y`.
  ///
  /// @throws IllegalArgumentException when the measures have other sites than the ground cost, both sides differ in
  ///     their number, or a pair cannot be solved; the message names the first such pair
  public double[] distances(Measures x, Measures y) {
    double[] distances = new double[x.count()];
    distances(x, y, distances);
    return distances;
  }

  /// As [#distances(Measures, Measures)], into an array.
  ///
  /// @param distances takes one number for each pair
  public void distances(Measures x, Measures y, double[] distances) {
    requirePairs(x, y, distances.length);
    run(x, y, (worker, k) -> distances[k] = worker.mover.distance(worker.x, worker.y));
  }

  /// The distances of all pairs and their gradients with respect to the masses as given ([EarthMover#gradient]).
  ///
  /// @param distances takes one number for each pair
  /// @param dx takes the derivatives for the sources, `[pair][site]`
  /// @param dy takes the derivatives for the targets, `[pair][site]`
  /// @throws IllegalArgumentException as [#distances(Measures, Measures)]
  public void gradients(Measures x, Measures y, double[] distances, double[] dx, double[] dy) {
    requirePairs(x, y, distances.length);
    int n = ground.sources();
    int m = ground.targets();
    if (dx.length != (long) x.count() * n || dy.length != (long) x.count() * m) {
      throw new IllegalArgumentException("gradients of " + x.count() + " pairs need " + (long) x.count() * n + " and "
          + (long) x.count() * m + " numbers; there is space for " + dx.length + " and " + dy.length);
    }
    run(x, y, (worker, k) -> {
      distances[k] = worker.mover.gradient(worker.x, worker.y, worker.u, worker.v);
      System.arraycopy(worker.u, 0, dx, k * n, n);
      System.arraycopy(worker.v, 0, dy, k * m, m);
    });
  }

  private void requirePairs(Measures x, Measures y, int results) {
    if (x.sites() != ground.sources() || y.sites() != ground.targets()) {
      throw new IllegalArgumentException("measures on " + x.sites() + " and " + y.sites() + " sites do not fit a "
          + ground);
    }
    if (x.count() != y.count() || results != x.count()) {
      throw new IllegalArgumentException(x.count() + " sources, " + y.count() + " targets and space for " + results
          + " distances do not make pairs");
    }
  }

  private void run(Measures x, Measures y, Work work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Failure> failure = new AtomicReference<>(Failure.NONE);
    int count = x.count();
    int useful = Math.clamp((count + CHUNK - 1) / CHUNK, 1, workers.length);
    Thread[] threads = new Thread[useful];
    for (int t = 1; t < useful; t++) {
      Worker worker = workers[t];
      threads[t] = Thread.ofPlatform().daemon().name("burin-transport-" + t)
          .start(() -> worker.run(x, y, work, next, failure));
    }
    workers[0].run(x, y, work, next, failure);
    for (int t = 1; t < useful; t++) {
      join(threads[t]);
    }
    failure.get().raise();
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the results are not usable before all threads have ended
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is done with a pair.
  private interface Work {
    void run(Worker worker, int pair);
  }

  /// What went wrong first, by the number of the pair.
  private record Failure(int pair, RuntimeException cause) {
    private static final Failure NONE = new Failure(Integer.MAX_VALUE, new IllegalStateException("none"));

    Failure first(Failure other) {
      return other.pair < pair ? other : this;
    }

    void raise() {
      if (pair != NONE.pair) {
        throw new IllegalArgumentException("pair " + pair + ": " + cause.getMessage(), cause);
      }
    }
  }

  /// A solver and its arrays.
  private static final class Worker {
    private final EarthMover mover;
    private final double[] x;
    private final double[] y;
    private final double[] u;
    private final double[] v;

    Worker(EarthMover mover) {
      this.mover = mover;
      x = new double[mover.ground().sources()];
      y = new double[mover.ground().targets()];
      u = new double[x.length];
      v = new double[y.length];
    }

    void run(Measures xs, Measures ys, Work work, AtomicInteger next, AtomicReference<Failure> failure) {
      int count = xs.count();
      // A failure ends the work on later pairs only, so that the one reported is the first whatever the threads do.
      for (int from = next.getAndAdd(CHUNK); from < count && from < failure.get().pair; from = next.getAndAdd(CHUNK)) {
        for (int k = from; k < Math.min(from + CHUNK, count); k++) {
          try {
            xs.read(k, x);
            ys.read(k, y);
            work.run(this, k);
          } catch (RuntimeException e) {
            failure.accumulateAndGet(new Failure(k, e), Failure::first);
            break;
          }
        }
      }
    }
  }
}
