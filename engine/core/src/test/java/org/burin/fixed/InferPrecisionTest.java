package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

class InferPrecisionTest {
  private static final Shape N = Shape.of(Shape.BATCH);

  private final FixedGraphBuilder b = new FixedGraphBuilder("net");

  private FixedValue input(String type, int... dims) {
    int[] all = new int[dims.length + 1];
    all[0] = Shape.BATCH;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return b.input("x" + b.build().values().size(), Shape.of(all), FixedType.parse(type));
  }

  private static FixedTensor raws(Shape shape, int fraction, long... raw) {
    return FixedTensor.of(shape, fraction, raw);
  }

  /// The bounds as text: of all positions of the grid, with the fraction.
  private static String bounds(FixedValue v) {
    Precision p = v.precision();
    StringBuilder s = new StringBuilder(p.grid().toString());
    for (int i = 0; i < p.grid().size(); i++) {
      s.append(' ').append(p.low(i)).append("..").append(p.high(i)).append('/').append(p.step(i));
    }
    return s.append(" *2^").append(-p.fraction()).toString();
  }

  @Test
  void leaves() {
    assertThat(bounds(input("fixed<4,2>", 3))).isEqualTo("[1,1] -8..7/0 *2^-2");
    assertThat(bounds(input("fixed<4,2,trn,sat_sym>"))).isEqualTo("[1] -7..7/0 *2^-2");
    assertThat(bounds(input("ufixed<4,6>"))).isEqualTo("[1] 0..15/0 *2^2");
    assertThat(bounds(b.constant(raws(Shape.of(3), 3, 8, 0, -4)))).isEqualTo("[3] 2..2/1 0..0/62 -1..-1/0 *2^-1");
    FixedValue each = b.input("each", Shape.of(Shape.BATCH, 2),
        new ElementTypes(Shape.of(2), List.of(FixedType.parse("fixed<4,2>"), FixedType.parse("ufixed<2,2>"))));
    assertThat(bounds(each)).isEqualTo("[1,2] -8..7/0 0..12/2 *2^-2");
  }

  @Test
  void sumsAndProducts() {
    FixedValue x = input("fixed<4,2>");
    FixedValue y = input("ufixed<3,3>");
    assertThat(bounds(b.add(x, y))).isEqualTo("[1] -8..35/0 *2^-2");
    assertThat(bounds(b.sub(x, y))).isEqualTo("[1] -36..7/0 *2^-2");
    assertThat(bounds(b.sub(x, x))).isEqualTo("[1] 0..0/62 *2^-2");
    assertThat(bounds(b.add(x, x))).isEqualTo("[1] -16..14/1 *2^-2");
    assertThat(bounds(b.mul(x, y))).isEqualTo("[1] -56..49/0 *2^-2");
    assertThat(bounds(b.mul(x, x))).isEqualTo("[1] 0..64/0 *2^-4");
    assertThat(bounds(b.neg(x))).isEqualTo("[1] -7..8/0 *2^-2");
    assertThat(bounds(b.abs(x))).isEqualTo("[1] 0..8/0 *2^-2");
    assertThat(bounds(b.shift(x, 3))).isEqualTo("[1] -8..7/0 *2^1");
    assertThat(bounds(b.relu(x))).isEqualTo("[1] 0..7/0 *2^-2");
    assertThat(bounds(b.min(x, b.constant(1, 0)))).isEqualTo("[1] -8..4/0 *2^-2");
    assertThat(bounds(b.max(x, b.constant(5, 0)))).isEqualTo("[1] 20..20/2 *2^-2");
  }

