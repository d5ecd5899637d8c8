package org.burin.transport;

import java.util.Arrays;

/// The transport problem by the network simplex method: a spanning tree of the sites is the basis, whole numbers are
/// the masses, so that what flows is exact and ties are true ties.
///
/// Sources are the nodes `0` to `sources - 1`, targets follow. Every arc leads from a source to a target. The tree is
/// strongly feasible at all times (an arc without flow leads towards the root: Cunningham, "A network simplex method",
/// Mathematical Programming 11, 1976), which rules cycling out. Potentials obey `p[i] - p[j] = cost(i,j)` on the tree.
///
/// No memory is allocated after the constructor.
final class NetworkSimplex {
  /// Arcs to look at before the best one found enters, at the least.
  private static final int MIN_BLOCK = 10;
  private static final int NONE = -1;

  private int sources;
  private int targets;
  private double tolerance;
  private int nextRow;

  /// The masses, of sources first: set by the caller; used up by [#solve].
  final long[] mass;
  /// Costs row by row: set by the caller.
  final double[] cost;
  /// How early to try each arc in the first plan ([ArcRanks]): set by the caller.
  final byte[] rank;
  /// Potentials of the nodes.
  final double[] potential;

  /// The tree: the parent of every node, what flows between both, and the children as doubly linked lists.
  private final int[] parent;
  private final long[] flow;
  private final int[] depth;
  private final int[] child;
  private final int[] next;
  private final int[] previous;

  /// The arcs of the first tree, as lists of the arcs at each node; arc a leads from `end[2a]` to `end[2a+1]`.
  private final int[] end;
  private final long[] carried;
  private final int[] firstEnd;
  private final int[] nextEnd;
  private final int[] queue;
  private final int[] order;
  private final int[] bucket = new int[ArcRanks.COUNT + 1];

  /// A solver for problems of at most this size.
  NetworkSimplex(int nodes, int arcs) {
    mass = new long[nodes];
    cost = new double[arcs];
    rank = new byte[arcs];
    potential = new double[nodes];
    parent = new int[nodes];
    flow = new long[nodes];
    depth = new int[nodes];
    child = new int[nodes];
    next = new int[nodes];
    previous = new int[nodes];
    end = new int[2 * nodes];
    carried = new long[nodes];
    firstEnd = new int[nodes];
    nextEnd = new int[2 * nodes];
    queue = new int[nodes];
    order = new int[arcs];
  }

  /// Prepares for a problem of this size. The caller then sets [#mass], [#cost] and [#rank].
  void reset(int sourceCount, int targetCount) {
    sources = sourceCount;
    targets = targetCount;
  }

  /// Finds an optimal tree. The masses of sources and targets must have the same sum.
  ///
  /// @param largest the largest cost, without its sign
  void solve(double largest) {
    // What the rounding of a path of potentials can amount to; an arc must gain more than that to enter.
    tolerance = (sources + targets) * Math.ulp(1.0) * largest;
    nextRow = 0;
    firstTree();
    do {
      while (pivot()) {}
      // Potentials are corrected by what each pivot gains; here rounding does not add up.
    } while (price() > tolerance);
  }

  /// What flows from a node (or to it, if it is a target) to its [#parent].
  long flow(int node) {
    return flow[node];
  }

  /// The neighbour of a node on the way to the root, or a negative number for the root.
  int parent(int node) {
    return parent[node];
  }

  /// Total cost of what flows.
  double total() {
    double sum = 0;
    for (int u = 0; u < sources + targets; u++) {
      if (flow[u] > 0) {
        sum += flow[u] * (u < sources ? arcCost(u, parent[u]) : arcCost(parent[u], u));
      }
    }
    return sum;
  }

  private double arcCost(int source, int target) {
    return cost[source * targets + target - sources];
  }

  // ---- the first tree ---------------------------------------------------------------------------------------------

  /// Moves all it can along one arc after another, in the order of [#rank], and makes a tree of the arcs used.
  private void firstTree() {
    int nodes = sources + targets;
    Arrays.fill(firstEnd, 0, nodes, NONE);
    sortArcs();
    int arcs = 0;
    int full = nodes;
    for (int k = 0; full > 0; k++) {
      int i = order[k] / targets;
      int j = sources + order[k] % targets;
      long moved = Math.min(mass[i], mass[j]);
      if (moved > 0) {
        mass[i] -= moved;
        mass[j] -= moved;
        full -= (mass[i] == 0 ? 1 : 0) + (mass[j] == 0 ? 1 : 0);
        addArc(arcs++, i, j, moved);
      }
    }
    Arrays.fill(child, 0, nodes, NONE);
    Arrays.fill(depth, 0, nodes, NONE);
    plant(sources, NONE, 0);
    int seen = grow(sources, 0);
    for (int i = 0; seen < nodes; i++) {
      if (depth[i] == NONE) {
        plant(i, cheapestSeen(i), 0); // an arc without flow, towards the root
        seen = grow(i, seen);
      }
    }
    price();
  }

  /// Sorts the arcs by rank.
  private void sortArcs() {
    int arcs = sources * targets;
    Arrays.fill(bucket, 0);
    for (int k = 0; k < arcs; k++) {
      bucket[(rank[k] & 0xff) + 1]++;
    }
    for (int r = 0; r < ArcRanks.COUNT; r++) {
      bucket[r + 1] += bucket[r];
    }
    for (int k = 0; k < arcs; k++) {
      order[bucket[rank[k] & 0xff]++] = k;
    }
  }

