package org.burin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.burin.data.Column.Role;
import org.burin.data.Npy.Precision;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
  @TempDir Path folder;

  /// The 128 bytes of a header, then 1, -2 and 0.5.
  @Test
  void writtenBytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, Tensor.vector(1, -2, 0.5f));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }";
    byte[] header = (text + " ".repeat(128 - 10 - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
    assertThat(header).hasSize(0x76);
    String expected = "934e554d5059" + "0100" + "7600" + hex(header) + "0000803f" + "000000c0" + "0000003f";
    assertThat(hex(out.toByteArray())).isEqualTo(expected);
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Path path = folder.resolve("a.npy");
    float[] numbers = new float[100_000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.intBitsToFloat(i * 40_009);
    }
    for (Shape shape : new Shape[] {Shape.of(100_000), Shape.of(10, 100, 5, 4, 5, 1)}) {
      Tensor tensor = Tensor.of(shape, numbers);
      Npy.write(path, tensor);
      assertThat(Npy.read(path)).isEqualTo(tensor);
    }
    Npy.write(path, Tensor.scalar(3));
    assertThat(Npy.read(path)).isEqualTo(Tensor.scalar(3));
    Npy.write(path, Tensor.zeros(Shape.of(0, 3)));
    assertThat(Npy.read(path)).isEqualTo(Tensor.zeros(Shape.of(0, 3)));
    assertThat(folder.toFile().list()).containsExactly("a.npy");
  }

  @ParameterizedTest
  @CsvSource({
    "<f4, 0000803f 000000c0, 1, -2",
    ">f4, 3f800000 c0000000, 1, -2",
    "<f8, 000000000000f03f 00000000000000c0, 1, -2",
    ">f8, 3ff0000000000000 c000000000000000, 1, -2",
    "<f2, 003c 0100, 1, 5.9604645e-8",
    ">f2, 7bff fc00, 65504, -Infinity",
    "|i1, 7f 80, 127, -128",
    "|u1, 7f 80, 127, 128",
    "|b1, 01 00, 1, 0",
    "<i2, ff7f 0080, 32767, -32768",
    ">i2, 7fff 8000, 32767, -32768",
    "<u2, ff7f 0080, 32767, 32768",
    ">u2, 7fff 8000, 32767, 32768",
    "<i4, 00000001 feffffff, 16777216, -2",
    ">i4, 01000000 fffffffe, 16777216, -2",
    "<u4, 00000001 00000080, 16777216, 2147483648",
    ">u4, 01000000 80000000, 16777216, 2147483648",
    "<i8, 0000000001000000 feffffffffffffff, 4294967296, -2",
    ">i8, 8000000000000000 7fffff8000000000, -9223372036854775808, 9223371487098961920",
  })
  void everyType(String type, String bytes, float first, float second) throws IOException {
    byte[] file = file(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (2,), }", bytes);
    assertThat(read(file, Precision.EXACT)).isEqualTo(Tensor.vector(first, second));
  }

  @ParameterizedTest
  @CsvSource({
    "<f8, 9a9999999999b93f, 0.1, 0.1",
    "<f8, 9c7500883ce4377e, 1.0E300, Infinity",
    "<i4, 01000001, 16777217, 16777216",
    ">u4, ffffffff, 4294967295, 4294967296",
    "<i8, ffffffffffffff7f, 9223372036854775807, 9223372036854775807",
    "<i8, ffffffffffffff00, 72057594037927935, 72057594037927935",
  })
  void numbersThatAreNoFloatAreRefusedUnlessRoundingIsMeant(String type, String bytes, String exact, float rounded)
      throws IOException {
    byte[] file = file(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (1, 1), }", bytes);
    assertError(() -> read(file, Precision.EXACT), "a.npy: element [0,0] is " + exact
        + ", which a float32 cannot hold exactly; ask for rounding (Npy.Precision.ROUNDED) if that is meant");
    assertThat(read(file, Precision.ROUNDED)).isEqualTo(Tensor.of(Shape.of(1, 1), rounded));
  }

  @Test
  void notANumberIsOneInEveryWidth() throws IOException {
    byte[] file = file(1, "{'descr': '<f8', 'fortran_order': False, 'shape': ()}", "000000000000f87f");
    assertThat(read(file, Precision.EXACT).item()).isNaN();
  }

  @Test
  void headerVersionsAndTheirFreedoms() throws IOException {
    Tensor expected = Tensor.of(Shape.of(1, 2), 1, 2);
    for (int version = 1; version <= 3; version++) {
      assertThat(read(file(version, "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }   \n", "01 02"),
          Precision.EXACT)).isEqualTo(expected);
    }
    assertThat(read(file(1, "{\"shape\":(1L,2L),\"fortran_order\":False,\"descr\":\"|u1\"}", "01 02"), Precision.EXACT))
        .isEqualTo(expected);
  }

  @Test
  void fortranOrder() throws IOException {
    String header = "{'descr': '|u1', 'fortran_order': True, 'shape': ";
    assertThat(read(file(1, header + "(2, 3)}", "01 04 02 05 03 06"), Precision.EXACT))
        .isEqualTo(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
    assertThat(read(file(1, header + "(2, 1, 2, 2)}", "01 05 03 07 02 06 04 08"), Precision.EXACT))
        .isEqualTo(Tensor.of(Shape.of(2, 1, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8));
    String wide = "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 2)}";
    assertError(() -> read(file(1, wide, "00000000 00000000 01000001 00000000"), Precision.EXACT),
        "a.npy: element [0,1] is 16777217, which a float32 cannot hold exactly; ask for rounding"
            + " (Npy.Precision.ROUNDED) if that is meant");
  }

  @Test
  void truncatedAnywhere() {
    byte[] whole = file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }", "0000803f 000000c0");
    for (int length = 1; length < whole.length - 8; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertError(() -> read(part, Precision.EXACT),
          "a.npy: is truncated: it ends within the header; copy or write it again");
    }
    for (int missing = 1; missing <= 8; missing++) {
      byte[] part = Arrays.copyOf(whole, whole.length - missing);
      assertError(() -> read(part, Precision.EXACT),
          "a.npy: is truncated: shape [2,1] of type <f4 takes 8 bytes behind the header, found " + (8 - missing)
              + "; copy or write it again");
    }
  }

  @Test
  void damagedOrForeignFiles() {
    assertError(() -> read(new byte[0], Precision.EXACT),
        "a.npy: is not an NPY file; expected it to start with \\x93NUMPY, as numpy.save writes");
    assertError(() -> read("PK\3\4 a zip".getBytes(StandardCharsets.US_ASCII), Precision.EXACT),
        "a.npy: is not an NPY file; expected it to start with \\x93NUMPY, as numpy.save writes");
    assertError(() -> read(file(4, "{}", ""), Precision.EXACT),
        "a.npy: has the NPY format version 4.0; expected 1.0, 2.0 or 3.0");
    assertError(() -> read(file(1, "{'descr': '<f4'}", ""), Precision.EXACT),
        "a.npy: has the header '{'descr': '<f4'}'; expected descr, fortran_order and shape");
    assertError(() -> read(HexFormat.of().parseHex("934e554d50590200ffffffff"), Precision.EXACT),
        "a.npy: is damaged: a header of 4294967295 bytes");
    assertError(() -> shape("(2, 3 4)"), "a.npy: has the shape (2, 3 4); expected whole numbers");
    assertError(() -> shape("(4000000000, 4000000000)"),
        "a.npy: is damaged: the shape [4000000000,4000000000] is beyond any file");
    assertError(() -> shape("(3000000000,)"),
        "a.npy: has 3000000000 numbers, too many for one tensor; stream it (Npy.stream)");
    assertError(() -> shape("(1, 1, 1, 1, 1, 1, 1)"),
        "a.npy: has 7 axes, shape [1,1,1,1,1,1,1]; at most 6 are supported, reshape it first");
    byte[] two = file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}", "01 02");
    assertError(() -> read(two, Precision.EXACT),
        "a.npy: goes on behind the numbers of shape [1] of type |u1; it is damaged, or holds several arrays: save each"
            + " in a file of its own");
  }

  @Test
  void unsupportedTypes() {
    for (String type : new String[] {"|O", "<U5", "<c8", "<f16", "<u8", "|f4", "=f4", "", "<"}) {
      byte[] file = file(1, "{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,)}", "00");
      assertError(() -> read(file, Precision.EXACT), "a.npy: holds values of the type '" + type
          + "'; expected f2, f4, f8, i1, i2, i4, i8, u1, u2, u4 or b1, convert it with astype");
    }
    byte[] records = file(1, "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", "");
    assertError(() -> read(records, Precision.EXACT),
        "a.npy: holds records of named fields; save each field as an array of its own");
  }

  @Test
  void missingFile() {
    Path path = folder.resolve("missing.npy");
    assertError(() -> Npy.read(path), path + ": there is no such file");
    assertError(() -> Npy.stream(path, Role.INPUT, "x", Precision.EXACT), path + ": there is no such file");
    assertError(() -> Npy.read(folder), folder + ": is a folder; expected a file");
  }

  @Test
  void streamingGivesWhatReadingGives() throws IOException {
    int samples = 10_000;
    Dataset loaded = TestData.numbered(samples);
    Npy.write(folder.resolve("x.npy"), loaded.tensor(Role.INPUT, "x"));
    Npy.write(folder.resolve("y.npy"), loaded.tensor(Role.TARGET, "y"));
    Dataset streamed = Dataset.zip(
        Npy.stream(folder.resolve("x.npy"), Role.INPUT, "x", Precision.EXACT),
        Npy.stream(folder.resolve("y.npy"), Role.TARGET, "y", Precision.EXACT));
    assertThat(streamed.columns()).isEqualTo(loaded.columns());
    assertThat(streamed.blockSize()).isEqualTo(4096);
    assertThat(streamed.load().tensor(Role.INPUT, "x")).isEqualTo(loaded.tensor(Role.INPUT, "x"));
    BatchOptions options = BatchOptions.of(128).shuffle(3);
    try (Batches fits = streamed.batches(options); Batches windows = streamed.batches(options.shuffleWindow(4096))) {
      assertThat(TestData.positions(fits)).isEqualTo(TestData.positions(loaded.batches(options)));
      assertThat(TestData.positions(windows)).hasSize(samples).doesNotHaveDuplicates();
    }
  }

  @Test
  void streamingLargeSamplesOfAnotherType() throws IOException {
    int k = 300_000;
    ByteBuffer numbers = ByteBuffer.allocate(3 * k * 8).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < 3 * k; i++) {
      numbers.putDouble(i);
    }
    byte[] file = file(2, "{'descr': '>f8', 'fortran_order': False, 'shape': (3, " + k + ")}", hex(numbers.array()));
    Dataset data = Npy.stream(Files.write(folder.resolve("a.npy"), file), Role.INPUT, "x", Precision.EXACT);
    assertThat(data.blockSize()).isEqualTo(1);
    float[] last = data.skip(1).tensor(Role.INPUT, "x").data();
    assertThat(last).hasSize(2 * k);
    assertThat(last[0]).isEqualTo(k);
    assertThat(last[2 * k - 1]).isEqualTo(3 * k - 1);
  }

  @Test
  void whatCannotBeStreamed() throws IOException {
    assertError(() -> stream("'<f4', 'fortran_order': True, 'shape': (2, 2)", "00".repeat(16)),
        "a.npy: is in Fortran order, which scatters a sample over the file; read it into memory (Npy.read), or save it"
            + " with numpy.ascontiguousarray");
    assertError(() -> stream("'<f4', 'fortran_order': False, 'shape': ()", "00".repeat(4)),
        "a.npy: has the shape [], which holds no samples; expected the sample axis first, and at least one sample");
    assertError(() -> stream("'<f4', 'fortran_order': False, 'shape': (0, 3)", ""),
        "a.npy: has the shape [0,3], which holds no samples; expected the sample axis first, and at least one sample");
    assertError(() -> stream("'<f4', 'fortran_order': False, 'shape': (2, 3)", "00".repeat(23)),
        "a.npy: is truncated: shape [2,3] of type <f4 takes 24 bytes behind the header, found 23; copy or write it"
            + " again");
    Dataset data = stream("'<i4', 'fortran_order': True, 'shape': (1, 2)", "00000000 01000001");
    assertError(data::load, "a.npy: element [0,1] is 16777217, which a float32 cannot hold exactly; ask for rounding"
        + " (Npy.Precision.ROUNDED) if that is meant");
  }

  @Test
  void aFailedWriteKeepsTheOldFile() throws IOException {
    Path path = folder.resolve("no").resolve("a.npy");
    assertThatThrownBy(() -> Npy.write(path, Tensor.scalar(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(path + ": the folder " + path.getParent() + " does not exist; create it first");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private Dataset stream(String header, String bytes) throws IOException {
    Path path = Files.write(folder.resolve("a.npy"), file(1, "{'descr': " + header + "}", bytes));
    return Npy.stream(path, Role.INPUT, "x", Precision.EXACT);
  }

  private static Tensor shape(String shape) throws IOException {
    return read(file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + "}", ""), Precision.EXACT);
  }

  private static Tensor read(byte[] file, Precision precision) throws IOException {
    return Npy.read(new ByteArrayInputStream(file), "a.npy", precision);
  }

  private static byte[] file(int version, String header, String bytes) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] numbers = HexFormat.of().parseHex(bytes.replace(" ", ""));
    ByteBuffer out = ByteBuffer.allocate((version == 1 ? 10 : 12) + text.length + numbers.length);
    out.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    return out.put(text).put(numbers).array();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private void assertError(ThrowingCallable call, String message) {
    String place = folder + "/a.npy";
    assertThatThrownBy(call)
        .isInstanceOf(DataException.class)
        .satisfies(e -> assertThat(e.getMessage().replace(place, "a.npy")).isEqualTo(message));
  }
}
