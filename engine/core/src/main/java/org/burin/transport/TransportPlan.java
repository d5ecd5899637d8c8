package org.burin.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.burin.transport.Formulation.Balanced;
import org.burin.transport.Formulation.EnergyMover;
import org.burin.transport.Formulation.Normalized;
import org.burin.transport.Formulation.Partial;

/// An optimal plan: what moves where, and the potentials that prove it optimal.
public final class TransportPlan {
  /// A difference of sums that is smaller, relative to a sum, may be due to rounding and does not say which side has more.
  private static final double ROUNDING = 0x1p-40;

  private final GroundCost ground;
  private final Formulation formulation;
  private final double distance;
  private final double price;
  private final List<Move> moves;
  private final double[] x;
  private final double[] y;
  private final double[] u;
  private final double[] v;

  /// Mass that moves, or stays when both sites are the same.
  ///
  /// @param source from where
  /// @param target to where
  /// @param mass how much; for [Normalized] of a whole of 1
  public record Move(int source, int target, double mass) {}

  private TransportPlan(GroundCost ground, Formulation formulation, Reduction solved) {
    this.ground = ground;
    this.formulation = formulation;
    distance = solved.distance();
    List<Move> all = new ArrayList<>();
    solved.flows((i, j, mass) -> all.add(new Move(i, j, mass)));
    moves = Collections.unmodifiableList(all);
    x = new double[ground.sources()];
    y = new double[ground.targets()];
    Arrays.setAll(x, solved::source);
    Arrays.setAll(y, solved::target);
    u = new double[x.length];
    v = new double[y.length];
    solved.potentials(u, v);
    price = solved.price();
  }

  static TransportPlan of(GroundCost ground, Formulation formulation, Reduction solved) {
    return new TransportPlan(ground, formulation, solved);
  }

  /// The distance.
  public double distance() {
    return distance;
  }

  /// What moves, at most one move less than there are sites on both sides, plus what stays.
  public List<Move> moves() {
    return moves;
  }

  /// The dual potential of a source ([EarthMover#potentials]).
  public double sourcePotential(int site) {
    return u[site];
  }

  /// The dual potential of a target.
  public double targetPotential(int site) {
    return v[site];
  }

  /// Partial transport: the derivative of the distance with respect to the mass that is moved. Otherwise 0.
  public double price() {
    return price;
  }

  /// Checks plan and potentials against each other, from nothing but the masses and costs.
  public Certificate certificate() {
    double[] out = new double[x.length];
    double[] in = new double[y.length];
    double primal = 0;
    double slack = 0;
    double moved = 0;
    for (Move m : moves) {
      double cost = ground.cost(m.source, m.target);
      out[m.source] += m.mass;
      in[m.target] += m.mass;
      moved += m.mass;
      primal += m.mass * cost;
      slack = Math.max(slack, m.mass * (cost - u[m.source] - v[m.target] - price));
    }
    double infeasible = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        infeasible = Math.max(infeasible, u[i] + v[j] + price - ground.cost(i, j));
      }
    }
    double sum = Arrays.stream(x).sum();
    double more = sum - Arrays.stream(y).sum();
    double marginal = Math.max(miss(x, out, mayKeep(more)), miss(y, in, mayKeep(-more)));
    double dual = dot(u, x) + dot(v, y);
    switch (formulation) {
      case Normalized _, Balanced _ -> { }
      case EnergyMover(double radius) -> {
        primal += radius * Math.abs(more);
        if (Math.abs(more) > ROUNDING * sum) {
          infeasible = Math.max(infeasible, Arrays.stream(more > 0 ? u : v).max().orElse(0) - radius);
        }
        slack = Math.max(slack, Math.max(unmovedSlack(x, out, u, radius), unmovedSlack(y, in, v, radius)));
      }
      case Partial(double mass) -> {
        dual += mass * price;
        marginal = Math.max(marginal, Math.abs(moved - mass));
        infeasible = Math.max(infeasible, Math.max(Arrays.stream(u).max().orElse(0), Arrays.stream(v).max().orElse(0)));
        slack = Math.max(slack, Math.max(unmovedSlack(x, out, u, 0), unmovedSlack(y, in, v, 0)));
      }
    }
    return new Certificate(primal, dual, marginal, infeasible, slack);
  }

  /// Whether a side may keep mass that is not moved.
  private boolean mayKeep(double more) {
    return switch (formulation) {
      case Normalized _, Balanced _ -> false;
      case EnergyMover _ -> more > 0;
      case Partial _ -> true;
    };
  }

  private static double miss(double[] mass, double[] moved, boolean mayKeep) {
    double miss = 0;
    for (int i = 0; i < mass.length; i++) {
      double kept = mass[i] - moved[i];
      miss = Math.max(miss, mayKeep ? -kept : Math.abs(kept));
    }
    return miss;
  }

  private static double unmovedSlack(double[] mass, double[] moved, double[] potential, double limit) {
    double slack = 0;
    for (int i = 0; i < mass.length; i++) {
      slack = Math.max(slack, (mass[i] - moved[i]) * (limit - potential[i]));
    }
    return slack;
  }

  private static double dot(double[] potential, double[] mass) {
    double sum = 0;
    for (int i = 0; i < mass.length; i++) {
      sum += potential[i] * mass[i];
    }
    return sum;
  }
}
