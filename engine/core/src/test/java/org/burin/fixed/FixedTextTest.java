package org.burin.fixed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.burin.fixed.FixedOpSamples.Sample;
import org.burin.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedTextTest {
  private static final String NET = """
      fixed_graph "net" {
        %0 = input "x" types=fixed<4,2,rnd,sat> : [N,2] fixed<4,2> -8..7*2^-2
        %1 = constant raw={3;-1*2;0} fraction=1 : [2,2] fixed<3,2> -1..3*2^-1 grid=[2,2]{3;-1;-1;0} @"fc"
        %2 = matmul %0 %1 : [N,2] fixed<6,3> -31..29*2^-3 grid=[1,2]{-31..29;-7..8} @"fc"
        %3 = constant raw={0} fraction=0 : [] ufixed<1,1> 0*2^0
        %4 = max %2 %3 : [N,2] ufixed<5,2> 0..29*2^-3 grid=[1,2]{0..29;0..8} @"relu"
        %5 = quantize %4 types=[2]{fixed<3,3,trn,wrap>;ufixed<2,1,rnd,sat>} : [N,2] ufixed<3,2> 0..6*2^-1 \
      grid=[1,2]{0..6/1;0..2}
        output "y" = %5
      }
      """;

  @Test
  void aGraph() {
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 2), FixedType.parse("fixed<4,2,rnd,sat>"));
    FixedValue y = b.scope("fc", () ->
        b.matMul(x, b.constant(FixedTensor.of(Shape.of(2, 2), 1, 3, -1, -1, 0))));
    FixedValue zero = b.constant(0, 0);
    FixedValue relu = b.scope("relu", () -> b.max(y, zero));
    b.output("y", b.quantize(relu, new ElementTypes(
        Shape.of(2), List.of(FixedType.parse("fixed<3,3>"), FixedType.parse("ufixed<2,1,rnd,sat>")))));
    assertThat(b.build().toString()).isEqualTo(NET);
    assertThat(FixedText.parse(NET).toString()).isEqualTo(NET);
  }

  @Test
  void everyOperationIsReadAsItWasPrinted() {
    for (long seed = 0; seed < 20; seed++) {
      for (Sample s : FixedOpSamples.of(seed)) {
        String text = s.graph().toString();
        FixedGraph read = FixedText.parse(text);
        assertThat(read.toString()).as(s.name()).isEqualTo(text);
        for (FixedValue v : s.graph().values()) {
          assertThat(read.values().get(v.id()).precision()).as(s.name()).isEqualTo(v.precision());
        }
        assertThat(FixedInterpreter.run(read, s.inputs()).output("y")).as(s.name())
            .isEqualTo(FixedInterpreter.run(s.graph(), s.inputs()).output("y"));
        assertThat(FixedVerifier.problems(s.graph())).as(s.name()).isEmpty();
      }
    }
  }

  @Test
  void longListsGoOverSeveralLines() {
    FixedGraphBuilder b = new FixedGraphBuilder("a \"b\" {\\}\n");
    b.constant(FixedTensor.of(Shape.of(3, 20), 0, LongStream.range(0, 60).map(i -> i < 40 ? 7 : 1000 + i).toArray()));
    b.constant(FixedTensor.of(Shape.of(4, 20), 0, LongStream.range(0, 80).map(i -> i / 20 == 2 ? i : 3).toArray()));
    String text = b.build().toString();
    assertThat(text).isEqualTo("""
        fixed_graph "a \\"b\\" {\\\\}\\n" {
          %0 = constant raw={
              7*20;
              7*20;
              1040;1041;1042;1043;1044;1045;1046;1047;1048;1049;1050;1051;1052;1053;1054;1055;1056;1057;1058;1059} \
        fraction=0 : [3,20] ufixed<11,11> 7..1059*2^0 grid=[3,20]
          %1 = constant raw={3*40;40;41;42;43;44;45;46;47;48;49;50;51;52;53;54;55;56;57;58;59;3*20} \
        fraction=0 : [4,20] ufixed<6,6> 3..59*2^0 grid=[4,20]
        }
        """);
    assertThat(FixedText.parse(text).toString()).isEqualTo(text);
  }

  @Test
  void whatTheInferenceFindsMayBeLeftOut() {
    FixedGraph graph = FixedText.parse("""
        // a comment
        fixed_graph "net" {
          %0 = input "x" types=ufixed<3,3,trn,sat> : [N,1]

          %1 = lookup %0 which=[]{0}*2^0 table="half \\\\ x"[0..7]*2^0->{0*2;1*2;2*2;3*2}*2^0~0.5 : [N,1] @"table"
          output "y" = %1
        }
        """);
    assertThat(graph.output("y").precision().toString()).isEqualTo("ufixed<2,2> 0..3*2^0");
    assertThat(graph.output("y").layer()).isEqualTo("table");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "graph `net` {                            | expected fixed_graph \"name\" {",
      "%1 = neg %0 : [N]                        | expected value %0",
      "%0 = neg %0 : [N]                        | value %0 is used before it is defined",
      "%0 = frob : [N]                          | unknown operation 'frob'",
      "%0 = input : [N]                         | expected a name in double quotes",
      "%0 = constant raw={1} : []               | attribute fraction= is missing",
      "%0 = constant raw={1} fraction=0 a=1 : []| the operation has no attribute 'a'",
      "%0 = constant raw=1 fraction=0 : []      | attribute raw= must have the form {1;2*3}, found '1'",
      "%0 = constant raw={1;b} fraction=0 : [2] | attribute raw= must hold whole numbers of 64 bits, found 'b'",
      "%0 = constant raw={1*3} fraction=0 : [2] | shape [2] needs 2 integers, found 3",
      "%0 = constant raw={1} fraction=0         | expected %id = operation operands key=value : shape",
      "%0 = constant raw={1} fraction=0 : [] ufixed<2,2> 1*2^0 | the inference finds ufixed<1,1> 1*2^0, the text says "
          + "ufixed<2,2> 1*2^0",
      "output y = %0                            | expected a value or an output",
  })
  void whatCannotBeRead(String line, String message) {
    String text = line.startsWith("graph") ? line : "fixed_graph \"net\" {\n" + line + "\n}\n";
    int number = line.startsWith("graph") ? 1 : 2;
    assertThatThrownBy(() -> FixedText.parse(text)).isInstanceOf(FixedException.class)
        .hasMessage("line " + number + " '" + line + "': " + message);
  }

  @Test
  void textThatEndsTooEarlyOrTooLate() {
    assertThatThrownBy(() -> FixedText.parse("fixed_graph \"net\" {\n")).isInstanceOf(FixedException.class)
        .hasMessage("the graph's text ends after line 1 without a closing '}'");
    assertThatThrownBy(() -> FixedText.parse("fixed_graph \"net\" {\n}\nmore")).isInstanceOf(FixedException.class)
        .hasMessage("line 2 '}': the graph ends here, yet text follows: 'more'");
  }

  @Test
  void aGraphThatIsNotWellFormed() {
    FixedGraphBuilder b = new FixedGraphBuilder("net");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH), FixedType.parse("fixed<4,2>"));
    FixedValue stray = b.neg(x);
    FixedValue wrong = new FixedValue(1, new FixedOp.Add(x, stray), Shape.of(2), x.precision(), "fc");
    FixedGraph graph = new FixedGraph("wrong", List.of(x, wrong), Map.of("y", stray));
    assertThatThrownBy(() -> FixedVerifier.verify(graph)).isInstanceOf(FixedException.class).hasMessage("""
        fixed graph 'wrong' is not well formed:
          %1 (layer fc): operand %1 is not an earlier value of this graph
          %1 (layer fc): has shape [2], its operation gives [N]
          %1 (layer fc): has precision fixed<4,2> -8..7*2^-2, its operation gives fixed<5,3> -15..15*2^-2
          output 'y': %1 is not a value of this graph""");
  }
}
