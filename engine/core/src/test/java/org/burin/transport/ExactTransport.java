package org.burin.transport;

import java.util.Arrays;

/// The transport problem in whole numbers, solved exactly in another way: by successive shortest augmenting paths over
/// the residual graph (Bellman and Ford), one unit of flow after another where need be.
final class ExactTransport {
  private ExactTransport() {}

  /// The least cost of moving `amount` from the sources to the targets, none of which may give or take more than it
  /// has.
  static long cost(long[][] cost, long[] supply, long[] demand, long amount) {
    int n = supply.length;
    int m = demand.length;
    long[][] flow = new long[n][m];
    long[] left = supply.clone();
    long[] lacking = demand.clone();
    long total = 0;
    for (long rest = amount; rest > 0; ) {
      long[] distance = new long[n + m];
      int[] from = new int[n + m];
      Arrays.fill(distance, Long.MAX_VALUE / 4);
      Arrays.fill(from, -1);
      for (int i = 0; i < n; i++) {
        distance[i] = left[i] > 0 ? 0 : distance[i];
      }
      relax(cost, flow, distance, from);
      int end = -1;
      for (int j = 0; j < m; j++) {
        if (lacking[j] > 0 && (end < 0 || distance[n + j] < distance[end])) {
          end = n + j;
        }
      }
      long step = Math.min(rest, lacking[end - n]);
      int u = end;
      for (; from[u] >= 0; u = from[u]) {
        step = u < n ? Math.min(step, flow[u][from[u] - n]) : step;
      }
      step = Math.min(step, left[u]);
      left[u] -= step;
      lacking[end - n] -= step;
      for (u = end; from[u] >= 0; u = from[u]) {
        if (u < n) {
          flow[u][from[u] - n] -= step;
        } else {
          flow[from[u]][u - n] += step;
        }
      }
      total += step * distance[end];
      rest -= step;
    }
    return total;
  }

  private static void relax(long[][] cost, long[][] flow, long[] distance, int[] from) {
    int n = cost.length;
    int m = cost[0].length;
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          if (distance[i] < Long.MAX_VALUE / 4 && distance[i] + cost[i][j] < distance[n + j]) {
            distance[n + j] = distance[i] + cost[i][j];
            from[n + j] = i;
            changed = true;
          }
          if (flow[i][j] > 0 && distance[n + j] - cost[i][j] < distance[i]) {
            distance[i] = distance[n + j] - cost[i][j];
            from[i] = n + j;
            changed = true;
          }
        }
      }
    }
  }
}
