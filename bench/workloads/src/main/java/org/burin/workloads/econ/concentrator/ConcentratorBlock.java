package org.burin.workloads.econ.concentrator;

import java.util.List;
import java.util.stream.IntStream;
import org.burin.fixed.FixedType;
import org.burin.ir.GraphBuilder;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.nn.Net;
import org.burin.tensor.BinaryFn;
import org.burin.tensor.ReduceFn;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.burin.workloads.econ.Arrangement;
import org.burin.workloads.econ.FloatCodec;
import org.burin.workloads.econ.Hgcal;

/// The whole block from a module's charges to the fields of the [OutputWord], as one model in fixed point that backends can
/// lower: [Converter], the rearrangement to the image, and the encoder.
///
/// A shift by an amount that depends on the data is five steps, each of which doubles sum and charges 16, 8, 4, 2 times or
/// once if the sum has room for it: in the end its highest bit stands in bit 27, and how often it was doubled gives the
/// exponent of its code.
///
/// The outputs are `code [N,16]`, the latents, and `sum [N,1]`, the 9-bit code as a whole number.
public final class ConcentratorBlock {
  /// 48 charges of 22 bits have a sum of 28.
  private static final int SUM_BITS = 28;

  private static final int[] STEPS = {16, 8, 4, 2, 1};
  private static final int CALIBRATION_BITS = 12;

  private ConcentratorBlock() {}

  /// The block behind the calibration: input `x [N,48]`, whole numbers of 22 bits in the order of [Hgcal].
  ///
  /// @param encoder a quantized encoder ([org.burin.workloads.econ.Autoencoder#encoder]), whose weights become constants
  public static Model of(Model encoder) {
    return Model.build("econ_block", 0, net -> {
      Value charges = net.graph().quantize(net.input("x", Hgcal.CELLS), whole(Converter.CHARGE_BITS, "sat"));
      encode(net, charges, encoder);
    });
  }

  /// The block from the words of the front end: input `x [N,48]`, codes of charges as whole numbers.
  ///
  /// A code becomes the charge that it stands for, which is multiplied by the cell's calibration; of the product, the 11 lowest
  /// bits are dropped.
  ///
  /// @param encoder as in [#of]
  /// @param codec that of the front end
  /// @param calibration for each cell a whole number of 12 bits, in units of 2^-11
  /// @throws IllegalArgumentException when there are not 48 calibrations, or one is out of range
  public static Model ofCodes(Model encoder, FloatCodec codec, int... calibration) {
    if (calibration.length != Hgcal.CELLS
        || IntStream.of(calibration).anyMatch(c -> c < 0 || c >= 1 << CALIBRATION_BITS)) {
      throw new IllegalArgumentException(calibration.length + " calibrations " + IntStream.of(calibration).boxed().toList()
          + "; expected 48 from 0 to 4095");
    }
    Tensor factors = Tensor.zeros(Shape.of(Hgcal.CELLS));
    for (int c = 0; c < Hgcal.CELLS; c++) {
      factors.data()[c] = calibration[c];
    }
    return Model.build("econ_front_block", 0, net -> {
      GraphBuilder b = net.graph();
      Value codes = b.quantize(net.input("x", Hgcal.CELLS), whole(codec.bits(), "sat"));
      Value charges = net.scope("decode", () -> decoded(b, codes, codec));
      Value product = b.scale(b.mul(charges, b.constant(factors)), Math.scalb(1f, 1 - CALIBRATION_BITS));
      encode(net, b.quantize(product, whole(Converter.CHARGE_BITS, "sat")), encoder);
    });
  }

  private static FixedType whole(int bits, String overflow) {
    return FixedType.parse("ufixed<" + bits + "," + bits + ",trn," + overflow + ">");
  }

