package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.ir.GraphException;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static Parameters parameters() {
    return Model.sequential("m", 1, Shape.of(3),
            Sequential.of(Dense.of(2), BatchNorm.of()).named("encoder"), Dense.of(1), Dense.of(1).named("dense_10"))
        .parameters();
  }

  @Test
  void listsKindsAndCounts() {
    Parameters p = parameters();
    p.freeze("encoder/dense/bias");

    assertThat(p).hasToString("""
        weight [3,2] encoder/dense/kernel
        frozen weight [2] encoder/dense/bias
        weight [2] encoder/batch_norm/gamma
        weight [2] encoder/batch_norm/beta
        state [2] encoder/batch_norm/moving_mean
        state [2] encoder/batch_norm/moving_variance
        weight [2,1] dense/kernel
        weight [1] dense/bias
        weight [1,1] dense_10/kernel
        weight [1] dense_10/bias""");
    assertThat(p.count()).isEqualTo(21);
    assertThat(p.trainableCount()).isEqualTo(15);
  }

  @Test
  void freezesWholeLayersAndScopes() {
    Parameters p = parameters();
    p.freeze("encoder");
    assertThat(p.trainable()).containsExactly("dense/kernel", "dense/bias", "dense_10/kernel", "dense_10/bias");
    assertThat(p.isFrozen("encoder/batch_norm/moving_mean")).isTrue();
    p.freeze("dense");
    assertThat(p.trainable()).containsExactly("dense_10/kernel", "dense_10/bias");
    p.unfreeze("encoder/dense");
    assertThat(p.trainable())
        .containsExactly("encoder/dense/kernel", "encoder/dense/bias", "dense_10/kernel", "dense_10/bias");
    p.unfreeze("");
    assertThat(p.trainable()).hasSize(8);
    assertThatThrownBy(() -> p.freeze("encodr")).isInstanceOf(GraphException.class).hasMessage(
        "no parameter is called 'encodr' or lies under it; layers with parameters are [encoder/dense, "
            + "encoder/batch_norm, dense, dense_10]");
  }

  @Test
  void copiesHaveTensorsOfTheirOwn() {
    Parameters p = parameters();
    p.freeze("dense");
    Parameters copy = p.copy();
    p.get("dense/bias").data()[0] = 5f;

    assertThat(copy.get("dense/bias").item()).isZero();
    assertThat(copy.isFrozen("dense/bias")).isTrue();
    copy.assign(p);
    assertThat(copy.get("dense/bias").item()).isEqualTo(5f);
  }

  @Test
  void assignsIntoAScope() {
    Parameters encoder = Model.sequential("e", 9, Shape.of(3), Dense.of(2), BatchNorm.of()).parameters();
    Parameters p = parameters();
    p.assign("encoder", encoder);

    assertThat(p.get("encoder/dense/kernel")).isEqualTo(encoder.get("dense/kernel"));
    assertThat(p.get("encoder/dense/kernel").data()).isNotSameAs(encoder.get("dense/kernel").data());
  }

  @Test
  void assigningSaysEverythingThatDoesNotFitAndChangesNothing() {
    Parameters p = parameters();
    Parameters before = p.copy();
    Parameters other = Model.sequential("e", 9, Shape.of(3), Dense.of(4), Dense.of(2)).parameters();

    assertThatThrownBy(() -> p.assign("encoder", other)).isInstanceOf(GraphException.class).hasMessage("""
        parameters do not match:
          'encoder/dense/kernel' has shape [3,2], the one to copy from has [3,4]
          'encoder/dense/bias' has shape [2], the one to copy from has [4]
          'encoder/batch_norm/gamma' [2] has no counterpart to copy from
          'encoder/batch_norm/beta' [2] has no counterpart to copy from
          'encoder/batch_norm/moving_mean' [2] has no counterpart to copy from
          'encoder/batch_norm/moving_variance' [2] has no counterpart to copy from
          'encoder/dense_1/kernel' [4,2] does not exist here
          'encoder/dense_1/bias' [2] does not exist here""");
    assertThat(p.tensors()).containsExactlyEntriesOf(before.tensors());
  }

  @Test
  void unknownNamesAndWrongShapes() {
    Parameters p = new Parameters();
    p.add("w", Tensor.vector(1f, 2f), Parameters.Kind.WEIGHT);

    assertThatThrownBy(() -> p.get("v")).hasMessage("there is no parameter 'v'; there are [w]");
    assertThatThrownBy(() -> p.add("w", Tensor.scalar(1f), Parameters.Kind.STATE))
        .hasMessage("parameter 'w' exists already");
    assertThatThrownBy(() -> p.set("w", Tensor.vector(1f)))
        .hasMessage("parameter 'w' has shape [2], found [1] to copy into it");
    assertThat(p.contains("v")).isFalse();
  }
}
