package org.burin.exec;

import java.util.List;
import org.burin.tensor.Kernels;

/// One kernel call of a plan, or a few that belong together. All workers run it at the same time, each its share; shares are cut
/// so that no element's sequence of operations depends on them.
abstract class Step {
  private final String name;
  private final List<Buffer> reads;
  private final List<Buffer> writes;
  private final long cost;

  /// @param name operation and layer, for listings
  /// @param cost roughly the number of elementary operations; decides whether sharing is worth a barrier
  Step(String name, List<Buffer> reads, List<Buffer> writes, long cost) {
    this.name = name;
    this.reads = List.copyOf(reads);
    this.writes = List.copyOf(writes);
    this.cost = cost;
  }

  final String name() {
    return name;
  }

  final List<Buffer> reads() {
    return reads;
  }

  final List<Buffer> writes() {
    return writes;
  }

  final long cost() {
    return cost;
  }

  /// Floats of scratch space that each worker needs.
  int scratch(Kernels kernels) {
    return 0;
  }

  /// Called once, when all buffers are placed.
  void prepare(int workers) {}

  /// Does the share of one of `workers` workers.
  abstract void run(Kernels kernels, int worker, int workers, float[] scratch);

  /// The first of `extent` units that belongs to a worker; its share ends where the next one's begins. Cuts are at
  /// multiples of `grain`.
  static int from(int extent, int grain, int worker, int workers) {
    if (worker == workers) {
      return extent;
    }
    int grains = (extent + grain - 1) / grain;
    return (int) Math.min(extent, (long) grains * worker / workers * grain);
  }
}
