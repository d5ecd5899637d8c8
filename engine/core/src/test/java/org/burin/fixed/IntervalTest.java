package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.fixed.Interval.TooWide;
import org.burin.tensor.Shape;
import org.burin.tensor.TestRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final Shape ONE = Shape.of(1);

  private final TestRandom rng = new TestRandom(3);
  private final Interval sum = new Interval();
  private BigInteger low = BigInteger.ZERO;
  private BigInteger high = BigInteger.ZERO;

  private long integer() {
    long bits = (long) rng.between(Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2 - 1) << 32
        ^ rng.between(0, (1 << 24) - 1);
    return bits >> rng.between(0, 63);
  }

  private Precision random() {
    long a = integer();
    long b = rng.below(4) == 0 ? a : integer();
    return Precision.of(ONE, 0, new long[] {Math.min(a, b)}, new long[] {Math.max(a, b)}, new byte[] {0});
  }

  private static BigInteger big(long x) {
    return BigInteger.valueOf(x);
  }

  private void add(Stream<BigInteger> extremes) {
    BigInteger[] all = extremes.sorted().toArray(BigInteger[]::new);
    low = low.add(all[0]);
    high = high.add(all[all.length - 1]);
  }

  private void agree() {
    int bits = Math.max(low.bitLength(), high.bitLength()) + 1;
    if (bits <= 64) {
      assertThat(sum.low()).isEqualTo(low.longValueExact());
      assertThat(sum.high()).isEqualTo(high.longValueExact());
    } else {
      assertThatThrownBy(sum::low).isInstanceOfSatisfying(TooWide.class, e -> assertThat(e.bits).isEqualTo(bits));
    }
  }

  @Test
  void sumsOfProductsAreThoseOfExactArithmetic() {
    for (int i = 0; i < 20_000; i++) {
      sum.clear();
      low = BigInteger.ZERO;
      high = BigInteger.ZERO;
      for (int terms = rng.between(1, 2); terms > 0; terms--) {
        Precision a = random();
        Precision b = random();
        switch (rng.below(5)) {
          case 0 -> {
            sum.addProduct(a, 0, b, 0);
            add(LongStream.of(a.low(0), a.high(0)).boxed()
                .flatMap(x -> Stream.of(big(x).multiply(big(b.low(0))), big(x).multiply(big(b.high(0))))));
          }
          case 1 -> {
            sum.addSquare(a, 0);
            boolean zero = a.low(0) <= 0 && a.high(0) >= 0;
            add(Stream.of(big(a.low(0)).pow(2), big(a.high(0)).pow(2), zero ? BigInteger.ZERO : big(a.low(0)).pow(2)));
          }
          case 2 -> {
            int shift = rng.between(0, 60);
            sum.subtract(a, 0, shift);
            add(Stream.of(big(a.low(0)).negate().shiftLeft(shift), big(a.high(0)).negate().shiftLeft(shift)));
          }
          case 3 -> {
            int shift = rng.between(0, 60);
            sum.add(a, 0, shift);
            add(Stream.of(big(a.low(0)).shiftLeft(shift), big(a.high(0)).shiftLeft(shift)));
          }
          default -> {
            sum.addTimes(a, 0, 1000);
            add(Stream.of(big(a.low(0)).multiply(big(1000)), big(a.high(0)).multiply(big(1000))));
          }
        }
      }
      agree();
    }
  }

  @Test
  void whatExceeds128BitsIsStillAnError() {
    Precision least = Precision.of(ONE, 0, new long[] {Long.MIN_VALUE}, new long[] {Long.MIN_VALUE}, new byte[] {62});
    sum.clear();
    assertThatThrownBy(() -> {
      for (int i = 0; i < 8; i++) {
        sum.addProduct(least, 0, least, 0);
      }
    }).isInstanceOfSatisfying(TooWide.class, e -> assertThat(e.bits).isEqualTo(129));
    sum.clear();
    assertThatThrownBy(() -> sum.add(1, 1, 0, 100)).isInstanceOfSatisfying(TooWide.class, e ->
        assertThat(e.bits).isEqualTo(102));
  }
}
