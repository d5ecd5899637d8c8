package org.burin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.burin.exec.DoubleTensor;
import org.burin.ir.GraphException;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

/// Layers that move, join, pool or drop numbers.
class ShapingTest {
  private static DoubleTensor run(Layer layer, DoubleTensor x) {
    int[] dims = x.shape().dims();
    int[] sample = Arrays.copyOfRange(dims, 1, dims.length);
    return Runs.infer(Model.sequential("m", 1, Shape.of(sample), layer), x);
  }

  @Test
  void flattenAndReshapeKeepTheOrder() {
    DoubleTensor x = Runs.numbers(2, 3, 4, 5);

    Runs.assertClose(run(Flatten.of(), x), DoubleTensor.of(Shape.of(2, 60), x.data()));
    Runs.assertClose(run(Reshape.to(6, -1), x), DoubleTensor.of(Shape.of(2, 6, 10), x.data()));
    assertThatThrownBy(() -> run(Reshape.to(7, -1), x)).isInstanceOf(GraphException.class)
        .hasMessage("layer reshape: samples of shape [3,4,5] have 60 elements, they cannot be reshaped to [7, -1]");
    assertThatThrownBy(() -> Reshape.to(-1, -1))
        .hasMessage("Reshape: extents must be at least 1, or -1 once, found [-1, -1]");
  }

  @Test
  void permute() {
    DoubleTensor x = Runs.numbers(2, 3, 4, 5);

    Runs.assertClose(run(Permute.of(3, 1, 2), x), DoubleTensor.generate(
        Shape.of(2, 5, 3, 4), i -> x.get(i[0], i[2], i[3], i[1])));
    assertThatThrownBy(() -> Permute.of(0, 1)).hasMessage("Permute: expected each axis from 1 on once, found [0, 1]");
    assertThatThrownBy(() -> run(Permute.of(2, 1), x))
        .hasMessage("layer permute: expected samples with 2 axes for the order [2, 1], found shape [N,3,4,5]");
  }

  @Test
  void marginsAreAddedAndCut() {
    DoubleTensor x = Runs.numbers(2, 3, 4, 2);

    Runs.assertClose(run(Margins.pad2D(1, 0, 0, 2), x), DoubleTensor.generate(Shape.of(2, 4, 6, 2), i ->
        i[1] >= 1 && i[2] < 4 ? x.get(i[0], i[1] - 1, i[2], i[3]) : 0));
    Runs.assertClose(run(Margins.crop2D(1, 1, 0, 3), x), DoubleTensor.generate(Shape.of(2, 1, 1, 2), i ->
        x.get(i[0], i[1] + 1, i[2], i[3])));
    DoubleTensor s = Runs.numbers(2, 5, 3);
    Runs.assertClose(run(Margins.pad1D(2, 1), s), DoubleTensor.generate(Shape.of(2, 8, 3), i ->
        i[1] >= 2 && i[1] < 7 ? s.get(i[0], i[1] - 2, i[2]) : 0));
    Runs.assertClose(run(Margins.crop1D(2, 1), s), DoubleTensor.generate(Shape.of(2, 2, 3), i ->
        s.get(i[0], i[1] + 2, i[2])));
    assertThatThrownBy(() -> run(Margins.crop1D(3, 2), s))
        .hasMessage("layer cropping1d: cutting off 3 and 2 leaves nothing of axis 1 of shape [N,5,3]");
    assertThatThrownBy(() -> Margins.pad1D(-1, 0)).hasMessage("Margins: amounts must be at least 0, found -1");
  }

  @Test
  void pooling() {
    DoubleTensor x = Runs.numbers(2, 5, 4, 3);

    Runs.assertClose(run(Pool.max2D(2), x), DoubleTensor.generate(Shape.of(2, 2, 2, 3), i -> Math.max(
        Math.max(x.get(i[0], 2 * i[1], 2 * i[2], i[3]), x.get(i[0], 2 * i[1], 2 * i[2] + 1, i[3])),
        Math.max(x.get(i[0], 2 * i[1] + 1, 2 * i[2], i[3]), x.get(i[0], 2 * i[1] + 1, 2 * i[2] + 1, i[3])))));
    // The last of three windows of two rows over five has one row inside.
    Runs.assertClose(run(Pool.average2D(2, 1).withPadding(Padding.SAME), x), DoubleTensor.generate(
        Shape.of(2, 3, 4, 3), i -> i[1] == 2
            ? x.get(i[0], 4, i[2], i[3])
            : (x.get(i[0], 2 * i[1], i[2], i[3]) + x.get(i[0], 2 * i[1] + 1, i[2], i[3])) / 2));
    DoubleTensor s = Runs.numbers(2, 6, 3);
    Runs.assertClose(run(Pool.average1D(3).withStride(1), s), DoubleTensor.generate(Shape.of(2, 4, 3), i ->
        (s.get(i[0], i[1], i[2]) + s.get(i[0], i[1] + 1, i[2]) + s.get(i[0], i[1] + 2, i[2])) / 3));
    Runs.assertClose(run(Pool.max1D(2), s), DoubleTensor.generate(Shape.of(2, 3, 3), i ->
        Math.max(s.get(i[0], 2 * i[1], i[2]), s.get(i[0], 2 * i[1] + 1, i[2]))));
  }

