package org.burin.train;

/// A hard budget, kept by the modified differential method of multipliers (Platt and Barr, "Constrained differential
/// optimization", NIPS 1987; in the form of the augmented Lagrangian for inequalities): with the violation g, which is
/// to be at most 0, each step adds `max(0, m + damping g) g` to the loss, the factor taken as a constant, and sets the
/// multiplier to `max(0, m + rate g)`.
///
/// While the budget is exceeded the multiplier grows until the constraint outweighs whatever holds against it; where
/// the budget is met it shrinks to what is needed. Multipliers are kept in checkpoints.
public sealed interface Constraint {
  /// EBOPs ([org.burin.quant.Ebops]) of at most this number; `g = EBOPs / most - 1`. For models with learned bits.
  static EbopsAtMost ebopsAtMost(double most) {
    return new EbopsAtMost(most, 0.001, 0.1);
  }

  /// At least this part of the weights is 0; `g = part - zeros`. The weights are the factors of matrix products and
  /// convolutions that do not depend on the sample, as they are multiplied: quantized and masked. The gradient is that
  /// of the mean of `|w| / (|w| + s)` with s the mean of |w| in the tensor, which takes hold of small weights above all.
  ///
  /// @param part from 0 to below 1
  static SparsityAtLeast sparsityAtLeast(double part) {
    return new SparsityAtLeast(part, 0.01, 0.1);
  }

  /// The rate of the multiplier.
  double rate();

  /// The factor of the violation in addition to the multiplier.
  double damping();

  /// How slots and settings of a checkpoint name the constraint.
  String name();

  /// See [#ebopsAtMost].
  ///
  /// @param most positive
  /// @param rate positive
  /// @param damping at least 0
  record EbopsAtMost(double most, double rate, double damping) implements Constraint {
    /// Checks the ranges.
    public EbopsAtMost {
      Ranges.positive("constraint", "most EBOPs", most);
      Ranges.positive("constraint", "rate", rate);
      Ranges.notNegative("constraint", "damping", damping);
    }

    /// The same with another rate and damping.
    public EbopsAtMost with(double newRate, double newDamping) {
      return new EbopsAtMost(most, newRate, newDamping);
    }

    @Override
    public String name() {
      return "ebops";
    }
  }

  /// See [#sparsityAtLeast].
  ///
  /// @param part from 0 to below 1
  /// @param rate positive
  /// @param damping at least 0
  record SparsityAtLeast(double part, double rate, double damping) implements Constraint {
    /// Checks the ranges.
    public SparsityAtLeast {
      Ranges.fraction("constraint", "least sparsity", part);
      Ranges.positive("constraint", "rate", rate);
      Ranges.notNegative("constraint", "damping", damping);
    }

    /// The same with another rate and damping.
    public SparsityAtLeast with(double newRate, double newDamping) {
      return new SparsityAtLeast(part, newRate, newDamping);
    }

    @Override
    public String name() {
      return "sparsity";
    }
  }
}
