package org.burin.workloads.jets;

import java.util.List;
import org.burin.data.Dataset;
import org.burin.data.Standardizer;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// What every part of the jet benchmark has in common: the features, the classes and their order.
public final class Jets {
  /// The 16 features in the order of the public data set.
  ///
  /// `zlogz` is the sum of z log z over the momentum fractions z of the particles in the jet; c, d, m and n are ratios
  /// of energy correlation functions with the angular exponent b; `mass_mmdt` is the mass after grooming in GeV;
  /// `multiplicity` is the number of particles. In the public data `d2_a1_b1_mmdt` equals `d2_b1_mmdt`.
  public static final List<String> FEATURES = List.of("zlogz", "c1_b0_mmdt", "c1_b1_mmdt", "c1_b2_mmdt", "c2_b1_mmdt",
      "c2_b2_mmdt", "d2_b1_mmdt", "d2_b2_mmdt", "d2_a1_b1_mmdt", "d2_a1_b2_mmdt", "m2_b1_mmdt", "m2_b2_mmdt",
      "n2_b1_mmdt", "n2_b2_mmdt", "mass_mmdt", "multiplicity");

  /// The classes, class index 0 first: gluon, light quark, top quark, W, Z.
  public static final List<String> CLASSES = List.of("g", "q", "t", "w", "z");

  /// The name of the input of datasets and models: `[N,16]`, standardized.
  static final String INPUT = "x";

  /// The name of the target of datasets, class indices `[N]`, and of the output of models, logits `[N,5]`.
  static final String OUTPUT = "y";

  /// The position of the feature that is a copy of [#COPIED].
  static final int COPY = 8;
  static final int COPIED = 6;
  static final int MULTIPLICITY = 15;

  private Jets() {}

  /// From the features' own units to what models of this benchmark see: mean 0 and variance 1 over the training rows of
  /// the public data set.
  public static Standardizer standardizer() {
    double[][] scale = GeneratorNumbers.rows("scale");
    Tensor means = Tensor.zeros(Shape.of(scale.length));
    Tensor scales = Tensor.zeros(Shape.of(scale.length));
    for (int j = 0; j < scale.length; j++) {
      means.data()[j] = (float) scale[j][0];
      scales.data()[j] = (float) scale[j][1];
    }
    return new Standardizer(means, scales);
  }

  static Dataset dataset(float[] features, float[] classes) {
    Tensor x = Tensor.of(Shape.of(classes.length, FEATURES.size()), features);
    return Dataset.builder().input(INPUT, x).labels(OUTPUT, Tensor.vector(classes), CLASSES).build();
  }
}