  private int cheapestSeen(int i) {
    double least = Double.POSITIVE_INFINITY;
    int at = NONE;
    for (int j = 0; j < targets; j++) {
      if (depth[sources + j] != NONE && cost[i * targets + j] < least) {
        least = cost[i * targets + j];
        at = sources + j;
      }
    }
    return at;
  }

  private void addArc(int arc, int source, int target, long moved) {
    end[2 * arc] = source;
    end[2 * arc + 1] = target;
    carried[arc] = moved;
    nextEnd[2 * arc] = firstEnd[source];
    firstEnd[source] = 2 * arc;
    nextEnd[2 * arc + 1] = firstEnd[target];
    firstEnd[target] = 2 * arc + 1;
  }

  /// Hangs everything that arcs connect with a node below it. The queue holds all nodes seen, parents first.
  private int grow(int from, int seen) {
    int tail = seen;
    queue[tail++] = from;
    for (int head = seen; head < tail; head++) {
      int u = queue[head];
      for (int e = firstEnd[u]; e != NONE; e = nextEnd[e]) {
        int v = end[e ^ 1];
        if (depth[v] == NONE) {
          plant(v, u, carried[e >> 1]);
          queue[tail++] = v;
        }
      }
    }
    return tail;
  }

  private void plant(int u, int below, long carries) {
    parent[u] = below;
    flow[u] = carries;
    if (below == NONE) {
      depth[u] = 0;
    } else {
      depth[u] = depth[below] + 1;
      link(u, below);
    }
  }

  private void link(int u, int below) {
    int first = child[below];
    next[u] = first;
    previous[u] = NONE;
    if (first != NONE) {
      previous[first] = u;
    }
    child[below] = u;
    parent[u] = below;
  }

  private void unlink(int u) {
    int before = previous[u];
    int after = next[u];
    if (before == NONE) {
      child[parent[u]] = after;
    } else {
      next[before] = after;
    }
    if (after != NONE) {
      previous[after] = before;
    }
  }

  /// Computes all potentials from the tree.
  ///
  /// @return the most by which one has changed
  private double price() {
    int root = sources;
    potential[root] = 0;
    double change = 0;
    int u = child[root];
    while (u != NONE) {
      int above = parent[u];
      double p = u < sources ? potential[above] + arcCost(u, above) : potential[above] - arcCost(above, u);
      change = Math.max(change, Math.abs(p - potential[u]));
      potential[u] = p;
      u = after(u, root);
    }
    return change;
  }

  /// The node after `u` in a walk through everything below `top`, parents first; NONE at the end.
  private int after(int u, int top) {
    if (child[u] != NONE) {
      return child[u];
    }
    int v = u;
    while (v != top) {
      if (next[v] != NONE) {
        return next[v];
      }
      v = parent[v];
    }
    return NONE;
  }

  // ---- pivots -----------------------------------------------------------------------------------------------------

  /// Exchanges an arc that gains for one of the tree.
  ///
  /// @return whether there was one
  private boolean pivot() {
    int block = Math.max(MIN_BLOCK, (int) Math.sqrt((double) sources * targets));
    double best = -tolerance;
    int enter = NONE;
    int looked = 0;
    int row = nextRow;
    for (int rows = 0; rows < sources; rows++) {
      double own = potential[row];
      int base = row * targets;
      for (int j = 0; j < targets; j++) {
        double reduced = cost[base + j] - own + potential[sources + j];
        if (reduced < best) {
          best = reduced;
          enter = base + j;
        }
      }
      row = row + 1 == sources ? 0 : row + 1;
      looked += targets;
      if (enter != NONE && looked >= block) {
        break;
      }
    }
    if (enter == NONE) {
      return false;
    }
    nextRow = row;
    exchange(enter / targets, sources + enter % targets, best);
    return true;
  }

  private void exchange(int source, int target, double reduced) {
    int s = source;
    int t = target;
    // Going up from both ends to where the ways meet, find the arc that limits what can be moved round the cycle: of
    // equals, the last one in the sense of the cycle seen from the meeting point.
    long moved = Long.MAX_VALUE;
    long movedT = Long.MAX_VALUE;
    int leave = NONE;
    int leaveT = NONE;
    while (s != t) {
      if (depth[s] >= depth[t]) {
        if (s < sources && flow[s] < moved) {
          moved = flow[s];
          leave = s;
        }
        s = parent[s];
      } else {
        if (t >= sources && flow[t] <= movedT) {
          movedT = flow[t];
          leaveT = t;
        }
        t = parent[t];
      }
    }
    int meet = s;
    boolean below = moved < movedT;
    if (!below) {
      moved = movedT;
      leave = leaveT;
    }
    if (moved > 0) {
      for (int u = source; u != meet; u = parent[u]) {
        flow[u] += u < sources ? -moved : moved;
      }
      for (int u = target; u != meet; u = parent[u]) {
        flow[u] += u < sources ? moved : -moved;
      }
    }
    int top = below ? source : target;
    hang(top, below ? target : source, leave, moved);
    shift(top, below ? reduced : -reduced);
  }

  /// Turns the way from `u` up to `leave` round and hangs it below `onto`.
  private void hang(int u, int onto, int leave, long carries) {
    int node = u;
    int below = onto;
    long flows = carries;
    while (true) {
      int above = parent[node];
      long was = flow[node];
      unlink(node);
      link(node, below);
      flow[node] = flows;
      if (node == leave) {
        return;
      }
      flows = was;
      below = node;
      node = above;
    }
  }

  /// Adds to the potentials of a node and of all below it, and corrects their depths.
  private void shift(int top, double by) {
    int u = top;
    while (u != NONE) {
      potential[u] += by;
      depth[u] = depth[parent[u]] + 1;
      u = after(u, top);
    }
  }
}
