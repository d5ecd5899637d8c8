package org.burin.nn;

import org.burin.tensor.Window;

/// What surrounds an image or a sequence before a window walks over it.
///
/// @param rule how the amounts are chosen
/// @param top explicit rows above
/// @param bottom explicit rows below
/// @param left explicit columns (time steps) before
/// @param right explicit columns (time steps) after
public record Padding(Rule rule, int top, int bottom, int left, int right) {
  /// How the amounts are chosen.
  public enum Rule {
    /// none
    VALID,
    /// as TensorFlow: output extent is `ceil(input / stride)`, an odd row or column goes to the bottom and the right
    SAME,
    /// all before the first time step, as much as keeps an output from seeing later inputs
    CAUSAL,
    /// the given numbers
    EXPLICIT
  }

  /// No padding.
  public static final Padding VALID = new Padding(Rule.VALID, 0, 0, 0, 0);

  /// Padding that makes the output extent `ceil(input / stride)`.
  public static final Padding SAME = new Padding(Rule.SAME, 0, 0, 0, 0);

  /// Padding that keeps an output from seeing later inputs; for sequences.
  public static final Padding CAUSAL = new Padding(Rule.CAUSAL, 0, 0, 0, 0);

  /// So many rows and columns around images.
  public static Padding explicit(int top, int bottom, int left, int right) {
    return new Padding(Rule.EXPLICIT, top, bottom, left, right);
  }

  /// So many time steps before and after sequences.
  public static Padding explicit(int before, int after) {
    return explicit(0, 0, before, after);
  }

  /// Checks the amounts.
  ///
  /// @throws IllegalArgumentException when one is negative
  public Padding {
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException("padding " + top + "," + bottom + "," + left + "," + right
          + " (top,bottom,left,right) must not be negative");
    }
  }

  /// The window over an image of this height and width.
  Window window(Geometry g, int height, int width) {
    return switch (rule) {
      case VALID -> Window.valid(g.strideH(), g.strideW(), g.dilationH(), g.dilationW());
      case SAME -> Window.same(height, width, g.kernelH(), g.kernelW(), g.strideH(), g.strideW(), g.dilationH(),
          g.dilationW());
      case CAUSAL -> new Window(g.strideH(), g.strideW(), 0, 0, (g.kernelW() - 1) * g.dilationW(), 0, g.dilationH(),
          g.dilationW());
      case EXPLICIT -> new Window(g.strideH(), g.strideW(), top, bottom, left, right, g.dilationH(), g.dilationW());
    };
  }

  /// `same`, `valid`, `causal` or the amounts.
  @Override
  public String toString() {
    return switch (rule) {
      case VALID -> "valid";
      case SAME -> "same";
      case CAUSAL -> "causal";
      case EXPLICIT -> "[" + top + "," + bottom + "," + left + "," + right + "]";
    };
  }
}
