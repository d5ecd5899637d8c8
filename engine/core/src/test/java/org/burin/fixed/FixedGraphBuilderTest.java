package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class FixedGraphBuilderTest {
  private static final int N = Shape.BATCH;

  private final FixedGraphBuilder b = new FixedGraphBuilder("net");
  private final FixedValue x = b.input("x", Shape.of(N, 4), FixedType.parse("fixed<6,3,rnd,sat>"));

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(FixedException.class).hasMessage(message);
  }

  @Test
  void equalOperationsAreOneValue() {
    FixedValue one = b.constant(FixedTensor.of(Shape.of(2), 3, 8, 16));
    assertThat(b.constant(FixedTensor.of(Shape.of(2), 1, 2, 4))).isSameAs(one);
    assertThat(b.relu(x)).isSameAs(b.relu(x));
    assertThat(b.find(new FixedOp.Negate(x))).isEmpty();
    FixedValue negated = b.neg(x);
    assertThat(b.find(new FixedOp.Negate(x))).contains(negated);
  }

  @Test
  void whatChangesNothingIsItsOperand() {
    assertThat(b.shift(x, 0)).isSameAs(x);
    assertThat(b.reshape(b.reshape(x, Shape.of(N, 2, 2)), x.shape())).isSameAs(x);
    assertThat(b.transpose(x, 0, 1)).isSameAs(x);
    assertThat(b.broadcast(x, x.shape())).isSameAs(x);
    assertThat(b.upsample2d(x, 1, 1)).isSameAs(x);
    assertThat(b.sum(x, true)).isSameAs(x);
    assertThat(b.reduceMax(x, true)).isSameAs(x);
    assertThat(b.concat(List.of(x), 1)).isSameAs(x);
    assertThat(b.slice(x, List.of(0, 0), List.of(N, 4), List.of(1, 1))).isSameAs(x);
    assertThat(b.pad(x, List.of(0, 0), List.of(0, 0), List.of(0, 0), FixedTensor.of(Shape.SCALAR, 0, 1))).isSameAs(x);
  }

  @Test
  void layers() {
    assertThat(b.scope("a", () -> b.scope("b", () -> b.neg(x))).layer()).isEqualTo("a/b");
    assertThat(b.scope("a", () -> b.within("c/d", () -> b.abs(x))).layer()).isEqualTo("c/d");
    assertThat(b.path()).isEmpty();
  }

  @Test
  void aZeroOfNoFractionLeavesCoarseNumbersCoarse() {
    FixedValue coarse = b.input("coarse", Shape.of(N), FixedType.parse("fixed<4,9>"));
    assertThat(b.relu(coarse).precision().fraction()).isEqualTo(-5);
    assertThat(b.relu(x).precision().fraction()).isEqualTo(3);
  }

  @Test
  void names() {
    b.output("y", x);
    refused(() -> b.output("y", x), "fixed graph 'net' has two outputs 'y'");
    refused(() -> b.input("x", Shape.of(N, 2), FixedType.parse("fixed<4,2>")),
        "fixed graph 'net' has two inputs 'x', of shapes [N,4] and [N,2]");
    assertThat(b.build().inputs()).containsExactly(x);
    assertThatThrownBy(() -> b.build().output("z")).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fixed graph 'net' has no output 'z'; its outputs are [y]");
  }

  @Test
  void operandsThatDoNotFit() {
    refused(() -> b.within("fc", () -> b.matMul(x, b.constant(FixedTensor.of(Shape.of(1, 2), 0, 1, 2)))),
        "layer fc: matmul %0 %1: matrix product of [N,4] and [1,2]: inner extents 4 and 1 differ");
    refused(() -> b.sum(x, false, 0),
        "reduce_sum %0 axes=[0]: a sum over the batch axis has no bound: it grows with the number of samples");
    refused(() -> b.argMax(x, 0),
        "argmax %0 axis=0: a position along the batch axis has no bound: it grows with the number of samples");
    refused(() -> b.gather(x, x, 1),
        "gather %0 %0 axis=1: shape [N,N,4] has the batch size N more than once");
    refused(() -> b.gather(b.constant(FixedTensor.of(Shape.of(3), 0, 1, 2, 3)), x, 0),
        "gather %2 %0 axis=0: indices can be fixed<6,3,trn,wrap> from -4.0 to 3.875; axis 0 of [3] takes whole numbers"
            + " from 0 to 2");
    refused(() -> b.quantize(x, new ElementTypes(Shape.of(3), List.of(
            FixedType.parse("fixed<4,2>"), FixedType.parse("fixed<4,2>"), FixedType.parse("fixed<4,2>")))),
        "quantize %0 types=[3]{fixed<4,2,trn,wrap>*3}: types of shape [3] do not broadcast to one sample of [N,4]");
    refused(() -> b.quantize(x, FixedType.parse("ufixed<64,2>")),
        "quantize %0 types=ufixed<64,2,trn,wrap>: type ufixed<64,2,trn,wrap> has raw integers beyond 63 bits; take an"
            + " unsigned type of at most 63 bits");
    refused(() -> b.constant(FixedTensor.of(Shape.of(0), 0)),
        "constant raw={} fraction=0: a value of shape [0] has no elements");
  }

  @Test
  void tables() {
    LookupTable t = new LookupTable("sign", 3, -8, 0, new long[] {-1, -1, -1, -1, -1, -1, -1, -1, 0}, 0);
    refused(() -> b.within("act", () -> b.lookup(x, t)), "layer act: lookup %0 which=[]{0}*2^0"
        + " table=\"sign\"[-8..0]*2^-3->{-1*8;...}*2^0~0.0: table sign has entries for raw arguments -8..0, the"
        + " argument can be -32..31; extend the table or quantize its argument to fewer bits");
    FixedValue small = b.quantize(x, FixedType.parse("fixed<4,1,trn,sat>"));
    refused(() -> b.lookup(b.relu(small), t), "lookup %3 which=[]{0}*2^0"
        + " table=\"sign\"[-8..0]*2^-3->{-1*8;...}*2^0~0.0: table sign has"
        + " entries for raw arguments -8..0, the argument can be 0..7; extend the table or quantize its"
        + " argument to fewer bits");
    refused(() -> b.lookup(b.shift(small, 1), t), "lookup %4 which=[]{0}*2^0"
        + " table=\"sign\"[-8..0]*2^-3->{-1*8;...}*2^0~0.0: table sign takes arguments with 3 fractional bits and gives"
        + " results with 0; the argument has 2, the first table's results 0");
    refused(() -> b.lookup(small, FixedTensor.of(Shape.SCALAR, 0, 1), List.of(t)), "lookup %1 which=[]{1}*2^0"
        + " table=\"sign\"[-8..0]*2^-3->{-1*8;...}*2^0~0.0: there is no table 1 among 1");
  }

  @Test
  void tooWide() {
    FixedValue wide = b.input("wide", Shape.of(N), FixedType.parse("fixed<64,60>"));
    refused(() -> b.within("a", () -> b.add(wide, wide)), "layer a: add %1 %1: a result needs 65 bits, a raw"
        + " integer has 64; operands are %1 of fixed<64,60,trn,wrap>, %1 of fixed<64,60,trn,wrap>; quantize to"
        + " fewer bits first");
    refused(() -> b.neg(wide), "neg %1: a result needs 65 bits, a raw integer has 64; operands are %1 of"
        + " fixed<64,60,trn,wrap>; quantize to fewer bits first");
    FixedValue fine = b.input("fine", Shape.of(N), FixedType.parse("ufixed<1,-99>"));
    refused(() -> b.max(wide, fine), "max %1 %2: a result needs more than 128 bits, a raw integer has 64; operands are"
        + " %1 of fixed<64,60,trn,wrap>, %2 of ufixed<1,-99,trn,wrap>; quantize to fewer bits first");
    FixedValue half = b.input("half", Shape.of(N), FixedType.parse("ufixed<1,-4>"));
    refused(() -> b.compare(FixedOp.Comparison.NE, half, wide), "ne %3 %1: a result needs 65 bits, a raw integer has 64;"
        + " operands are %3 of ufixed<1,-4,trn,wrap>, %1 of fixed<64,60,trn,wrap>; quantize to fewer bits first");
    refused(() -> b.compare(FixedOp.Comparison.EQ, half, wide), "eq %3 %1: a result needs 65 bits, a raw integer has 64;"
        + " operands are %3 of ufixed<1,-4,trn,wrap>, %1 of fixed<64,60,trn,wrap>; quantize to fewer bits first");
  }
}
