package org.burin.transport;

import java.util.Arrays;

/// Entropic transport between normalized masses by the algorithm of Sinkhorn in the log domain: the least of `<P,C> +
/// epsilon KL(P | a b^T)` over the plans P of the [Formulation.Normalized] problem (Cuturi, "Sinkhorn distances",
/// NeurIPS 2013; in this form Peyre, Cuturi, "Computational optimal transport", 2019, section 4.4).
///
/// Its value is smooth in the masses, where the exact distance has kinks, and comes down to that distance as epsilon
/// goes to 0, while the number of iterations grows. It is meant for comparison: an exact distance takes less time than
/// a few iterations of this.
///
/// Epsilon starts at the largest cost and is halved down to its value, each time from the potentials found before. An
/// object belongs to one thread at a time.
public final class Sinkhorn {
  private final GroundCost ground;
  private final double epsilon;
  private final double tolerance;
  private final int limit;
  private final double[] a;
  private final double[] b;
  private final double[] logA;
  private final double[] logB;

  /// What was found.
  ///
  /// @param value the regularized cost, `<P,C> + epsilon KL(P | a b^T)`, from the potentials
  /// @param cost the cost of the plan alone, `<P,C>`, at least the exact distance but for `error`
  /// @param iterations number of iterations at the final epsilon
  /// @param error sum of what the plan misses at the sources, of a mass of 1
  public record Result(double value, double cost, int iterations, double error) {}

  /// A solver.
  ///
  /// @param epsilon strength of the regularization in the unit of the cost
  /// @param tolerance the [Result#error] at which to stop
  /// @param limit iterations at the final epsilon after which to stop in any case
  /// @throws IllegalArgumentException when epsilon is not a positive number, the tolerance is negative or there is to
  ///     be no iteration
  public Sinkhorn(GroundCost ground, double epsilon, double tolerance, int limit) {
    if (!(epsilon > 0) || epsilon == Double.POSITIVE_INFINITY || !(tolerance >= 0) || limit < 1) {
      throw new IllegalArgumentException("epsilon " + epsilon + ", tolerance " + tolerance + ", at most " + limit
          + " iterations; expected epsilon > 0, tolerance >= 0 and at least 1 iteration");
    }
    this.ground = ground;
    this.epsilon = epsilon;
    this.tolerance = tolerance;
    this.limit = limit;
    a = new double[ground.sources()];
    b = new double[ground.targets()];
    logA = new double[a.length];
    logB = new double[b.length];
  }

  /// Solves for a pair.
  ///
  /// @param u takes the potentials of the sources, the gradient of the value with respect to the shares of the source's
  ///     mass (up to a constant)
  /// @param v takes those of the targets
  /// @throws IllegalArgumentException when there is another number of masses than of sites, a mass is negative or not
  ///     finite, a side has none, or an array for results has another length
  public Result solve(double[] x, double[] y, double[] u, double[] v) {
    if (u.length != a.length || v.length != b.length) {
      throw new IllegalArgumentException("arrays of " + u.length + " and " + v.length + " numbers cannot take the "
          + "potentials of " + a.length + " sources and " + b.length + " targets");
    }
    share(x, "source", a, logA);
    share(y, "target", b, logB);
    Arrays.fill(u, 0);
    Arrays.fill(v, 0);
    for (double e = ground.largest(); e > epsilon; e /= 2) {
      for (int k = 0; k < 10; k++) {
        updateSources(u, v, e);
        updateTargets(u, v, e);
      }
    }
    int iterations = 0;
    double error;
    do {
      error = updateSources(u, v, epsilon);
      updateTargets(u, v, epsilon);
      iterations++;
    } while (iterations < limit && (iterations == 1 || error > tolerance));
    return result(u, v, iterations);
  }

  private static void share(double[] mass, String side, double[] share, double[] log) {
    double sum = Masses.sum(mass, share.length, side);
    Masses.requireSome(sum, side);
    for (int i = 0; i < share.length; i++) {
      share[i] = mass[i] / sum;
      log[i] = StrictMath.log(share[i]);
    }
  }

  /// Makes the plan right at the sources.
  ///
  /// @return by how much it was not before
  private double updateSources(double[] u, double[] v, double e) {
    double error = 0;
    for (int i = 0; i < a.length; i++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < b.length; j++) {
        most = Math.max(most, logB[j] + (v[j] - ground.cost(i, j)) / e);
      }
      double sum = 0;
      for (int j = 0; j < b.length; j++) {
        sum += b[j] > 0 ? StrictMath.exp(logB[j] + (v[j] - ground.cost(i, j)) / e - most) : 0;
      }
      double now = -e * (most + StrictMath.log(sum));
      error += a[i] * Math.abs(StrictMath.expm1((u[i] - now) / e));
      u[i] = now;
    }
    return error;
  }

  /// Makes the plan right at the targets.
  private void updateTargets(double[] u, double[] v, double e) {
    for (int j = 0; j < b.length; j++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < a.length; i++) {
        most = Math.max(most, logA[i] + (u[i] - ground.cost(i, j)) / e);
      }
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] > 0 ? StrictMath.exp(logA[i] + (u[i] - ground.cost(i, j)) / e - most) : 0;
      }
      v[j] = -e * (most + StrictMath.log(sum));
    }
  }

  private Result result(double[] u, double[] v, int iterations) {
    double value = 0;
    double cost = 0;
    double error = 0;
    for (int i = 0; i < a.length; i++) {
      double row = 0;
      for (int j = 0; j < b.length; j++) {
        double share = a[i] * b[j];
        double flow = share > 0 ? share * StrictMath.exp((u[i] + v[j] - ground.cost(i, j)) / epsilon) : 0;
        row += flow;
        cost += flow * ground.cost(i, j);
      }
      error += Math.abs(row - a[i]);
      value += a[i] * u[i];
    }
    for (int j = 0; j < b.length; j++) {
      value += b[j] * v[j];
    }
    return new Result(value, cost, iterations, error);
  }
}