  @Test
  void comparisonsAndChoices() {
    FixedValue x = input("fixed<4,2>");
    FixedValue zero = b.constant(0, 0);
    assertThat(bounds(b.compare(Comparison.LT, x, zero))).isEqualTo("[1] 0..1/0 *2^0");
    assertThat(bounds(b.compare(Comparison.LT, x, b.constant(2, 0)))).isEqualTo("[1] 1..1/0 *2^0");
    assertThat(bounds(b.compare(Comparison.GE, x, x))).isEqualTo("[1] 1..1/0 *2^0");
    assertThat(bounds(b.compare(Comparison.NE, x, x))).isEqualTo("[1] 0..0/62 *2^0");
    assertThat(bounds(b.compare(Comparison.EQ, b.shift(x, 2), b.constant(1, 1)))).isEqualTo("[1] 0..0/62 *2^0");
    FixedValue positive = b.compare(Comparison.GT, x, zero);
    assertThat(bounds(b.select(positive, x, zero))).isEqualTo("[1] 0..7/0 *2^-2");
    assertThat(bounds(b.select(positive, zero, x))).isEqualTo("[1] -8..0/0 *2^-2");
    assertThat(bounds(b.select(positive, x, b.shift(x, -2)))).isEqualTo("[1] -8..28/0 *2^-4");
    assertThat(bounds(b.select(b.constant(1, 0), x, zero))).isEqualTo("[1] -8..7/0 *2^-2");
    FixedValue third = b.compare(Comparison.LE, b.constant(1, 1), x);
    assertThat(bounds(b.select(third, x, zero))).isEqualTo("[1] 0..7/0 *2^-2");
    assertThat(bounds(b.select(third, b.add(x, zero), x))).isEqualTo("[1] -8..7/0 *2^-2");
  }

  @Test
  void distancesFromAnExtremum() {
    FixedValue x = input("fixed<4,2>", 3);
    FixedValue y = input("fixed<3,1>", 3);
    FixedValue most = b.reduceMax(x, true, 1);
    assertThat(bounds(b.sub(most, x))).isEqualTo("[1,1] 0..15/0 *2^-2");
    assertThat(bounds(b.sub(x, most))).isEqualTo("[1,1] -15..0/0 *2^-2");
    assertThat(bounds(b.sub(most, y))).isEqualTo("[1,1] -11..11/0 *2^-2");
    assertThat(bounds(b.sub(b.max(x, y), y))).isEqualTo("[1,1] 0..11/0 *2^-2");
    assertThat(bounds(b.sub(x, b.min(y, x)))).isEqualTo("[1,1] 0..15/0 *2^-2");
    assertThat(bounds(b.sub(b.min(x, y), x))).isEqualTo("[1,1] -15..0/0 *2^-2");
  }

  @Test
  void quantizing() {
    FixedValue x = input("fixed<6,3>");
    assertThat(bounds(b.quantize(x, FixedType.parse("fixed<4,4,rnd,sat>")))).isEqualTo("[1] -4..4/0 *2^0");
    assertThat(bounds(b.quantize(x, FixedType.parse("fixed<3,2,rnd,sat>")))).isEqualTo("[1] -4..3/0 *2^-1");
    assertThat(bounds(b.quantize(x, FixedType.parse("fixed<3,2,rnd,sat_sym>")))).isEqualTo("[1] -3..3/0 *2^-1");
    assertThat(bounds(b.quantize(x, FixedType.parse("ufixed<3,2,rnd,sat_zero>")))).isEqualTo("[1] 0..7/0 *2^-1");
    assertThat(bounds(b.quantize(x, FixedType.parse("fixed<9,4,trn,wrap>")))).isEqualTo("[1] -128..124/2 *2^-5");
    assertThat(bounds(b.quantize(x, FixedType.parse("fixed<6,1,trn,wrap>")))).isEqualTo("[1] -32..28/2 *2^-5");
    assertThat(bounds(b.quantize(b.constant(5, 0), FixedType.parse("ufixed<2,2>")))).isEqualTo("[] 1..1/0 *2^0");
    FixedValue high = b.add(b.quantize(x, FixedType.parse("ufixed<2,2,trn,sat>")), b.constant(8, 0));
    assertThat(bounds(b.quantize(high, FixedType.parse("ufixed<3,3>")))).isEqualTo("[1] 0..3/0 *2^0");
  }

