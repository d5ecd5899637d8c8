package org.burin.exec;

/// Decides, run by run, whether a plan uses its threads or the caller's alone.
///
/// Threads that share steps wait for each other after each. Where other programs keep the processors busy, a thread that has
/// lost its processor keeps all of them waiting, and a plan can be several times slower with threads than without. So the way
/// that is not in use is tried now and then for a few runs, and kept if it is faster. Either gives the same bits.
final class Pace {
  /// Runs over which a way is measured.
  static final int TRIAL = 32;

  /// Runs up to the first trial, and up to the next one after a change.
  static final int FIRST = 128;

  /// Trials become rarer, from one in [#FIRST] runs to one in so many.
  static final int LAST = 16_384;

  /// The other way must take at most this part of the time to be kept.
  private static final double FASTER = 0.9;

  private boolean together = true;
  private boolean trying;
  private int interval = FIRST;
  private int left = FIRST;
  private long usual;
  private long tried;

  /// Whether the next run uses all threads.
  boolean together() {
    return together != trying;
  }

  /// Takes note of how long the run took for which [#together] was asked.
  ///
  /// @param nanos elapsed time
  void took(long nanos) {
    left--;
    if (left >= TRIAL) {
      return; // not measured: far from the next trial, or the first run of a trial, which wakes threads
    }
    if (trying) {
      tried += nanos;
    } else {
      usual += nanos;
    }
    if (left == 0) {
      turn();
    }
  }

  private void turn() {
    if (!trying) {
      trying = true;
      left = TRIAL + 1;
      return;
    }
    trying = false;
    if (tried < FASTER * usual) {
      together = !together;
      interval = FIRST;
    } else {
      interval = Math.min(LAST, 2 * interval);
    }
    left = interval;
    usual = 0;
    tried = 0;
  }
}
