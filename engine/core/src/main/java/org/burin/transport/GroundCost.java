package org.burin.transport;

import java.util.Arrays;

/// What it costs to move one unit of mass from each source site to each target site: a matrix of finite numbers.
///
/// Where the sites of both sides are the same and the cost is a metric, mass that both sides have at a site need not
/// move, which makes the transport problem smaller. Hence only costs made by [#metric], [#euclidean(double[][])],
/// [#line] or [#circle] count as metrics; [#of] takes any numbers and assumes nothing.
public final class GroundCost {
  /// By how much [#metric] lets numbers miss the axioms, relative to the largest distance: what nine printed digits
  /// leave.
  public static final double METRIC_TOLERANCE = 1e-8;

  private final int sources;
  private final int targets;
  private final double[] cost;
  private final boolean metric;
  private final double largest;
  private final byte[] ranks;

  private GroundCost(int sources, int targets, double[] cost, boolean metric) {
    this.sources = sources;
    this.targets = targets;
    this.cost = cost;
    this.metric = metric;
    double max = 0;
    for (int i = 0; i < cost.length; i++) {
      if (!Double.isFinite(cost[i])) {
        throw new IllegalArgumentException("the cost from source " + i / targets + " to target " + i % targets + " is "
            + cost[i] + "; expected a finite number");
      }
      max = Math.max(max, Math.abs(cost[i]));
    }
    largest = max;
    ranks = ArcRanks.of(sources, targets, cost);
  }

  /// Any costs, one row for each source.
  ///
  /// @throws IllegalArgumentException when there is no cost, rows differ in length, or a cost is not finite
  public static GroundCost of(double[][] costs) {
    int targets = costs.length == 0 ? 0 : costs[0].length;
    double[] flat = new double[costs.length * targets];
    for (int i = 0; i < costs.length; i++) {
      if (costs[i].length != targets) {
        throw new IllegalArgumentException("row " + i + " of the costs has " + costs[i].length + " numbers, row 0 has "
            + targets);
      }
      System.arraycopy(costs[i], 0, flat, i * targets, targets);
    }
    return of(costs.length, targets, flat);
  }

  /// Any costs, row by row: that from source i to target j is `costs[i * targets + j]`.
  ///
  /// @throws IllegalArgumentException when there is no site on a side, the number of costs is another one, or a cost is
  ///     not finite
  public static GroundCost of(int sources, int targets, double[] costs) {
    if (sources < 1 || targets < 1) {
      throw new IllegalArgumentException("a ground cost of " + sources + " sources and " + targets
          + " targets; expected at least one of each");
    }
    if (costs.length != (long) sources * targets) {
      throw new IllegalArgumentException(sources + " sources and " + targets + " targets need "
          + (long) sources * targets + " costs, not " + costs.length);
    }
    return new GroundCost(sources, targets, costs.clone(), false);
  }

  /// A metric given by its distances, row by row, the sites of both sides being the same. All axioms are checked, in a
  /// time that grows with the cube of the number of sites.
  ///
  /// @throws IllegalArgumentException when the distances are not those of a (semi-)metric by more than
  ///     [#METRIC_TOLERANCE]: negative, not zero from a site to itself, not symmetric, or against the triangle
  ///     inequality
  public static GroundCost metric(int sites, double[] distances) {
    GroundCost cost = of(sites, sites, distances);
    cost.requireMetric();
    return new GroundCost(sites, sites, cost.cost, true);
  }

  /// The Euclidean distances between points.
  ///
  /// @param points coordinates, `[site][axis]`
  /// @throws IllegalArgumentException when there is no point, points differ in their number of axes, or a coordinate is
  ///     not finite
  public static GroundCost euclidean(double[][] points) {
    return new GroundCost(points.length, points.length, euclid(points, points), true);
  }

  /// The Euclidean distances between the points of two sets.
  ///
  /// @param from coordinates of the sources, `[source][axis]`
  /// @param to coordinates of the targets, `[target][axis]`
  /// @throws IllegalArgumentException as [#euclidean(double[][])]
  public static GroundCost euclidean(double[][] from, double[][] to) {
    return new GroundCost(from.length, to.length, euclid(from, to), false);
  }

  /// The distances between points of a line.
  ///
  /// @throws IllegalArgumentException when there is no point or a position is not finite
  public static GroundCost line(double[] positions) {
    requirePositions(positions);
    double[] d = pairs(positions.length, (i, j) -> Math.abs(positions[i] - positions[j]));
    return new GroundCost(positions.length, positions.length, d, true);
  }

