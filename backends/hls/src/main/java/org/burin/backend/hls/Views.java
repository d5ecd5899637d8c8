package org.burin.backend.hls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.burin.tensor.Shape;

/// Walks over arrays as types of the kernel library: `burin::view<FIRST, EXTENT, DISTANCE, ...>`.
final class Views {
  private Views() {}

  /// A walk.
  ///
  /// @param first the element that it begins with
  /// @param extents of its axes, outermost first
  /// @param distances of neighbours along each axis
  static String of(int first, int[] extents, int[] distances) {
    List<int[]> axes = new ArrayList<>();
    for (int i = 0; i < extents.length; i++) {
      if (extents[i] == 1) {
        continue;
      }
      int[] last = axes.isEmpty() ? null : axes.getLast();
      if (last != null && last[1] == extents[i] * distances[i]) {
        last[0] *= extents[i];
        last[1] = distances[i];
      } else {
        axes.add(new int[] {extents[i], distances[i]});
      }
    }
    boolean still = axes.stream().allMatch(a -> a[1] == 0);
    if (first == 0 && still) {
      return "burin::scalar";
    }
    if (first == 0 && axes.size() == 1 && axes.getFirst()[1] == 1) {
      return "burin::same";
    }
    StringBuilder s = new StringBuilder("burin::view<").append(first);
    axes.forEach(a -> s.append(", ").append(a[0]).append(", ").append(a[1]));
    return s.append('>').toString();
  }

  /// A walk over `to` in an array of shape `from`, which broadcasts to it.
  static String broadcast(Shape from, Shape to) {
    return of(0, to.dims(), distances(from, to.rank()));
  }

  /// For each axis of a tensor of this rank the distance of neighbours in an array that broadcasts to it.
  static int[] distances(Shape from, int rank) {
    int[] distances = new int[rank];
    int step = 1;
    for (int i = from.rank() - 1; i >= 0; i--) {
      distances[rank - from.rank() + i] = from.dim(i) == 1 ? 0 : step;
      step *= from.dim(i);
    }
    return distances;
  }

  /// Some of the entries.
  static int[] pick(int[] all, List<Integer> which) {
    return which.stream().mapToInt(i -> all[i]).toArray();
  }

  /// The first entries.
  static int[] head(int[] all, int count) {
    return Arrays.copyOf(all, count);
  }
}