  @Test
  void globalPooling() {
    DoubleTensor x = Runs.numbers(2, 2, 2, 3);
    DoubleTensor s = Runs.numbers(2, 2, 3);

    Runs.assertClose(run(GlobalPool.average(), x), DoubleTensor.generate(Shape.of(2, 3), i ->
        (x.get(i[0], 0, 0, i[1]) + x.get(i[0], 0, 1, i[1]) + x.get(i[0], 1, 0, i[1]) + x.get(i[0], 1, 1, i[1])) / 4));
    Runs.assertClose(run(GlobalPool.max(), s), DoubleTensor.generate(Shape.of(2, 3), i ->
        Math.max(s.get(i[0], 0, i[1]), s.get(i[0], 1, i[1]))));
    assertThatThrownBy(() -> Model.sequential("m", 1, Shape.of(3), GlobalPool.max())).hasMessage(
        "layer global_max_pooling: expected sequences [N,T,C] or images [N,H,W,C], found shape [N,3]");
  }

  @Test
  void upSampling() {
    DoubleTensor x = Runs.numbers(2, 2, 3, 2);
    DoubleTensor s = Runs.numbers(2, 3, 2);

    Runs.assertClose(run(UpSampling.of2D(2, 3), x), DoubleTensor.generate(Shape.of(2, 4, 9, 2), i ->
        x.get(i[0], i[1] / 2, i[2] / 3, i[3])));
    Runs.assertClose(run(UpSampling.of1D(2), s), DoubleTensor.generate(Shape.of(2, 6, 2), i ->
        s.get(i[0], i[1] / 2, i[2])));
    assertThatThrownBy(() -> UpSampling.of1D(0)).hasMessage("UpSampling: factors must be at least 1, found 0");
  }

  private static double[] merged(Merge merge) {
    Model m = Model.build("m", 1, net -> net.output("y",
        merge.apply(net, net.input("a", 2), net.input("b", 2))));
    return Runs.infer(m, Map.of("a", DoubleTensor.of(Shape.of(1, 2), 3, -4),
        "b", DoubleTensor.of(Shape.of(1, 2), -5, 6))).data();
  }

  @Test
  void mergers() {
    assertThat(merged(Merge.add())).containsExactly(-2, 2);
    assertThat(merged(Merge.subtract())).containsExactly(8, -10);
    assertThat(merged(Merge.multiply())).containsExactly(-15, -24);
    assertThat(merged(Merge.average())).containsExactly(-1, 1);
    assertThat(merged(Merge.maximum())).containsExactly(3, 6);
    assertThat(merged(Merge.minimum())).containsExactly(-5, -4);
    assertThat(merged(Merge.concat())).containsExactly(3, -4, -5, 6);
  }

  @Test
  void mergersThatDoNotFit() {
    assertThatThrownBy(() -> Model.build("m", 1, net -> net.apply(Merge.subtract(), List.of(net.input("a", 2)))))
        .hasMessage("layer subtract: expected two values, found 1");
    assertThatThrownBy(() -> Model.build("m", 1, net -> net.apply(Merge.add(), List.of())))
        .hasMessage("layer add: expected values, found 0");
    assertThatThrownBy(() -> Model.build("m", 1,
        net -> Merge.multiply().apply(net, net.input("a", 2), net.input("b", 3))))
        .hasMessageStartingWith("layer multiply: mul %0 %1: shapes [N,2] and [N,3] do not broadcast");
    assertThatThrownBy(() -> Model.build("m", 1,
        net -> Merge.concat(1).named("join").apply(net, net.input("a", 2, 2), net.input("b", 2, 3))))
        .hasMessageStartingWith("layer join: concat %0 %1 axis=1: shapes [N,2,2] and [N,2,3] cannot be joined");
  }

  @Test
  void embeddingLooksUpRows() {
    Model m = Runs.of(Shape.of(3), Embedding.of(5, 2));
    DoubleTensor table = Runs.parameter(m, "embedding/embeddings");

    Runs.assertClose(Runs.infer(m, DoubleTensor.of(Shape.of(1, 3), 4, 0, 4)), DoubleTensor.of(Shape.of(1, 3, 2),
        table.get(4, 0), table.get(4, 1), table.get(0, 0), table.get(0, 1), table.get(4, 0), table.get(4, 1)));
    assertThatThrownBy(() -> Embedding.of(0, 2)).hasMessage("Embedding: words must be at least 1, found 0");
  }

  @Test
  void denseWorksOnTheLastAxis() {
    Model m = Runs.of(Shape.of(3, 4), Dense.of(2, Activation.RELU));
    DoubleTensor x = Runs.numbers(2, 3, 4);
    DoubleTensor kernel = Runs.parameter(m, "dense/kernel");

    Runs.assertClose(Runs.infer(m, x), DoubleTensor.generate(Shape.of(2, 3, 2), i -> {
      double s = Runs.parameter(m, "dense/bias").get(i[2]);
      for (int c = 0; c < 4; c++) {
        s += x.get(i[0], i[1], c) * kernel.get(c, i[2]);
      }
      return Math.max(s, 0);
    }));
    assertThatThrownBy(() -> Dense.of(0).named("out")).hasMessage("Dense: units must be at least 1, found 0");
    assertThatThrownBy(() -> Model.build("m", 1, net -> net.output("y", net.apply(Dense.of(1), net.input("x")))))
        .hasMessage("layer dense: expected features [N,...,C], found shape [N]");
  }
}
