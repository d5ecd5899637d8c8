package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.burin.fixed.ElementTypes;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

/// What float32 is proven to compute exactly.
final class VerifyExactTest {
  private final FixedGraphBuilder b = new FixedGraphBuilder("g");

  private FixedValue input(String name, Shape shape, String type) {
    return b.input(name, shape, FixedType.parse(type));
  }

  @Test
  void aFloatHoldsTwentyFourBitsAndThePowerOfTwoAfterThem() {
    FixedValue wide = input("a", Shape.of(-1, 1), "ufixed<24,4>");
    assertThat(VerifyExact.bits(wide)).isEqualTo(24);
    assertThat(VerifyExact.holds(wide.precision())).isTrue();
    FixedValue signed = input("b", Shape.of(-1, 1), "fixed<25,4>");
    assertThat(VerifyExact.bits(signed)).isEqualTo(24);
    assertThat(VerifyExact.holds(signed.precision())).isTrue();
    FixedValue tooWide = input("c", Shape.of(-1, 1), "ufixed<25,4>");
    assertThat(VerifyExact.bits(tooWide)).isEqualTo(25);
    assertThat(VerifyExact.holds(tooWide.precision())).isFalse();
    // The low bits of a shifted number are 0.
    assertThat(VerifyExact.holds(b.mul(wide, b.constant(1L << 20, 3)).precision())).isTrue();
  }

  @Test
  void numbersBeyondTheExponentsOfFloatsAreNotHeld() {
    assertThat(VerifyExact.holds(input("a", Shape.of(-1, 1), "ufixed<8,-141>").precision())).isTrue();
    assertThat(VerifyExact.holds(input("b", Shape.of(-1, 1), "ufixed<8,-142>").precision())).isFalse();
    assertThat(VerifyExact.holds(input("c", Shape.of(-1, 1), "ufixed<8,127>").precision())).isTrue();
    assertThat(VerifyExact.holds(input("d", Shape.of(-1, 1), "ufixed<8,128>").precision())).isFalse();
  }

  @Test
  void partialSumsOfProductsThatCanBeZeroLieInTheRangeOfTheSum() {
    FixedValue x = input("x", Shape.of(-1, 3), "fixed<8,3>");
    FixedValue w = b.constant(FixedTensor.of(Shape.of(3, 1), 2, 100, -100, 1));
    // 2^7 * 201 is the largest magnitude.
    assertThat(VerifyExact.bits(b.matMul(x, w))).isEqualTo(15);
    assertThat(VerifyExact.bits(b.sum(x, false, 1))).isEqualTo(9);
  }

  @Test
  void partialSumsOfProductsThatCannotBeZeroAreBoundedByTheLargest() {
    FixedValue x = input("x", Shape.of(-1, 3), "ufixed<2,2>");
    FixedValue near = b.add(x, b.constant(1 << 10, 0));
    FixedValue difference = b.matMul(near, b.constant(FixedTensor.of(Shape.of(3, 1), 0, 1, -2, 1)));
    // The sum is small, partial sums are not.
    assertThat(VerifyExact.bits(difference.precision())).isLessThan(4);
    assertThat(VerifyExact.bits(difference)).isEqualTo(13);
  }

  @Test
  void quotientsThatAreProvenAreQuantizedAsTheExactOnes() {
    List<FixedType> types = List.of(FixedType.parse("fixed<12,5,rnd,sat>"), FixedType.parse("fixed<9,4,trn,wrap>"),
        FixedType.parse("fixed<24,10,rnd_conv,sat>"), FixedType.parse("fixed<6,9,rnd_zero,sat>"));
    int proven = 0;
    for (FixedType type : types) {
      for (int bits = 10; bits <= 26; bits++) {
        FixedGraphBuilder g = new FixedGraphBuilder("g");
        FixedValue sum = g.input("s", Shape.of(-1), FixedType.parse("fixed<" + bits + "," + (bits - 4) + ">"));
        if (VerifyExact.holdsQuotient(sum.precision(), ElementTypes.of(type))) {
          proven++;
          checkQuotients(sum.precision().low(0), sum.precision().high(0), type);
        }
      }
    }
    // Dividends of up to 23, less what the type's last place and its half lie below theirs: 4, 2, 11 and 0.
    assertThat(proven).isEqualTo(10 + 12 + 3 + 14);
  }

  private static void checkQuotients(long low, long high, FixedType type) {
    for (int divisor : new int[] {3, 5, 7, 9, 49, 1023, 99991}) {
      // Dividends around those whose quotients lie on or halfway between numbers of the type, and the ends.
      for (long k = -40; k <= 40; k++) {
        long centre = Math.round(Math.scalb((double) k * divisor, 4 - type.fraction() - 1));
        for (long s : new long[] {centre - 1, centre, centre + 1, low + 40 + k, high - 40 + k}) {
          if (s >= low && s <= high) {
            float quotient = Math.scalb((float) s, -4) / divisor;
            assertThat(FixedMath.fromDouble(quotient, type)).as("%d / %d to %s", s, divisor, type)
                .isEqualTo(FixedMath.quotient(s, divisor, 4, type));
          }
        }
      }
    }
  }
}
