package org.burin.workloads.econ;

import org.burin.fixed.FixedType;
import org.burin.ir.Value;
import org.burin.nn.Net;
import org.burin.nn.Quantizer;
import org.burin.quant.Quantizers;

/// How the numbers of the encoder are quantized. The decoder, which is not on the detector, stays in floating point.
///
/// @param name what they are called, such as `asic-9`
/// @param input the normalised charges
/// @param weight kernels and biases
/// @param hidden the result of the convolution; it takes the place of the ReLU
/// @param latent the 16 numbers that are sent; it takes the place of the ReLU
/// @param latentBits how many bits a latent has; NaN in floating point
public record EncoderTypes(
    String name, Quantizer input, Quantizer weight, Quantizer hidden, Quantizer latent, double latentBits) {
  /// No quantization: the two ReLUs.
  public static final EncoderTypes FLOAT = new EncoderTypes("float", Quantizer.NONE, Quantizer.NONE,
      EncoderTypes::rectified, EncoderTypes::rectified, Double.NaN);

  /// The published model in QKeras (`8x8_c8_S2_qK`): input `quantized_bits(10, 3)`, weights `quantized_bits(5, 1)`,
  /// convolution `quantized_relu(11, 3)`, latents `quantized_relu(9, 1)`.
  public static final EncoderTypes QKERAS = new EncoderTypes("qkeras", Quantizers.quantizedBits(10, 3),
      Quantizers.quantizedBits(5, 1), Quantizers.quantizedRelu(11, 3), Quantizers.quantizedRelu(9, 1), 9);

  private static final int[] BITS_OF_LINKS = {0, 1, 3, 5, 7, 9};

  /// The types of the chip: input `ufixed<8,1>` without the bits below, weights `fixed<6,1>`, convolution of 11 bits,
  /// latents `ufixed<9,1>`, of which the upper `bits` are sent. Cutting off the lower ones rounds down; its gradient is 1.
  ///
  /// @param bits 1 to 9; the chip has 3, 5, 7 and 9
  public static EncoderTypes asic(int bits) {
    if (bits < 1 || bits > 9) {
      throw new IllegalArgumentException("the latents have " + bits + " bits; expected 1 to 9");
    }
    Quantizer whole = Quantizers.quantizedRelu(9, 1);
    Quantizer cut = Quantizers.fixed(FixedType.parse("ufixed<" + bits + ",1,trn,sat>"));
    return new EncoderTypes("asic-" + bits,
        Quantizers.fixed(FixedType.parse("ufixed<8,1,trn,sat>")),
        Quantizers.fixed(FixedType.parse("fixed<6,1,rnd_conv,sat>")),
        Quantizers.quantizedRelu(11, 3),
        bits == 9 ? whole : (net, value, x) -> cut.quantize(net, value, whole.quantize(net, value, x)),
        bits);
  }

  /// The bits of a latent that a module with so many links to the back end sends: 3 with two links, 5 with three, 7 with
  /// four, 9 with five or more.
  public static int bitsOfLinks(int links) {
    return BITS_OF_LINKS[Math.clamp(links, 0, BITS_OF_LINKS.length - 1)];
  }

  /// The types of this [#name].
  ///
  /// @throws IllegalArgumentException when there are none, with the names that there are
  public static EncoderTypes named(String name) {
    return switch (name) {
      case "float" -> FLOAT;
      case "qkeras" -> QKERAS;
      case "asic-3", "asic-5", "asic-7", "asic-9" -> asic(name.charAt(name.length() - 1) - '0');
      default -> throw new IllegalArgumentException("the types are '" + name
          + "'; expected float, qkeras, asic-3, asic-5, asic-7 or asic-9");
    };
  }

  private static Value rectified(Net net, String name, Value x) {
    return net.graph().relu(x);
  }
}
