package org.burin.transport;

/// What is to be moved, where the masses of both sides need not agree.
public sealed interface Formulation {
  /// All mass of the source is moved to make the target. Their sums must agree.
  ///
  /// Two empty sides have the distance 0.
  record Balanced() implements Formulation {
    /// By how much the sums may differ, relative to the larger one. The target is then scaled to the source's sum.
    public static final double TOLERANCE = 1e-6;
  }

  /// Each side is divided by its own sum first, so that the distance is a cost for each unit of mass.
  ///
  /// A side without mass has no such form, which is an error: what a comparison with an empty event should give is for
  /// the caller to say.
  record Normalized() implements Formulation {}

  /// The energy mover's distance: the smaller of both masses is moved at least cost, and every unit of mass that the
  /// other side has more costs `radius` (Komiske, Metodiev, Thaler, "Metric space of collider events", Phys. Rev. Lett.
  /// 123, 041801, 2019, equation 1, whose distance is this one divided by the radius).
  ///
  /// A metric when the ground cost is one and the radius at least half of its largest distance. An empty side has the
  /// distance radius x mass of the other.
  ///
  /// @param radius cost of a unit of mass without counterpart, in the unit of the ground cost
  record EnergyMover(double radius) implements Formulation {
    /// Checks the radius.
    ///
    /// @throws IllegalArgumentException when it is negative or not finite
    public EnergyMover {
      if (!(radius >= 0) || radius == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("radius " + radius + "; expected a finite number >= 0");
      }
    }
  }

  /// Only this much mass is moved, that for which it costs least (Figalli, "The optimal partial transport problem",
  /// Arch. Ration. Mech. Anal. 195, 2010); the rest of both sides is free.
  ///
  /// @param mass what is moved, at most the smaller sum
  record Partial(double mass) implements Formulation {
    /// Checks the mass.
    ///
    /// @throws IllegalArgumentException when it is negative or not finite
    public Partial {
      if (!(mass >= 0) || mass == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException("mass " + mass + " to be moved; expected a finite number >= 0");
      }
    }
  }
}
