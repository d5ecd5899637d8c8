package org.burin.backend.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.backend.verilog.proof.WordProof;
import org.burin.codegen.spi.EmitOptions;
import org.burin.codegen.spi.Program;
import org.burin.conformance.Case;
import org.burin.conformance.OpCase;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProofTest {
  private static WordProof.Result prove(Program.Fixed program, Path folder, String... settings) {
    VerilogBackend backend = new VerilogBackend();
    return Proof.of(program, EmitOptions.read(backend.name(), backend.defaults(), Arrays.asList(settings)), folder);
  }

  private static void holds(Program.Fixed program, String... settings) {
    try (Emitted e = Emitted.of(program, settings)) {
      assertThat(prove(program, e.folder(), settings).different()).as(program.graph().toString()).isEmpty();
    }
  }

  /// A layer as in the jet tagger: 16 inputs of 8 bits, 64 neurons with weights of 6 bits, rounded and saturated.
  private static Program.Fixed layer(int inputs, int neurons) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    FixedGraphBuilder b = new FixedGraphBuilder("layer");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, inputs), FixedType.fixed(8, 4));
    FixedValue y = b.scope("dense", () -> b.matMul(x, b.constant(FixedTensor.of(Shape.of(inputs, neurons), 5,
        random.longs((long) inputs * neurons, -32, 32).toArray()))));
    b.output("y", b.scope("relu", () -> b.quantize(b.relu(y), FixedType.parse("ufixed<8,4,rnd_conv,sat>"))));
    return new Program.Fixed(new Program.About("layer", "", Map.of()), b.build());
  }

  @TestFactory
  Stream<DynamicTest> operations() {
    return Arrays.stream(OpCase.values()).map(op -> DynamicTest.dynamicTest(op.op().getSimpleName(), () ->
        LongStream.range(0, 1).forEach(seed -> holds(op.program(seed), "golden-vectors=1", "clock-mhz=800"))));
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return LongStream.range(200, 206).mapToObj(seed -> DynamicTest.dynamicTest("net " + seed, () ->
        holds(Case.net(seed).program(), "golden-vectors=1", "clock-mhz=400")));
  }

  @Test
  void wholeLayerHolds() {
    holds(layer(16, 64), "golden-vectors=1", "stages=3");
  }

  @Test
  void everyMutationIsFound() throws IOException {
    Program.Fixed program = layer(4, 3);
    String[] settings = {"golden-vectors=1", "stages=2"};
    try (Emitted e = Emitted.of(program, settings)) {
      assertThat(prove(program, e.folder(), settings).holds()).isTrue();
      mutated(program, e, "layer_dense.v", " + ", " - ", settings);
      mutated(program, e, "layer_dense.v", "3'h0}", "2'h0}", settings);
      mutated(program, e, "layer_relu.v", " > ", " >= ", settings);
      mutated(program, e, "layer_relu.v", "'hff", "'hfe", settings);
      mutated(program, e, "layer_relu.v", "_q <= ", "_q <= ~", settings);
    }
  }

  /// Changes the first occurrence of a text in a file, and changes it back.
  private static void mutated(
      Program.Fixed program, Emitted e, String file, String from, String to, String... settings) throws IOException {
    Path path = e.folder().resolve("rtl/" + file);
    String right = Files.readString(path);
    assertThat(right).contains(from);
    Files.writeString(path, right.replaceFirst(Pattern.quote(from), to));
    assertThat(prove(program, e.folder(), settings).holds()).as("%s: '%s' for '%s'", file, to, from).isFalse();
    Files.writeString(path, right);
  }
}