  /// The distances between points of a circle, along it and the shorter way round.
  ///
  /// @param positions along the circle, in the unit of its circumference; multiples of it do not count
  /// @throws IllegalArgumentException when there is no point, a position is not finite, or the circumference is not
  ///     positive
  public static GroundCost circle(double[] positions, double circumference) {
    requireCircumference(circumference);
    requirePositions(positions);
    double[] d = pairs(positions.length, (i, j) -> {
      double along = Math.abs(positions[i] - positions[j]) % circumference;
      return Math.min(along, circumference - along);
    });
    return new GroundCost(positions.length, positions.length, d, true);
  }

  /// Number of source sites.
  public int sources() {
    return sources;
  }

  /// Number of target sites.
  public int targets() {
    return targets;
  }

  /// The cost of moving one unit of mass.
  public double cost(int source, int target) {
    return cost[source * targets + target];
  }

  /// All costs, row by row: a copy.
  public double[] toArray() {
    return cost.clone();
  }

  /// Whether the sites of both sides are the same and the cost is a metric.
  public boolean isMetric() {
    return metric;
  }

  /// The largest cost, without its sign.
  public double largest() {
    return largest;
  }

  /// The ranks of all arcs ([ArcRanks]), which nobody may write.
  byte[] ranks() {
    return ranks;
  }

  /// All costs, row by row, which nobody may write.
  double[] raw() {
    return cost;
  }

  @Override
  public String toString() {
    return (metric ? "metric" : "ground cost") + " of " + sources + " x " + targets + ", largest " + largest;
  }

  static void requireCircumference(double circumference) {
    if (!(circumference > 0) || circumference == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("a circle of circumference " + circumference + "; expected a positive number");
    }
  }

  static void requirePositions(double[] positions) {
    if (positions.length == 0) {
      throw new IllegalArgumentException("there is no point");
    }
    for (int i = 0; i < positions.length; i++) {
      if (!Double.isFinite(positions[i])) {
        throw new IllegalArgumentException("position " + i + " is " + positions[i] + "; expected a finite number");
      }
    }
  }

  private void requireMetric() {
    double tolerance = METRIC_TOLERANCE * largest;
    int n = sources;
    for (int i = 0; i < n; i++) {
      if (Math.abs(cost[i * n + i]) > tolerance) {
        throw new IllegalArgumentException("not a metric: the distance from site " + i + " to itself is "
            + cost[i * n + i]);
      }
      for (int j = 0; j < n; j++) {
        double d = cost[i * n + j];
        if (d < -tolerance) {
          throw new IllegalArgumentException("not a metric: the distance from site " + i + " to site " + j + " is "
              + d);
        }
        if (Math.abs(d - cost[j * n + i]) > tolerance) {
          throw new IllegalArgumentException("not a metric: the distance from site " + i + " to site " + j + " is " + d
              + ", the way back " + cost[j * n + i]);
        }
      }
    }
    for (int via = 0; via < n; via++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          double detour = cost[i * n + via] + cost[via * n + j];
          if (cost[i * n + j] > detour + tolerance) {
            throw new IllegalArgumentException("not a metric: the distance from site " + i + " to site " + j + " is "
                + cost[i * n + j] + ", by way of site " + via + " it is " + detour);
          }
        }
      }
    }
  }

  private static double[] euclid(double[][] from, double[][] to) {
    int axes = from.length == 0 ? 0 : from[0].length;
    requireAxes(from, "source", axes);
    requireAxes(to, "target", axes);
    double[] d = new double[Math.multiplyExact(from.length, to.length)];
    for (int i = 0; i < from.length; i++) {
      for (int j = 0; j < to.length; j++) {
        double square = 0;
        for (int a = 0; a < axes; a++) {
          double step = from[i][a] - to[j][a];
          square += step * step;
        }
        d[i * to.length + j] = Math.sqrt(square);
      }
    }
    return d;
  }

  private static void requireAxes(double[][] points, String side, int axes) {
    if (points.length == 0) {
      throw new IllegalArgumentException("there is no " + side + " point");
    }
    for (int i = 0; i < points.length; i++) {
      if (points[i].length != axes || axes == 0) {
        throw new IllegalArgumentException(side + " point " + i + " has the coordinates " + Arrays.toString(points[i])
            + "; expected " + (axes == 0 ? "at least one" : String.valueOf(axes)));
      }
    }
  }

  private static double[] pairs(int n, Distance distance) {
    double[] d = new double[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        d[i * n + j] = distance.between(i, j);
      }
    }
    return d;
  }

  private interface Distance {
    double between(int i, int j);
  }
}
