package org.burin.compat;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.fixed.LookupTable;

/// hls4ml's tables. They are filled in single precision, with double where C++ promotes, and brought to the table's
/// type; entries here have been brought to the type of what is read from the table as well.
///
/// The exponential is that of StrictMath rounded to float; C libraries differ from it by a unit in the last place for a
/// few arguments in a hundred thousand, far below the step of any table type of up to 20 bits.
final class HlsTables {
  private HlsTables() {}

  static float exp(float x) {
    return (float) StrictMath.exp(x);
  }

  /// The logistic function, `1 / (1 + exp(-x))`.
  static double sigmoid(double x) {
    return (float) (1.0 / (1 + exp((float) -x)));
  }

  static double softplus(double x) {
    return (float) StrictMath.log(exp((float) x) + 1.0);
  }

  static double softsign(double x) {
    return (float) (x / (Math.abs(x) + 1.0));
  }

  static double elu(double x) {
    return (float) (exp((float) x) - 1.0);
  }

  static double selu(double x) {
    return (float) (1.0507009873554805 * (1.6732632423543772 * (exp((float) x) - 1.0)));
  }

  /// A table with an entry for every index from 0 on: `function` at `argument(index)`, brought to `table`, then to
  /// `result`.
  ///
  /// @param argument the number that an index stands for; brought to float
  static LookupTable of(String name, int size, IntToDoubleFunction argument, DoubleUnaryOperator function,
      FixedType table, FixedType result) {
    long[] entries = new long[size];
    double worst = 0;
    for (int i = 0; i < size; i++) {
      double exact = function.applyAsDouble((float) argument.applyAsDouble(i));
      entries[i] = FixedMath.quantize(FixedMath.fromDouble(exact, table), table.fraction(), result);
      double error = Math.abs(FixedMath.toDouble(entries[i], result) - exact);
      worst = Double.isFinite(error) ? Math.max(worst, error) : worst;
    }
    return new LookupTable(name, 0, 0, result.fraction(), entries, worst);
  }

  /// What index `i` of a table over `-reach .. reach` stands for.
  static IntToDoubleFunction around(int reach, int size) {
    return i -> 2.0 * reach * (i - (float) size / 2.0) / (float) size;
  }

  /// A table addressed by the highest bits of a word: an entry for every value of these bits, the other bits 0.
  ///
  /// @param size a power of two
  /// @param word the type of the word
  static LookupTable ofWord(
      String name, int size, FixedType word, DoubleUnaryOperator function, FixedType table, FixedType result) {
    FixedType address = address(word, size);
    long[] entries = new long[size];
    long first = address.minRaw();
    double worst = 0;
    for (int i = 0; i < size; i++) {
      double exact = function.applyAsDouble((float) FixedMath.toDouble(first + i, address));
      entries[i] = FixedMath.quantize(FixedMath.fromDouble(exact, table), table.fraction(), result);
      double error = Math.abs(FixedMath.toDouble(entries[i], result) - exact);
      worst = Double.isFinite(error) ? Math.max(worst, error) : worst;
    }
    return new LookupTable(name, address.fraction(), first, result.fraction(), entries, worst);
  }

  /// The type of a word's highest bits, as many as address a table of this size.
  static FixedType address(FixedType word, int size) {
    int bits = Integer.numberOfTrailingZeros(size);
    return word.signed() ? FixedType.fixed(bits, word.integer()) : FixedType.ufixed(bits, word.integer());
  }
}
