package org.burin.codegen.netlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class PipelineTest {
  private static final DelayModel MODEL = DelayModel.ULTRASCALE_PLUS;

  private static Netlist netlist() {
    RandomGenerator random = AdderGraphs.random(3);
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 8), FixedType.fixed(8, 4));
    FixedValue h = b.matMul(x, b.constant(FixedTensor.of(Shape.of(8, 6), 3, random.longs(48, -31, 32).toArray())));
    FixedValue q = b.relu(b.quantize(h, FixedType.parse("fixed<8,4,rnd,sat>")));
    b.output("y", b.matMul(q, b.constant(FixedTensor.of(Shape.of(6, 3), 3, random.longs(18, -31, 32).toArray()))));
    b.output("first", b.slice(x, List.of(0, 0), List.of(Shape.BATCH, 1), List.of(1, 1)));
    return LowerToNetlist.of(b.build(), AdderOptions.FAST);
  }

  @Test
  void stagesAreThoseAskedFor() {
    Netlist netlist = netlist();
    int before = Integer.MAX_VALUE;
    for (int stages : new int[] {0, 1, 2, 3, 5, 8, 40}) {
      Pipeline p = Pipeline.ofStages(netlist, MODEL, stages);
      NetlistVerifier.verify(p.netlist());
      assertThat(p.latency()).isEqualTo(stages);
      assertThat(p.period()).isLessThanOrEqualTo(before);
      before = p.period();
    }
    // No stage is shorter than its longest operation.
    assertThat(before).isEqualTo(netlist.nets().stream().mapToInt(n -> (MODEL.of(netlist, n) + 24) / 25 * 25).max()
        .orElseThrow());
  }

  @Test
  void periodIsKept() {
    Netlist netlist = netlist();
    int latency = 0;
    for (int period : new int[] {10_000, 5_000, 2_500, 1_500}) {
      Pipeline p = Pipeline.ofPeriod(netlist, MODEL, period);
      NetlistVerifier.verify(p.netlist());
      assertThat(p.period()).isLessThanOrEqualTo(period);
      assertThat(p.latency()).isGreaterThanOrEqualTo(latency);
      latency = p.latency();
    }
  }

  @Test
  void registersChangeNoNumber() {
    Netlist netlist = netlist();
    long[] x = new long[80];
    RandomGenerator random = AdderGraphs.random(4);
    Arrays.setAll(x, i -> random.nextInt(-128, 128));
    Map<String, long[]> expected = NetlistInterpreter.run(netlist, 10, Map.of("x", x));
    Map<String, long[]> actual =
        NetlistInterpreter.run(Pipeline.ofStages(netlist, MODEL, 4).netlist(), 10, Map.of("x", x));
    assertThat(actual.get("y")).isEqualTo(expected.get("y"));
    assertThat(actual.get("first")).isEqualTo(expected.get("first"));
  }

  @Test
  void registersAreWhereFewBitsCross() {
    Netlist netlist = NetlistText.parse("""
        netlist "n" {
          %0 = input "x" 0 : 0..255*2^0
          %1 = table %0 "f" first=0 entries=ENTRIES : 0..1*2^0
          %2 = constant value=1 : 1*2^0
          %3 = add %1 %2 : 1..2*2^0
          %4 = add %3 %2 : 2..3*2^0
          in "x" = %0
          out "y" = %4
        }
        """.replace("ENTRIES", "0;1;".repeat(127) + "0;1"));
    Pipeline p = Pipeline.ofPeriod(netlist, MODEL, 1200);
    // One bit behind the table rather than two between the adders; two at the end.
    assertThat(p.latency()).isEqualTo(2);
    assertThat(p.registerBits()).isEqualTo(3);
  }
}
