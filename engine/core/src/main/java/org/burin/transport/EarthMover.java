package org.burin.transport;

import org.burin.transport.Formulation.Normalized;

/// The exact earth mover's distance between masses on sites: the least cost of moving those of the source so that they
/// become those of the target.
///
/// A network simplex method finds an optimal plan, and dual potentials that prove it optimal. Masses are rounded to
/// 2^-60 of what has to be moved; all else is exact up to the rounding of double precision. Where the ground cost is a
/// metric, mass that both sides have at a site stays where it is, and only the rest is solved for.
///
/// An object solves one pair after another without allocating memory and belongs to one thread at a time;
/// [EarthMoverBatch] runs several.
public final class EarthMover {
  private final GroundCost ground;
  private final Formulation formulation;
  private final Reduction reduction;

  /// A solver for masses on the sites of this ground cost.
  public EarthMover(GroundCost ground, Formulation formulation) {
    this.ground = ground;
    this.formulation = formulation;
    reduction = new Reduction(ground, formulation);
  }

  /// The ground cost.
  public GroundCost ground() {
    return ground;
  }

  /// What is moved.
  public Formulation formulation() {
    return formulation;
  }

  /// The distance.
  ///
  /// @param x mass at every source site
  /// @param y mass at every target site
  /// @throws IllegalArgumentException when there is another number of masses than of sites, a mass is negative or not
  ///     finite, or the sums are none that the formulation allows
  public double distance(double[] x, double[] y) {
    return reduction.solve(x, y);
  }

  /// The distance and the dual potentials of every site, whether it has mass or not.
  ///
  /// The sum of `u[i] x[i]` and `v[j] y[j]` is the distance; for [Normalized] with the masses divided by their sums,
  /// for [Formulation.Partial] plus the mass that is moved times [TransportPlan#price]. No `u[i] + v[j]` (plus the
  /// price) is above the cost from i to j, and it equals that cost where mass flows.
  ///
  /// Potentials of [Normalized] and [Formulation.Balanced] transport could be shifted by a constant on one side and by
  /// its negative on the other; here the largest on both sides are equal.
  ///
  /// @param u takes the potentials of the sources
  /// @param v takes the potentials of the targets
  /// @throws IllegalArgumentException as [#distance], or when an array for results has another length
  public double potentials(double[] x, double[] y, double[] u, double[] v) {
    requireLength(u, ground.sources(), "sources");
    requireLength(v, ground.targets(), "targets");
    double distance = reduction.solve(x, y);
    reduction.potentials(u, v);
    return distance;
  }

  /// The distance and its gradient with respect to the masses as given.
  ///
  /// The distance is convex and piecewise linear in the masses of both sides (for [Normalized]: in the shares of the
  /// sum); where pieces meet this is a subgradient, and at a site without mass the derivative for more mass or one
  /// below it. For [Formulation.Balanced] only differences within a side mean something, since the sums stay equal. For
  /// [Normalized] it is the gradient as a function of the masses before their division by the sum, so the sum of
  /// gradient times mass of a side is 0; those with respect to the shares are the [#potentials].
  ///
  /// @param dx takes the derivative with respect to the mass at every source site
  /// @param dy takes the derivative with respect to the mass at every target site
  /// @throws IllegalArgumentException as [#distance], or when an array for results has another length
  public double gradient(double[] x, double[] y, double[] dx, double[] dy) {
    double distance = potentials(x, y, dx, dy);
    if (formulation instanceof Normalized) {
      throughSum(dx, x, reduction.sourceSum());
      throughSum(dy, y, reduction.targetSum());
    }
    return distance;
  }

  /// The optimal plan.
  ///
  /// @throws IllegalArgumentException as [#distance]
  public TransportPlan plan(double[] x, double[] y) {
    reduction.solve(x, y);
    return TransportPlan.of(ground, formulation, reduction);
  }

  private static void requireLength(double[] result, int sites, String side) {
    if (result.length != sites) {
      throw new IllegalArgumentException("an array of " + result.length + " numbers cannot take the results for "
          + sites + " " + side);
    }
  }

  /// The chain rule for shares of a sum.
  private static void throughSum(double[] d, double[] mass, double sum) {
    double mean = 0;
    for (int i = 0; i < d.length; i++) {
      mean += d[i] * (mass[i] / sum);
    }
    for (int i = 0; i < d.length; i++) {
      d[i] = (d[i] - mean) / sum;
    }
  }
}
