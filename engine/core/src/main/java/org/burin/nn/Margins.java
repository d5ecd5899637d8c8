package org.burin.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.tensor.Shape;

/// Surrounds images `[N,H,W,C]` or sequences `[N,T,C]` with zeros, or cuts their margins off.
///
/// @param kind which of the two
/// @param axes 1 for sequences, 2 for images
/// @param top rows above; 0 for sequences
/// @param bottom rows below; 0 for sequences
/// @param left columns, or time steps, before
/// @param right columns, or time steps, after
/// @param name its name, or empty for an automatic one
public record Margins(Kind kind, int axes, int top, int bottom, int left, int right, String name) implements Layer {
  /// What becomes of the margins.
  public enum Kind {
    /// zeros are added
    PAD,
    /// they are cut off
    CROP
  }

  /// Checks the amounts.
  ///
  /// @throws IllegalArgumentException when one is negative
  public Margins {
    Options.atLeast(0, Math.min(Math.min(top, bottom), Math.min(left, right)), "Margins", name, "amounts");
  }

  /// Adds zeros around images.
  public static Margins pad2D(int top, int bottom, int left, int right) {
    return new Margins(Kind.PAD, 2, top, bottom, left, right, "");
  }

  /// Adds zeros before and after sequences.
  public static Margins pad1D(int before, int after) {
    return new Margins(Kind.PAD, 1, 0, 0, before, after, "");
  }

  /// Cuts the margins of images off.
  public static Margins crop2D(int top, int bottom, int left, int right) {
    return new Margins(Kind.CROP, 2, top, bottom, left, right, "");
  }

  /// Cuts the first and last steps of sequences off.
  public static Margins crop1D(int before, int after) {
    return new Margins(Kind.CROP, 1, 0, 0, before, after, "");
  }

  /// The same layer under a chosen name.
  public Margins named(String newName) {
    return new Margins(kind, axes, top, bottom, left, right, newName);
  }

  @Override
  public String stem() {
    return switch (kind) {
      case PAD -> "zero_padding" + axes + "d";
      case CROP -> "cropping" + axes + "d";
    };
  }

  @Override
  public Value build(Net net, Value x) {
    Geometry view = axes == 1 ? Geometry.over1D(1) : Geometry.over2D(1, 1);
    view.images(net, x);
    int rank = x.shape().rank();
    List<Integer> low = new ArrayList<>(Collections.nCopies(rank, 0));
    List<Integer> high = new ArrayList<>(Collections.nCopies(rank, 0));
    low.set(rank - 2, left);
    high.set(rank - 2, right);
    if (axes == 2) {
      low.set(1, top);
      high.set(1, bottom);
    }
    GraphBuilder b = net.graph();
    return switch (kind) {
      case PAD -> b.pad(x, low, high, Collections.nCopies(rank, 0), 0f);
      case CROP -> crop(net, x, low, high);
    };
  }

  private static Value crop(Net net, Value x, List<Integer> low, List<Integer> high) {
    Shape s = x.shape();
    Value y = x;
    for (int axis = 1; axis < s.rank() - 1; axis++) {
      int size = s.dim(axis) - low.get(axis) - high.get(axis);
      if (size < 1) {
        throw net.problem("cutting off " + low.get(axis) + " and " + high.get(axis) + " leaves nothing of axis " + axis
            + " of shape " + s);
      }
      y = net.graph().slice(y, axis, low.get(axis), size);
    }
    return y;
  }
}
