package org.burin.workloads.emd;

import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.Arrangement;
import org.burin.workloads.econ.Hgcal;

/// What all networks of the distance see: modules as three 4x4 images, one per sector, as channels.
final class Images {
  /// The input with the first images.
  static final String X = "x";

  /// The input with the second images.
  static final String Y = "y";

  /// The output.
  static final String DISTANCE = "distance";

  static final Arrangement ARRANGEMENT = Arrangement.SECTORS_4X4X3;
  static final Shape SHAPE = ARRANGEMENT.shape();

  private Images() {}

  /// The images of events, 48 numbers each, as they are.
  static Tensor of(float[] events) {
    int n = events.length / Hgcal.CELLS;
    Tensor images = Tensor.zeros(Shape.of(n, SHAPE.dim(0), SHAPE.dim(1), SHAPE.dim(2)));
    for (int i = 0; i < n; i++) {
      ARRANGEMENT.write(events, i * Hgcal.CELLS, images.data(), i * Hgcal.CELLS);
    }
    return images;
  }
}
