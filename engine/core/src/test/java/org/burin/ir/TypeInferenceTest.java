package org.burin.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

class TypeInferenceTest {
  private final GraphBuilder b = new GraphBuilder("g");

  private Value value(int... dims) {
    return b.input("x" + b.build().values().size(), Shape.of(dims));
  }

  private static void gives(Op op, int... dims) {
    assertThat(TypeInference.of(op).shape()).isEqualTo(Shape.of(dims));
  }

  private static void refused(Op op, String message) {
    assertThatThrownBy(() -> TypeInference.of(op)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void theOpenBatchSizePassesThrough() {
    int n = Shape.BATCH;
    Value x = value(n, 4);
    gives(new Op.Binary(BinaryFn.ADD, x, value(4)), n, 4);
    gives(new Op.MatMul(x, value(4, 3), false, false), n, 3);
    gives(new Op.MatMul(x, value(n, 3), true, false), 4, 3);
    gives(new Op.Reduce(ReduceFn.MEAN, x, List.of(0), false), 4);
    gives(new Op.Slice(x, List.of(0, 1), List.of(n, 2), List.of(1, 1)), n, 2);
    gives(new Op.Pad(x, List.of(0, 1), List.of(0, 1), List.of(0, 1), 0), n, 9);
    gives(new Op.Concat(List.of(x, x), 1), n, 8);
    gives(new Op.Transpose(x, List.of(1, 0)), 4, n);
    gives(new Op.Reshape(x, Shape.of(n, 2, 2)), n, 2, 2);
    gives(new Op.Gather(value(10, 3), x, 0), n, 4, 3);
    gives(new Op.Conv2d(value(n, 5, 5, 2), value(3, 3, 2, 7), Window.VALID, 1), n, 3, 3, 7);
  }

  @Test
  void products() {
    refused(new Op.MatMul(value(3), value(3, 2), false, false),
        "matrix product needs at least 2 axes, found [3] and [3,2]");
    refused(new Op.MatMul(value(2, 3), value(3, 2), true, false),
        "matrix product of [2,3]^T and [3,2]: inner extents 2 and 3 differ");
    refused(new Op.MatMul(value(5, 2, 3), value(4, 3, 2), false, false),
        "shapes [5] and [4] do not broadcast: 5 against 4 at axis 0 of 1");
  }

  @Test
  void convolutions() {
    Value x = value(1, 5, 5, 4);
    refused(new Op.Conv2d(value(5, 5), value(3, 3, 4, 2), Window.VALID, 1),
        "image must be [batch,height,width,channels], found [5,5]");
    refused(new Op.Conv2d(x, value(3, 3), Window.VALID, 1),
        "a convolution kernel is [height,width,channels/groups,filters], found [3,3]");
    refused(new Op.Conv2d(x, value(3, 3, 3, 2), Window.VALID, 1),
        "convolution of [1,5,5,4] with kernel [3,3,3,2] in 1 group(s): the kernel expects 3 channels, the image has 4");
    refused(new Op.Conv2d(x, value(3, 3, 2, 3), Window.VALID, 2), "groups 2 must divide the filters 3");
    refused(new Op.Conv2d(x, value(6, 1, 4, 1), Window.VALID, 1),
        "a window of 6x1 with " + Window.VALID + " does not fit into the image [1,5,5,4]");
    refused(new Op.Conv2dTranspose(value(1, 3, 3, 2), value(3, 3, 4, 2), Window.VALID, 1, 6, 5),
        "the transposed convolution's image must be [1,4,3,2], found [1,3,3,2]");
    refused(new Op.Conv2dTranspose(value(1, 3, 3, 1), value(3, 3, 4, 2), Window.VALID, 1, 5, 5),
        "transposed convolution of [1,3,3,1] with kernel [3,3,4,2]: "
            + "the kernel's last extent must be the image's channels");
    refused(new Op.Conv2dKernel(x, value(1, 3, 3, 2), Window.VALID, 3, 3, 3),
        "groups 3 must divide the channels 4 and the filters 2");
    refused(new Op.Conv2dKernel(x, value(1, 3, 3, 2), Window.VALID, 1, 2, 3),
        "the output gradient must be [1,4,3,2], found [1,3,3,2]");
  }

  @Test
  void pools() {
    Value x = value(1, 5, 5, 4);
    refused(new Op.MaxPool2d(x, 2, 2, Window.valid(1, 1, 2, 1)), "pooling windows are not dilated");
    refused(new Op.AveragePool2d(x, 2, 2, new Window(1, 1, 2, 0, 0, 0, 1, 1)),
        "pooling padding must be smaller than the window 2x2");
    refused(new Op.MaxPool2dScatter(x, x, 2, 2, Window.VALID),
        "the output gradient must be [1,4,4,4], found [1,5,5,4]");
    refused(new Op.MaxPool2dGather(x, value(1, 5, 5, 3), 2, 2, Window.VALID),
        "the image to gather from must be [1,5,5,4], found [1,5,5,3]");
    refused(new Op.AveragePool2dAdjoint(x, 2, 2, Window.VALID, 5, 5),
        "the output gradient must be [1,4,4,4], found [1,5,5,4]");
    refused(new Op.Upsample2d(x, 0, 2), "up-sampling factors must be at least 1, found 0x2");
  }

  @Test
  void reductions() {
    Value x = value(2, 0, 3);
    refused(new Op.Reduce(ReduceFn.SUM, x, List.of(1, 0), false), "axes [1, 0] must ascend and exist in [2,0,3]");
    refused(new Op.Reduce(ReduceFn.SUM, x, List.of(3), false), "axes [3] must ascend and exist in [2,0,3]");
    refused(new Op.Reduce(ReduceFn.MAX, x, List.of(1), false), "MAX over an empty axis of [2,0,3]");
    gives(new Op.Reduce(ReduceFn.SUM, x, List.of(1), false), 2, 3);
    gives(new Op.Reduce(ReduceFn.SUM, x, List.of(1), true), 2, 1, 3);
    refused(new Op.ArgMax(x, 3), "shape [2,0,3] has no axis 3");
    refused(new Op.Softmax(b.parameter("s", Shape.SCALAR)),
        "softmax needs a last axis that is not empty, found []");
  }

  @Test
  void moves() {
    Value x = value(2, 3);
    refused(new Op.Gather(x, value(2), -1), "axis -1 of [2,3] must be counted from the first one");
    refused(new Op.ScatterAdd(x, value(3), 0, 5), "indices [3] at axis 0 do not match updates [2,3]");
    refused(new Op.ScatterAdd(x, value(3, 1), 1, 5), "indices [3,1] at axis 1 do not fit updates [2,3]");
    refused(new Op.Concat(List.of(), 0), "concatenation of nothing");
    refused(new Op.Concat(List.of(x, value(3, 3)), 1), "shapes [2,3] and [3,3] cannot be joined along axis 1");
    refused(new Op.Slice(x, List.of(0), List.of(2), List.of(1)), "slice of [2,3] needs 2 starts, sizes and steps");
    refused(new Op.Slice(x, List.of(0, 1), List.of(2, 2), List.of(1, 2)),
        "slice from 1 of 2 in steps of 2 leaves axis 1 of [2,3]");
    refused(new Op.Pad(x, List.of(0), List.of(2), List.of(1), 0),
        "padding of [2,3] needs 2 low, high and interior counts");
    refused(new Op.Pad(x, List.of(0, -1), List.of(0, 0), List.of(0, 0), 0), "padding counts must not be negative");
    refused(new Op.Pad(value(Shape.BATCH), List.of(1), List.of(0), List.of(0), 0),
        "the batch axis of [N] cannot be padded");
    refused(new Op.Reshape(x, Shape.of(5)), "shape [2,3] cannot be reshaped to [5]: the element counts differ");
    refused(new Op.Reshape(x, Shape.of(Shape.BATCH, 3)),
        "shape [2,3] cannot be reshaped to [N,3]: the element counts differ");
    refused(new Op.Transpose(x, List.of(0, 0)), "[0, 0] is not an order of the axes of [2,3]");
    refused(new Op.Broadcast(x, Shape.of(2, 4)), "shape [2,3] does not broadcast to [2,4]");
  }

  @Test
  void leaves() {
    refused(new Op.Parameter("w", Shape.of(Shape.BATCH)), "a parameter has no batch axis, found [N]");
    refused(new Op.RandomUniform(value(3), 0, Shape.of(2)), "random needs a key of shape [4], found [3]");
  }
}
