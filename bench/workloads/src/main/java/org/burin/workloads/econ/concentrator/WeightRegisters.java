package org.burin.workloads.econ.concentrator;

import java.util.Arrays;
import java.util.List;
import org.burin.fixed.FixedMath;
import org.burin.fixed.FixedType;
import org.burin.fixed.Overflow;
import org.burin.fixed.Rounding;
import org.burin.nn.Model;
import org.burin.tensor.Tensor;

/// The encoder's weights as the chip holds them: 12 blocks of 1072 bits, 2,144 numbers of 6 bits in all.
///
/// A number is `-b5 + u5 / 32`, two's complement with five fractional bits. The numbers follow each other from the lowest
/// bits of block 0 on: kernel of the convolution (72), its biases (8), kernel of the dense layer (2,048), its biases (16),
/// each row-major as in the model.
public final class WeightRegisters {
  /// The number of blocks.
  public static final int BLOCKS = 12;

  /// The number of bytes of a block.
  public static final int BLOCK_BYTES = 134;

  /// The type of a weight.
  public static final FixedType TYPE = new FixedType(true, 6, 1, Rounding.RND_CONV, Overflow.SAT);

  private static final int WIDTH = 6;
  private static final int WEIGHTS = BLOCKS * BLOCK_BYTES * Byte.SIZE / WIDTH;
  private static final List<String> PARAMETERS = List.of("conv/kernel", "conv/bias", "dense/kernel", "dense/bias");

  private final byte[] bits;

  private WeightRegisters(byte[] bits) {
    this.bits = bits;
  }

  /// The weights of an encoder ([org.burin.workloads.econ.Autoencoder#encoder]), brought to [#TYPE] as its quantizers do.
  ///
  /// @throws IllegalArgumentException when the model has another number of weights
  public static WeightRegisters of(Model encoder) {
    byte[] bits = new byte[BLOCKS * BLOCK_BYTES];
    int at = 0;
    for (String name : PARAMETERS) {
      for (float weight : encoder.parameters().get(name).data()) {
        require(at < WEIGHTS, encoder);
        write(bits, at++, FixedMath.fromDouble(weight, TYPE));
      }
    }
    require(at == WEIGHTS, encoder);
    return new WeightRegisters(bits);
  }

  private static void require(boolean fits, Model encoder) {
    if (!fits) {
      throw new IllegalArgumentException("model '" + encoder.name() + "' has " + encoder.parameters().count()
          + " parameters; the registers hold the " + WEIGHTS + " weights of the encoder 8x8_c8_S2");
    }
  }

  /// The weights in blocks that [#blocks] gave.
  ///
  /// @throws IllegalArgumentException when there are not 12 blocks of 134 bytes
  public static WeightRegisters of(List<byte[]> blocks) {
    if (blocks.size() != BLOCKS || blocks.stream().anyMatch(block -> block.length != BLOCK_BYTES)) {
      throw new IllegalArgumentException("found blocks of " + blocks.stream().map(block -> block.length).toList()
          + " bytes; expected 12 blocks of 134");
    }
    byte[] bits = new byte[BLOCKS * BLOCK_BYTES];
    for (int b = 0; b < BLOCKS; b++) {
      System.arraycopy(blocks.get(b), 0, bits, b * BLOCK_BYTES, BLOCK_BYTES);
    }
    return new WeightRegisters(bits);
  }

  /// The blocks, block 0 first, each with its lowest bits in its first byte; new copies.
  public List<byte[]> blocks() {
    byte[][] blocks = new byte[BLOCKS][];
    for (int b = 0; b < BLOCKS; b++) {
      blocks[b] = Arrays.copyOfRange(bits, b * BLOCK_BYTES, (b + 1) * BLOCK_BYTES);
    }
    return List.of(blocks);
  }

  /// A block as hexadecimal digits, the highest bits first.
  public String hex(int block) {
    StringBuilder digits = new StringBuilder();
    for (int i = BLOCK_BYTES - 1; i >= 0; i--) {
      byte b = bits[block * BLOCK_BYTES + i];
      digits.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return digits.toString();
  }

  /// Gives an encoder these weights.
  public void load(Model encoder) {
    int at = 0;
    for (String name : PARAMETERS) {
      Tensor t = encoder.parameters().get(name);
      for (int i = 0; i < t.size(); i++) {
        t.data()[i] = (float) FixedMath.toDouble(read(at++), TYPE);
      }
    }
  }

  private static void write(byte[] bits, int number, long raw) {
    for (int i = 0; i < WIDTH; i++) {
      int bit = number * WIDTH + i;
      bits[bit / Byte.SIZE] |= (byte) ((raw >> i & 1) << (bit % Byte.SIZE));
    }
  }

  private long read(int number) {
    long raw = 0;
    for (int i = 0; i < WIDTH; i++) {
      int bit = number * WIDTH + i;
      raw |= (long) (bits[bit / Byte.SIZE] >> (bit % Byte.SIZE) & 1) << i;
    }
    return raw << (Long.SIZE - WIDTH) >> (Long.SIZE - WIDTH);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightRegisters r && Arrays.equals(bits, r.bits);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bits);
  }
}
