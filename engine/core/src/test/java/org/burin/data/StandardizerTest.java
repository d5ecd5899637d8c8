package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StandardizerTest {
  @Test
  void meanAndPopulationDeviation() {
    Standardizer s = Standardizer.fit(Tensor.of(Shape.of(4, 2), 2, 5, 4, 5, 4, 5, 6, 5));
    assertThat(s.mean()).isEqualTo(Tensor.vector(4, 5));
    assertThat(s.scale()).isEqualTo(Tensor.vector((float) Math.sqrt(2), 1));
  }

  /// Summed naively in double, the ones that come after 1e16 are lost.
  @Test
  void sumsAreExact() {
    Standardizer s = Standardizer.fit(Tensor.vector(1e16f, 1, 1, 1, 1, -1e16f, 1, 1));
    assertThat(s.mean().item()).isEqualTo(0.75f);
  }

  @Test
  void constantFeaturesBecomeZero() {
    Tensor samples = Tensor.of(Shape.of(3, 1), 0.1f, 0.1f, 0.1f);
    Standardizer s = Standardizer.fit(samples);
    assertThat(s.scale()).isEqualTo(Tensor.vector(1));
    s.apply(samples);
    assertThat(samples).isEqualTo(Tensor.zeros(Shape.of(3, 1)));
  }

  @Test
  void appliesInPlaceAndAsAView() {
    Dataset data = TestData.blocked(TestData.numbered(10_001), 512);
    Standardizer s = Standardizer.fit(data, Role.INPUT, "x");
    assertThat(s.mean()).isEqualTo(Tensor.vector(5000, 5000.5f));
    Tensor viewed = data.map(Role.INPUT, "x", Shape.of(2), s).tensor(Role.INPUT, "x");
    Tensor samples = data.tensor(Role.INPUT, "x");
    s.apply(samples);
    assertThat(viewed).isEqualTo(samples);
    assertThat(samples.get(5000, 0)).isEqualTo(0);
    assertThat(samples.get(0, 1)).isEqualTo(-samples.get(10_000, 1));
  }

  @Test
  void badInput() {
    assertThatThrownBy(() -> Standardizer.fit(Tensor.of(Shape.of(2, 2), 1, 2, 3, Float.NaN)))
        .isInstanceOf(DataException.class)
        .hasMessage("cannot standardize input x [2]: feature 1 of sample 1 is NaN");
    assertThatThrownBy(() -> Standardizer.fit(Tensor.zeros(Shape.of(0, 2))))
        .isInstanceOf(DataException.class)
        .hasMessage("cannot standardize input x [2]: the dataset has no samples");
    Standardizer s = new Standardizer(Tensor.vector(0, 0), Tensor.vector(1, 1));
    assertThatThrownBy(() -> s.apply(Tensor.zeros(Shape.of(4, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot standardize the shape [4,3]; expected samples of shape [2] behind a sample axis");
    assertThatThrownBy(() -> new Standardizer(Tensor.vector(0), Tensor.vector(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 0 has the mean 0.0 and the scale 0.0; expected finite numbers and a positive scale");
    assertThatThrownBy(() -> new Standardizer(Tensor.vector(0), Tensor.vector(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mean has the shape [1], scale [2]");
  }
}