  /// [FloatCodec#decode] by comparing the exponent with every number that it can be.
  private static Value decoded(GraphBuilder b, Value codes, FloatCodec codec) {
    float hidden = 1 << codec.mantissaBits();
    Value exponent = b.quantize(b.scale(codes, 1 / hidden), whole(codec.exponentBits(), "wrap"));
    Value mantissa = b.sub(codes, b.scale(exponent, hidden));
    // The half of the last bit makes a factor of two of everything.
    Value twice = b.add(b.scale(mantissa, 2), b.constant(1f));
    Value value = codec.droppedBits() == 0 ? mantissa : b.scale(twice, Math.scalb(1f, codec.droppedBits() - 1));
    Value twiceWithHidden = b.add(twice, b.constant(2 * hidden));
    for (int e = 1; e < 1 << codec.exponentBits(); e++) {
      int shift = e - 1 + codec.droppedBits();
      Value scaled = shift == 0
          ? b.add(mantissa, b.constant(hidden))
          : b.scale(twiceWithHidden, Math.scalb(1f, shift - 1));
      value = b.select(b.binary(BinaryFn.EQ, exponent, b.constant((float) e)), scaled, value);
    }
    return value;
  }

  private static void encode(Net net, Value charges, Model encoder) {
    GraphBuilder b = net.graph();
    Value sum = net.scope("sum", () -> b.reduce(ReduceFn.SUM, charges, true, 1));
    Normalised normalised = net.scope("normalise", () -> normalised(b, charges, sum));
    FixedType input = FixedType.parse("ufixed<8,1,trn,wrap>");
    Value cells = b.quantize(b.scale(normalised.charges, Math.scalb(1f, 1 - SUM_BITS)), input);
    net.output("code", encoder.asFrozenLayer().named("encoder").apply(net, image(b, cells)));
    net.output("sum", net.scope("sum_code", () -> sumCode(b, sum, normalised)));
  }

  /// Charges and sum after as many doublings as bring the highest bit of the sum to bit 27.
  ///
  /// @param charges `[N,48]`
  /// @param sum `[N,1]`
  /// @param doublings their number, `[N,1]`
  private record Normalised(Value charges, Value sum, Value doublings) {}

  private static Normalised normalised(GraphBuilder b, Value charges, Value sum) {
    FixedType type = whole(SUM_BITS, "wrap");
    Value shiftedCharges = charges;
    Value shiftedSum = sum;
    Value doublings = b.constant(0f);
    for (int step : STEPS) {
      Value room = b.binary(BinaryFn.LT, shiftedSum, b.constant(Math.scalb(1f, SUM_BITS - step)));
      float factor = Math.scalb(1f, step);
      // A charge is not above the sum, so that nothing is lost; the proven ranges do not know that.
      shiftedCharges = b.select(room, b.quantize(b.scale(shiftedCharges, factor), type), shiftedCharges);
      shiftedSum = b.select(room, b.quantize(b.scale(shiftedSum, factor), type), shiftedSum);
      doublings = b.add(doublings, b.scale(room, step));
    }
    return new Normalised(shiftedCharges, shiftedSum, doublings);
  }

  /// [FloatCodec#SUM]: below 16 the sum itself, otherwise the position of the highest bit, less 3, and the four bits behind
  /// it.
  private static Value sumCode(GraphBuilder b, Value sum, Normalised normalised) {
    int mantissaBits = FloatCodec.SUM.mantissaBits();
    float hidden = 1 << mantissaBits;
    Value exponent = b.sub(b.constant((float) (SUM_BITS - mantissaBits)), normalised.doublings);
    Value upper = b.scale(normalised.sum, Math.scalb(1f, mantissaBits + 1 - SUM_BITS));
    Value mantissa = b.sub(b.quantize(upper, whole(mantissaBits + 1, "wrap")), b.constant(hidden));
    Value code = b.add(b.scale(exponent, hidden), mantissa);
    Value small = b.binary(BinaryFn.LT, sum, b.constant(hidden));
    return b.quantize(b.select(small, sum, code), whole(FloatCodec.SUM.bits(), "sat"));
  }

  private static Value image(GraphBuilder b, Value cells) {
    Arrangement square = Arrangement.SQUARE_8X8;
    Tensor indices = Tensor.zeros(Shape.of(square.pixels()));
    int[] shown = square.cells();
    for (int p = 0; p < shown.length; p++) {
      // The zero behind the cells is what an empty pixel shows.
      indices.data()[p] = shown[p] == Arrangement.NONE ? Hgcal.CELLS : shown[p];
    }
    Value withZero = b.pad(cells, List.of(0, 0), List.of(0, 1), List.of(0, 0), 0f);
    Value pixels = b.gather(withZero, b.constant(indices), 1);
    return b.reshape(pixels, Shape.of(cells.shape().dim(0), 8, 8, 1));
  }
}
