package org.burin.nn;

import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;

/// Nearest-neighbour up-sampling: repeats every pixel of images `[N,H,W,C]`, or every step of sequences `[N,T,C]`.
///
/// @param axes 1 for sequences, 2 for images
/// @param factorH how often a row is repeated; 1 for sequences
/// @param factorW how often a column, or time step, is repeated
/// @param name its name, or empty for an automatic one
public record UpSampling(int axes, int factorH, int factorW, String name) implements Layer {
  /// Checks the factors.
  ///
  /// @throws IllegalArgumentException when one is below 1
  public UpSampling {
    Options.atLeast(1, Math.min(factorH, factorW), "UpSampling", name, "factors");
  }

  /// Repeats every time step.
  public static UpSampling of1D(int factor) {
    return new UpSampling(1, 1, factor, "");
  }

  /// Repeats every pixel equally along both axes.
  public static UpSampling of2D(int factor) {
    return of2D(factor, factor);
  }

  /// Repeats every pixel.
  public static UpSampling of2D(int factorH, int factorW) {
    return new UpSampling(2, factorH, factorW, "");
  }

  /// The same layer under a chosen name.
  public UpSampling named(String newName) {
    return new UpSampling(axes, factorH, factorW, newName);
  }

  @Override
  public String stem() {
    return "up_sampling" + axes + "d";
  }

  @Override
  public Value build(Net net, Value x) {
    GraphBuilder b = net.graph();
    Geometry view = axes == 1 ? Geometry.over1D(1) : Geometry.over2D(1, 1);
    return view.unpack(b, b.upsample2d(view.images(net, x), factorH, factorW));
  }
}
