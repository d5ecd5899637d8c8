package org.burin.workloads.jets;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class JetsModelTest {
  @Test
  void theBaselineHasTheWeightsOfTheReference() {
    Model model = JetsModel.BASELINE.build(1);
    assertThat(model.parameters().count()).isEqualTo(4_389);
    assertThat(model.parameters().get("fc1/kernel").shape()).isEqualTo(Shape.of(16, 64));
    assertThat(model.parameters().get("fc2/kernel").shape()).isEqualTo(Shape.of(64, 32));
    assertThat(model.parameters().get("fc3/kernel").shape()).isEqualTo(Shape.of(32, 32));
    assertThat(model.parameters().get("output/bias").shape()).isEqualTo(Shape.of(5));
  }

  @Test
  void batchNormalizationHasFourNumbersPerHiddenUnit() {
    assertThat(JetsModel.REFERENCE.build(1).parameters().count()).isEqualTo(4_389 + 4 * (64 + 32 + 32));
  }

  @Test
  void givesFiveLogitsPerJet() {
    Tensor logits = JetsModel.BASELINE.build(1).predict(Tensor.zeros(Shape.of(3, 16)));
    assertThat(logits.shape()).isEqualTo(Shape.of(3, 5));
  }

  @Test
  void theSeedDecidesTheWeights() {
    Tensor one = JetsModel.BASELINE.build(1).parameters().get("fc1/kernel");
    assertThat(JetsModel.BASELINE.build(1).parameters().get("fc1/kernel").data()).isEqualTo(one.data());
    assertThat(JetsModel.BASELINE.build(2).parameters().get("fc1/kernel").data()).isNotEqualTo(one.data());
  }

  @Test
  void namesFeaturesAndClassesAndTheirScale() {
    assertThat(JetsModel.BASELINE.build(1).metadata())
        .containsEntry("classes", "g,q,t,w,z")
        .containsEntry("features", String.join(",", Jets.FEATURES))
        .containsEntry("standardizer.mean", "-2.8652,0.433308,0.0377672,0.00799982,0.0456236,0.00761878,1.29628,"
            + "1.08443,1.29628,0.190412,0.0900228,0.0424649,0.281212,0.143969,75.1724,51.8917")
        .hasEntrySatisfying("standardizer.scale", scale -> assertThat(scale).endsWith(",55.6469,21.695"));
  }
}
