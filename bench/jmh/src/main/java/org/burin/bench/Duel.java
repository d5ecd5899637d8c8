package org.burin.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/// Times two tasks against each other, in rounds that alternate between them: what slows the machine down for a while
/// slows both, and a ratio within a round does not see it.
final class Duel {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /// What is measured.
  enum Clock {
    /// CPU time of the thread that runs the task: other processes do not count
    THREAD_CPU {
      @Override
      long nanos() {
        return THREADS.getCurrentThreadCpuTime();
      }
    },
    /// CPU time of all threads of the process, those of the JVM included
    PROCESS_CPU {
      @Override
      long nanos() {
        return SYSTEM.getProcessCpuTime();
      }
    },
    /// elapsed time
    WALL {
      @Override
      long nanos() {
        return System.nanoTime();
      }
    };

    abstract long nanos();
  }

  /// How long to measure.
  ///
  /// @param warmUp CPU time of each task before the first round, in nanoseconds
  /// @param round CPU time of each task in a round, in nanoseconds; a round has at least one run of each
  /// @param rounds number of rounds
  record Effort(long warmUp, long round, int rounds) {
    static Effort millis(long warmUp, long round, int rounds) {
      return new Effort(warmUp * 1_000_000, round * 1_000_000, rounds);
    }
  }

  /// What came out on one clock.
  ///
  /// @param burin microseconds of one run of the first task
  /// @param peer microseconds of one run of the second task
  /// @param ratio how many times as long the second task took, round by round
  record Result(Quantiles burin, Quantiles peer, Quantiles ratio) {
    static Result of(double[] burin, double[] peer) {
      double[] ratio = new double[burin.length];
      for (int i = 0; i < ratio.length; i++) {
        ratio[i] = peer[i] / burin[i];
      }
      return new Result(Quantiles.of(burin), Quantiles.of(peer), Quantiles.of(ratio));
    }
  }

  private final Runnable burin;
  private final Runnable peer;

  Duel(Runnable burin, Runnable peer) {
    this.burin = burin;
    this.peer = peer;
  }

  /// Runs both tasks for at least the given CPU time each.
  void warmUp(Effort effort) {
    runs(burin, effort.warmUp());
    runs(peer, effort.warmUp());
  }

  /// Measures both tasks.
  Map<Clock, Result> measure(Effort effort) {
    int burinRuns = runs(burin, effort.round());
    int peerRuns = runs(peer, effort.round());
    Clock[] clocks = Clock.values();
    double[][] burinMicros = new double[clocks.length][effort.rounds()];
    double[][] peerMicros = new double[clocks.length][effort.rounds()];
    for (int round = 0; round < effort.rounds(); round++) {
      boolean burinFirst = round % 2 == 0;
      if (burinFirst) {
        time(burin, burinRuns, burinMicros, round);
      }
      time(peer, peerRuns, peerMicros, round);
      if (!burinFirst) {
        time(burin, burinRuns, burinMicros, round);
      }
    }
    Map<Clock, Result> results = new EnumMap<>(Clock.class);
    for (int i = 0; i < clocks.length; i++) {
      results.put(clocks[i], Result.of(burinMicros[i], peerMicros[i]));
    }
    return results;
  }

  /// Runs a task until its thread has spent this time on it, and says how often that was.
  private static int runs(Runnable task, long nanos) {
    long start = Clock.THREAD_CPU.nanos();
    int runs = 0;
    int chunk = 1;
    while (Clock.THREAD_CPU.nanos() - start < nanos) {
      repeat(task, chunk);
      runs += chunk;
      chunk = Math.min(2 * chunk, 1 + runs / 16);
    }
    return Math.max(1, runs);
  }

  private static void time(Runnable task, int runs, double[][] micros, int round) {
    Clock[] clocks = Clock.values();
    long[] start = new long[clocks.length];
    for (int i = 0; i < clocks.length; i++) {
      start[i] = clocks[i].nanos();
    }
    repeat(task, runs);
    for (int i = 0; i < clocks.length; i++) {
      micros[i][round] = (clocks[i].nanos() - start[i]) / 1e3 / runs;
    }
  }

  private static void repeat(Runnable task, int runs) {
    for (int i = 0; i < runs; i++) {
      task.run();
    }
  }
}
