package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.burin.data.Column.Role;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DatasetTest {
  @Test
  void severalInputsTargetsAndWeights() {
    Dataset data = Dataset.builder()
        .input("image", Tensor.zeros(Shape.of(3, 4, 4, 1)))
        .input("energy", Tensor.vector(1, 2, 3))
        .target("class", Tensor.vector(0, 1, 0))
        .target("mass", Tensor.zeros(Shape.of(3, 1)))
        .weight("mass", Tensor.vector(1, 0, 1))
        .weight(Tensor.vector(1, 1, 2))
        .build();
    assertThat(data.size()).isEqualTo(3);
    assertThat(data.columns().toString())
        .isEqualTo("[input image [4,4,1], input energy [], target class [], target mass [1], weight mass [],"
            + " weight * []]");
    assertThat(data.indexOf(Role.TARGET, "mass")).isEqualTo(3);
    assertThat(data.indexOf(Role.INPUT, "mass")).isEqualTo(-1);
    assertThat(data.column(Role.INPUT, "image").batchShape()).isEqualTo(Shape.parse("[N,4,4,1]"));
    assertThat(data.tensor(Role.INPUT, "energy")).isEqualTo(Tensor.vector(1, 2, 3));
    assertThat(data.load()).isSameAs(data);
  }

  @Test
  void rangesAreViews() {
    Dataset data = TestData.numbered(10);
    assertThat(positions(data.take(3))).containsExactly(0, 1, 2);
    assertThat(positions(data.skip(8))).containsExactly(8, 9);
    assertThat(positions(data.range(2, 5).skip(1))).containsExactly(3, 4);
    assertThat(data.take(99).size()).isEqualTo(10);
    assertThat(data.skip(99).size()).isZero();
    assertThatThrownBy(() -> data.range(5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void subsetsKeepTheirOrder() {
    Dataset data = TestData.numbered(10);
    assertThat(positions(data.subset(7, 2, 3, 2))).containsExactly(7, 2, 3, 2);
    assertThat(positions(TestData.blocked(data, 4).subset(7, 2, 3, 2))).containsExactly(7, 2, 3, 2);
    assertThatThrownBy(() -> data.subset(10)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void viewsAreShuffledAsWhatTheyShow() {
    Dataset data = TestData.numbered(40);
    Dataset view = Dataset.concat(data.range(10, 20), data.subset(5, 4, 3));
    Dataset copy = view.load();
    BatchOptions options = BatchOptions.of(4).shuffle(9);
    assertThat(view.size()).isEqualTo(13);
    assertThat(TestData.positions(view.batches(options))).isEqualTo(TestData.positions(copy.batches(options)));
    assertThat(positions(view)).containsExactly(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 5, 4, 3);
    Dataset part = data.range(20, 40).range(5, 15);
    assertThat(TestData.positions(part.batches(options))).isEqualTo(TestData.positions(part.load().batches(options)));
  }

  @Test
  void concatNeedsEqualColumns() {
    Dataset other = Dataset.of(Tensor.zeros(Shape.of(2, 3)), Tensor.vector(0, 0));
    assertThatThrownBy(() -> Dataset.concat(TestData.numbered(2), other))
        .isInstanceOf(DataException.class)
        .hasMessage("part 2 of the datasets to join has the columns [input x [3], target y []], part 1 has"
            + " [input x [2], target y []]; they must agree in role, name, shape and classes");
  }

  @Test
  void zipPutsColumnsSideBySide() {
    Dataset x = Dataset.builder().input("a", Tensor.vector(1, 2, 3)).build();
    Dataset inMemory = Dataset.builder().target("b", Tensor.vector(4, 5, 6)).weight(Tensor.vector(7, 8, 9)).build();
    Dataset y = TestData.blocked(inMemory, 2);
    Dataset both = Dataset.zip(x, y);
    assertThat(both.blockSize()).isEqualTo(2);
    assertThat(both.load().tensor(Role.INPUT, "a")).isEqualTo(Tensor.vector(1, 2, 3));
    assertThat(both.subset(2, 0).tensor(Role.WEIGHT, "*")).isEqualTo(Tensor.vector(9, 7));
    assertThat(both.subset(2, 0).tensor(Role.TARGET, "b")).isEqualTo(Tensor.vector(6, 4));
    assertThatThrownBy(() -> Dataset.zip(x, y.take(2)))
        .isInstanceOf(DataException.class)
        .hasMessage("the dataset with [target b [], weight * []] has 2 samples, the one with [input a []] has 3;"
            + " they must agree");
    assertThatThrownBy(() -> Dataset.zip(x, x))
        .isInstanceOf(DataException.class)
        .hasMessage("two columns are called 'a' among [input a [], input a []]; rename one");
  }

  @Test
  void splitTakesTheLastSamplesLikeKeras() {
    Dataset.Split split = TestData.numbered(10).split(0.25);
    assertThat(positions(split.train())).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(positions(split.validation())).containsExactly(7, 8, 9);
  }

  @Test
  void splitBySeedIsFixedAndKeepsTheOrder() {
    Dataset.Split split = TestData.numbered(10).split(0.3, 1);
    assertThat(positions(split.train())).containsExactly(0, 2, 3, 4, 5, 6, 7);
    assertThat(positions(split.validation())).containsExactly(1, 8, 9);
  }

  @Test
  void aSplitWithAnEmptyPartIsAnError() {
    assertThatThrownBy(() -> TestData.numbered(1).split(0.5))
        .isInstanceOf(DataException.class)
        .hasMessage("a validation fraction of 0.5 of 1 samples leaves 0 for training and 1 for validation; both need at"
            + " least one");
    assertThatThrownBy(() -> TestData.numbered(10).split(1.0))
        .isInstanceOf(DataException.class)
        .hasMessage("the validation fraction is 1.0; expected a number between 0 and 1");
  }

  @Test
  void mapChangesOneColumn() {
    SampleMap sum = (from, f, to, t) -> to[t] = from[f] + from[f + 1];
    Dataset data = TestData.numbered(6).map(Role.INPUT, "x", Shape.SCALAR, sum);
    assertThat(data.columns().toString()).isEqualTo("[input x [], target y []]");
    assertThat(data.tensor(Role.INPUT, "x")).isEqualTo(Tensor.vector(0.5f, 2.5f, 4.5f, 6.5f, 8.5f, 10.5f));
    assertThat(data.subset(5, 1).tensor(Role.INPUT, "x")).isEqualTo(Tensor.vector(10.5f, 2.5f));
    assertThatThrownBy(() -> data.map(Role.INPUT, "y", Shape.SCALAR, (from, f, to, t) -> to[t] = 0))
        .isInstanceOf(DataException.class)
        .hasMessage("the dataset has no input 'y'; it has input x [], target y []");
  }

  @Test
  void oneHot() {
    Dataset data = Dataset.builder().labels("y", Tensor.vector(2, 0), List.of("g", "q", "t")).build();
    Dataset hot = data.map(Role.TARGET, "y", Shape.of(3), SampleMap.oneHot(3));
    assertThat(hot.tensor(Role.TARGET, "y")).isEqualTo(Tensor.of(Shape.of(2, 3), 0, 0, 1, 1, 0, 0));
    assertThat(hot.column(Role.TARGET, "y").classes()).containsExactly("g", "q", "t");
    Dataset two = data.map(Role.TARGET, "y", Shape.of(2), SampleMap.oneHot(2));
    assertThatThrownBy(two::load)
        .isInstanceOf(DataException.class)
        .hasMessage("expected a class index from 0 to 1, found 2.0");
  }

  @Test
  void reshapeKeepsTheNumbers() {
    Dataset data = TestData.numbered(3).reshape(Role.INPUT, "x", Shape.of(1, 2));
    assertThat(data.tensor(Role.INPUT, "x")).isEqualTo(Tensor.of(Shape.of(3, 1, 2), 0, 0.5f, 1, 1.5f, 2, 2.5f));
    assertThatThrownBy(() -> data.reshape(Role.INPUT, "x", Shape.of(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("input x [1,2] has 2 numbers per sample, the shape [3] has 3");
  }

  @Test
  void columnsThatDoNotFitTogetherAreRefused() {
    DatasetBuilder sizes = Dataset.builder().input("x", Tensor.vector(1, 2)).target("y", Tensor.vector(1, 2, 3));
    assertThatThrownBy(sizes::build)
        .isInstanceOf(DataException.class)
        .hasMessage("target y [] has 3 samples, input x [] has 2; every tensor needs the same first extent");
    DatasetBuilder weight = Dataset.builder().input("x", Tensor.vector(1)).weight("z", Tensor.vector(1));
    assertThatThrownBy(weight::build)
        .isInstanceOf(DataException.class)
        .hasMessage("the weight column 'z' belongs to no target among [input x [], weight z []]; name a target, or '*'"
            + " for all");
    assertThatThrownBy(() -> Dataset.builder().input("x", Tensor.scalar(1)))
        .isInstanceOf(DataException.class)
        .hasMessage("'x' is a single number; expected a tensor with the sample axis first");
    assertThatThrownBy(() -> Dataset.builder().weight(Tensor.zeros(Shape.of(2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight column '*' has the shape [2]; expected one number per sample, shape []");
    assertThatThrownBy(() -> Dataset.builder().build())
        .isInstanceOf(DataException.class)
        .hasMessage("a dataset needs at least one column");
  }

  private static List<Integer> positions(Dataset data) {
    return TestData.positions(data.batches(BatchOptions.of(3)));
  }
}
