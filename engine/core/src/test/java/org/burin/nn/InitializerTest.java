package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The expected numbers come from a program of its own, in another language.
class InitializerTest {
  private static float[] create(Initializer initializer, int... dims) {
    return initializer.create(Shape.of(dims), new Draws(1, "w")).data();
  }

  @Test
  void pathsAreHashedAsEver() {
    assertThat(Draws.hash("encoder/dense_1/kernel")).isEqualTo(0x04bfb0098a3cafe5L);
    assertThat(new Draws(1, "a/b").uniform(0, 3))
        .containsExactly(0x1.cf11d8p-3f, 0x1.ab7264p-1f, 0x1.dcfb28p-1f);
  }

  @Test
  void constants() {
    assertThat(create(Initializer.zeros(), 2)).containsExactly(0f, 0f);
    assertThat(create(Initializer.ones(), 2)).containsExactly(1f, 1f);
    assertThat(create(Initializer.constant(0.5f), 1, 2)).containsExactly(0.5f, 0.5f);
    Tensor given = Tensor.vector(1f, 2f);
    assertThat(create(Initializer.copyOf(given), 2)).containsExactly(1f, 2f).isNotSameAs(given.data());
  }

  @Test
  void fixedBits() {
    assertThat(create(Initializer.uniform(-0.5f, 0.5f), 4))
        .containsExactly(-0.11396724f, -0.14445937f, 0.4969867f, -0.058605433f);
    assertThat(create(Initializer.normal(1f, 2f), 4))
        .containsExactly(-0.21607916f, -5.357721f, -0.4121807f, 2.3769662f);
    assertThat(create(Initializer.truncatedNormal(0f, 2f), 4))
        .containsExactly(-1.2160791f, 1.6188102f, -1.4121807f, 1.3769662f);
    assertThat(create(Initializer.heNormal(), 4, 1))
        .containsExactly(-0.48878622f, 0.65065837f, -0.5676065f, 0.5534526f);
    assertThat(create(Initializer.lecunUniform(), 4, 1))
        .containsExactly(-0.19739705f, -0.25021097f, 0.86080617f, -0.10150759f);
    assertThat(Initializer.glorotUniform().create(Shape.of(3, 3, 1, 8), new Draws(3, "conv2d/kernel")).data())
        .startsWith(0.10196107f, -0.005978188f, -0.18404722f, -0.04928905f);
    assertThat(create(Initializer.glorotNormal(), 2, 4))
        .startsWith(-0.3990923f, 0.5312604f, -0.4634488f, 0.45189214f);
  }

  @Test
  void orthogonalColumnsOrRows() {
    assertThat(create(Initializer.orthogonal(1f), 3, 2))
        .containsExactly(-0.6427795f, -0.6584258f, -0.74643236f, 0.6532588f, 0.17225908f, 0.37380254f);
    assertThat(create(Initializer.orthogonal(1f), 2, 3))
        .containsExactly(-0.6427795f, -0.74643236f, 0.17225908f, -0.6584258f, 0.6532588f, 0.37380254f);
    float[] q = create(Initializer.orthogonal(1f), 16, 16);
    for (int i = 0; i < 16; i++) {
      for (int j = 0; j < 16; j++) {
        double dot = 0;
        for (int k = 0; k < 16; k++) {
          dot += (double) q[k * 16 + i] * q[k * 16 + j];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, offset(1e-6));
      }
    }
  }

  @Test
  void addingALayerChangesNoOther() {
    Model small = Model.sequential("m", 4, Shape.of(8), Dense.of(8), Dense.of(8).named("out"));
    Model large = Model.sequential("m", 4, Shape.of(8), Dense.of(8), Dense.of(8), Dense.of(8).named("out"));
    Model other = Model.sequential("m", 5, Shape.of(8), Dense.of(8), Dense.of(8).named("out"));

    for (String name : small.parameters().names()) {
      assertThat(large.parameters().get(name)).isEqualTo(small.parameters().get(name));
    }
    assertThat(small.parameters().get("out/kernel")).isNotEqualTo(small.parameters().get("dense/kernel"));
    assertThat(other.parameters().get("out/kernel")).isNotEqualTo(small.parameters().get("out/kernel"));
  }

  @Test
  void wrongOptions() {
    assertThatThrownBy(() -> Initializer.uniform(1f, 0f))
        .hasMessage("uniform initializer needs low <= high, found 1.0 and 0.0");
    assertThatThrownBy(() -> Initializer.normal(0f, -1f))
        .hasMessage("normal initializer needs a deviation of at least 0, found -1.0");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(8),
        Dense.of(2).withBiasInitializer(Initializer.orthogonal(1f))))
        .hasMessage("parameter 'dense/bias': orthogonal initializer needs at least 2 axes, found shape [2]");
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(8),
        Dense.of(2).withKernelInitializer(Initializer.copyOf(Tensor.vector(1f)))))
        .hasMessage("parameter 'dense/kernel': the initial value has shape [1], expected [8,2]");
    assertThatThrownBy(() -> Regularizer.l1(-1f))
        .hasMessage("regularizer factors must be finite and not negative, found l1=-1.0, l2=0.0");
  }
}
