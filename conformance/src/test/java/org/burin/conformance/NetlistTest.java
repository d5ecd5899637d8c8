package org.burin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.burin.codegen.netlist.AdderOptions;
import org.burin.codegen.netlist.LowerToNetlist;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.NetlistInterpreter;
import org.burin.codegen.netlist.NetlistText;
import org.burin.codegen.netlist.NetlistVerifier;
import org.burin.codegen.spi.Execution;
import org.burin.codegen.spi.Program;
import org.burin.codegen.verify.References;
import org.burin.codegen.verify.TestVectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Netlists compute what the fixed-point graphs compute that they were lowered from.
class NetlistTest {
  private static final int VECTORS = 60;

  @TestFactory
  Stream<DynamicTest> operations() {
    return Arrays.stream(OpCase.values()).map(op -> DynamicTest.dynamicTest(op.op().getSimpleName(), () ->
        LongStream.range(0, 10).forEach(seed -> check(op.program(seed), seed))));
  }

  @TestFactory
  Stream<DynamicTest> networks() {
    return LongStream.range(0, 25).mapToObj(seed ->
        DynamicTest.dynamicTest("net " + seed, () -> check(Case.net(seed).program(), seed)));
  }

  private static void check(Program.Fixed program, long seed) {
    Netlist netlist = LowerToNetlist.of(program.graph(), AdderOptions.FAST);
    NetlistVerifier.verify(netlist);
    assertThat(NetlistText.parse(netlist.toString())).isEqualTo(netlist);
    TestVectors tests = TestVectors.of(program, seed);
    int samples = Math.min(TestVectors.BLOCK, tests.directed() + VECTORS);
    Map<String, long[]> inputs = tests.block(0, samples);
    Map<String, long[]> actual = NetlistInterpreter.run(netlist, samples, inputs);
    try (Execution reference = References.of(program)) {
      reference.run(samples, inputs).forEach((output, expected) ->
          assertThat(actual.get(output)).as("%s of %s", output, program.graph()).isEqualTo(expected));
    }
  }
}
