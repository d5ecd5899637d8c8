package org.burin.exec;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A team of threads that run a plan together: the caller and `size - 1` daemon threads.
///
/// Steps are a few microseconds long, so waiting is by spinning first, then yielding, and, between runs, parking. Nothing is
/// allocated per run.
final class Workers {
  /// What every member of the team runs.
  interface Task {
    /// Does a member's share.
    ///
    /// @param worker 0 (the caller's thread) to `size - 1`
    void run(int worker);
  }

  private static final int SPINS = 2_000;
  private static final int YIELDS = 200;

  private static final Map<Integer, Workers> SHARED = new ConcurrentHashMap<>();

  private final int size;
  private final Thread[] threads;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int phase;
  private volatile int generation;
  private volatile @Nullable Task task;
  private volatile @Nullable Throwable failure;

  Workers(int size) {
    this.size = size;
    threads = new Thread[size - 1];
    for (int i = 0; i < threads.length; i++) {
      int worker = i + 1;
      threads[i] = Thread.ofPlatform().daemon().name("burin-worker-" + worker).unstarted(() -> serve(worker));
      threads[i].start();
    }
  }

  /// The team of this size that all plans share, one run at a time.
  static Workers shared(int size) {
    return SHARED.computeIfAbsent(size, Workers::new);
  }

  int size() {
    return size;
  }

  /// The daemon threads, without the caller's.
  Thread[] threads() {
    return threads.clone();
  }

  /// Runs the task on every member and returns when all are done. A failure of any member is thrown here.
  synchronized void run(Task work) {
    task = work;
    failure = null;
    int next = generation + 1;
    generation = next;
    for (Thread t : threads) {
      LockSupport.unpark(t);
    }
    attempt(work, 0);
    barrier();
    task = null;
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
  }

  /// Whether some member has failed; the others then skip their work but still come to the barriers.
  boolean failed() {
    return failure != null;
  }

  /// Remembers a failure; the first one wins.
  void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /// Waits until all members have come here.
  @SuppressWarnings("ThreadPriorityCheck") // yields only when the other threads have no processor to run on
  void barrier() {
    int current = phase;
    if (arrived.incrementAndGet() == size) {
      arrived.set(0);
      phase = current + 1;
      return;
    }
    int spins = 0;
    while (phase == current) {
      if (++spins < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void attempt(Task work, int worker) {
    try {
      work.run(worker);
    } catch (Throwable thrown) { // handed to the caller of run
      fail(thrown);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // as in barrier
  private void serve(int worker) {
    int seen = 0;
    while (true) {
      int waits = 0;
      while (generation == seen) {
        if (++waits < SPINS) {
          Thread.onSpinWait();
        } else if (waits < SPINS + YIELDS) {
          Thread.yield();
        } else {
          LockSupport.park(this);
        }
      }
      seen = generation;
      Task work = task;
      if (work != null) {
        attempt(work, worker);
      }
      barrier();
    }
  }
}
