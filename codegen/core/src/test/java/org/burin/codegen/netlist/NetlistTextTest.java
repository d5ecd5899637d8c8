package org.burin.codegen.netlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetlistTextTest {
  private static final String TEXT = """
      netlist "net" {
        %0 = input "x" 0 : -8..7*2^-2
        %1 = input "x" 1 : -8..7*2^-2
        %2 = constant value=1 : 1*2^0 @"fc"
        %3 = add %0 %1<<1 : -24..21*2^-2 @"fc"
        %4 = add %3 %2<<1 : -22..23*2^-2 @"fc/round"
        %5 = bits %4 low=2 width=4 signed=true : -6..5*2^0 @"fc/round"
        in "x" = %0 %1
        out "y" = %5
      }
      """;

  private static Netlist lowered() {
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 2), FixedType.fixed(4, 2));
    FixedValue y = b.scope("fc", () -> b.matMul(x, b.constant(FixedTensor.of(Shape.of(2, 1), 0, 1, 2))));
    b.output("y", b.scope("fc/round", () -> b.quantize(y, FixedType.parse("fixed<8,8,rnd,sat>"))));
    return LowerToNetlist.of(b.build(), AdderOptions.FAST);
  }

  @Test
  void aLayerBecomesAddersAndBits() {
    assertThat(lowered().toString()).isEqualTo(TEXT);
  }

  @Test
  void textIsReadBack() {
    assertThat(NetlistText.parse(TEXT)).isEqualTo(lowered());
  }

  @Test
  void interpreterComputesEverySample() {
    Map<String, long[]> y = NetlistInterpreter.run(lowered(), 2, Map.of("x", new long[] {7, 7, -8, 3}));
    assertThat(y.get("y")).containsExactly(5, 0);
  }

  @Test
  void registersMustBeTheSameForAllOperands() {
    String late = TEXT.replace("%3 = add %0 %1<<1 : -24..21*2^-2 @\"fc\"", "%3 = register %0 : -8..7*2^-2")
        .replace("%4 = add %3 %2<<1 : -22..23*2^-2", "%4 = add %3 %1 : -16..14*2^-2").replace("-6..5", "-4..3");
    assertThatThrownBy(() -> NetlistText.parse(late)).isInstanceOf(NetlistException.class)
        .hasMessageContaining("expected operands of the same clock cycle, found registers 1 and 0");
  }

  @Test
  void rangesMustFollow() {
    assertThatThrownBy(() -> NetlistText.parse(TEXT.replace("-24..21", "-25..21")))
        .isInstanceOf(NetlistException.class)
        .hasMessage("netlist 'net', net %3 = add %0 %1<<1: expected a range inside of -24..21, found -25..21");
  }

  @Test
  void whatIsNoNetIsRefused() {
    assertThatThrownBy(() -> NetlistText.parse("netlist \"n\" {\n  nonsense\n}\n"))
        .hasMessage("line 2: expected a netlist, a net or a port: nonsense");
    assertThatThrownBy(() -> NetlistText.parse("netlist \"n\" {\n  %0 = add %1 : 0*2^0\n}\n"))
        .hasMessageStartingWith("line 2: expected 2 operands, found 1");
  }

  @Test
  void numbersOfMoreThan64BitsAreRefused() {
    FixedGraphBuilder b = new FixedGraphBuilder("wide");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 3), FixedType.fixed(62, 62));
    b.output("y", b.matMul(x, b.constant(FixedTensor.of(Shape.of(3, 1), 0, 1, 1, 1))));
    assertThat(LowerToNetlist.of(b.build(), AdderOptions.FAST).net(4).width()).isEqualTo(64);
    FixedGraphBuilder c = new FixedGraphBuilder("wider");
    FixedValue z = c.input("x", Shape.of(Shape.BATCH, 1), FixedType.fixed(40, 40));
    c.output("y", c.quantize(z, FixedType.parse("fixed<60,20,trn,sat>")));
    assertThatThrownBy(() -> LowerToNetlist.of(c.build(), AdderOptions.FAST)).isInstanceOf(NetlistException.class)
        .hasMessage("%1 = Quantize: expected numbers of at most 64 bits on the way to the result, found more; quantize "
            + "the operands to fewer bits");
  }

  @Test
  void equalWindowsShareNets() {
    FixedGraphBuilder b = new FixedGraphBuilder("shared");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 1), FixedType.fixed(4, 4));
    b.output("y", b.concat(List.of(b.neg(x), b.neg(x)), 1));
    assertThat(LowerToNetlist.of(b.build(), AdderOptions.FAST).nets()).hasSize(2);
  }
}
