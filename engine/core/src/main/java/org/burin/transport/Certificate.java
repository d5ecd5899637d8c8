package org.burin.transport;

/// How far a plan and its potentials are from proving each other optimal. Weak duality: no plan costs less than
/// feasible potentials say, so with a gap of 0 and both feasible, both are optimal.
///
/// @param primal cost of the plan
/// @param dual what the potentials say that every plan costs at least
/// @param marginal the largest mass by which the plan misses that of a site
/// @param infeasible the most by which potentials are above a cost, or 0
/// @param slack the most by which potentials are below the cost of an arc that mass flows on, times that mass
public record Certificate(double primal, double dual, double marginal, double infeasible, double slack) {
  /// The cost of the plan above the bound.
  public double gap() {
    return Math.abs(primal - dual);
  }

  /// Whether this proves the plan optimal to within a relative tolerance.
  ///
  /// @param tolerance of the costs relative to `cost`, of the masses relative to `mass`, of the distance relative to
  ///     `cost * mass`
  /// @param cost the scale of the costs, such as [GroundCost#largest]
  /// @param mass the scale of the masses, such as their sum
  public boolean proves(double tolerance, double cost, double mass) {
    return gap() <= tolerance * cost * mass && slack <= tolerance * cost * mass && marginal <= tolerance * mass
        && infeasible <= tolerance * cost;
  }
}