  @Test
  void quotients() {
    FixedValue x = input("fixed<6,6>");
    assertThat(bounds(b.divide(x, 3, FixedType.parse("fixed<8,4,rnd,sat>")))).isEqualTo("[1] -128..127/0 *2^-4");
    assertThat(bounds(b.divide(x, 4, FixedType.parse("fixed<8,5,rnd,sat>")))).isEqualTo("[1] -64..62/1 *2^-3");
    assertThatThrownBy(() -> b.divide(x, 0, FixedType.parse("fixed<8,4>"))).isInstanceOf(FixedException.class)
        .hasMessage("divide %0 divisor=[]{0}*2^0 types=fixed<8,4,trn,wrap>: divisors must be positive whole numbers"
            + " with no fractional bits, found 0 * 2^0");
  }

  @Test
  void aDenseLayerHasBoundsForEachUnit() {
    FixedValue x = input("fixed<4,2>", 2);
    FixedValue w = b.constant(raws(Shape.of(2, 3), 1, 1, -2, 0, 3, 4, 0));
    assertThat(bounds(b.matMul(x, w))).isEqualTo("[1,3] -32..28/0 -46..44/1 0..0/62 *2^-3");
    FixedValue t = b.transpose(w, 1, 0);
    assertThat(bounds(b.matMul(x, t, false, true))).isEqualTo("[1,3] -32..28/0 -46..44/1 0..0/62 *2^-3");
  }

  @Test
  void convolutionsTellTheEdgesApart() {
    FixedValue x = input("ufixed<2,2>", 3, 1, 1);
    FixedValue w = b.constant(raws(Shape.of(3, 1, 1, 1), 0, 1, 2, 4));
    Window same = Window.same(3, 1, 3, 1, 1, 1, 1, 1);
    assertThat(bounds(b.conv2d(x, w, same, 1))).isEqualTo("[1,3,1,1] 0..18/1 0..21/0 0..9/0 *2^0");
    assertThat(bounds(b.conv2dTranspose(x, w, same, 1, 3, 1))).isEqualTo("[1,3,1,1] 0..9/0 0..21/0 0..18/1 *2^0");
    assertThat(bounds(b.sumPool2d(x, 3, 1, same))).isEqualTo("[1,3,1,1] 0..6/0 0..9/0 0..6/0 *2^0");
    assertThat(bounds(b.maxPool2d(x, 3, 1, same))).isEqualTo("[1,1,1,1] 0..3/0 *2^0");
  }

  @Test
  void largeImagesTellChannelsApartOnly() {
    FixedValue x = input("ufixed<2,2>", 200, 100, 1);
    FixedValue w = b.constant(raws(Shape.of(3, 3, 1, 2), 0,
        -1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 0));
    Window same = Window.same(200, 100, 3, 3, 1, 1, 1, 1);
    assertThat(bounds(b.conv2d(x, w, same, 1))).isEqualTo("[1,1,1,2] -3..24/0 0..3/0 *2^0");
    assertThat(bounds(b.relu(x))).isEqualTo("[1,1,1,1] 0..3/0 *2^0");
  }

  @Test
  void tooWide() {
    FixedValue x = input("fixed<40,8>");
    FixedValue y = input("fixed<30,8>");
    assertThatThrownBy(() -> b.scope("gate", () -> b.mul(x, y))).isInstanceOf(FixedException.class)
        .hasMessage("layer gate: mul %0 %1: a result needs 70 bits, a raw integer has 64; operands are "
            + "%0 of fixed<40,8,trn,wrap>, %1 of fixed<30,8,trn,wrap>; quantize to fewer bits first");
    assertThat(b.mul(y, y).shape()).isEqualTo(N);
  }
}
