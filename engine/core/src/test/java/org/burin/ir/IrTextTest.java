package org.burin.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IrTextTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyOperationSurvivesPrintingAndParsing(long seed) {
    Set<Class<?>> seen = new HashSet<>();
    for (OpSamples.Sample sample : OpSamples.of(seed)) {
      String text = sample.graph().toString();
      Graph read = IrText.parse(text);
      assertThat(read.toString()).as(sample.name()).isEqualTo(text);
      for (int i = 0; i < read.values().size(); i++) {
        Op expected = Operands.map(sample.graph().values().get(i).op(), o -> read.values().get(o.id()));
        assertThat(read.values().get(i).op()).as(sample.name()).isEqualTo(expected);
        seen.add(expected.getClass());
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Op.class.getPermittedSubclasses());
  }

  @Test
  void printsTheDocumentedForm() {
    GraphBuilder b = new GraphBuilder("net");
    Value x = b.input("x", Shape.of(Shape.BATCH, 2));
    Value w = b.parameter("dense/kernel", Shape.of(2, 3));
    b.output("y", b.scope("dense", () -> b.relu(b.matMul(x, w))));
    b.update("dense/kernel", b.neg(w));
    assertThat(b.build()).hasToString("""
        graph "net" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "dense/kernel" : f32[2,3]
          %2 = matmul %0 %1 : f32[N,3] @"dense"
          %3 = relu %2 : f32[N,3] @"dense"
          %4 = neg %1 : f32[2,3]
          output "y" = %3
          update "dense/kernel" = %4
        }
        """);
  }

  @Test
  void namesMayHoldAnyCharacter() {
    String name = "a\\n \"b\" \n\r\\ : f32[2] @\"c\" = %1 \u2028 ü";
    GraphBuilder b = new GraphBuilder(name);
    b.output(name, b.scope(name, () -> b.neg(b.input(name, Shape.of(2)))));
    Graph read = IrText.parse(b.build().toString());
    assertThat(read.name()).isEqualTo(name);
    assertThat(read.output(name).layer()).isEqualTo(name);
    assertThat(read.input(name).shape()).isEqualTo(Shape.of(2));
  }

  @Test
  void constantsKeepTheirBits() {
    Tensor t = Tensor.vector(0.1f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1 / 3f);
    GraphBuilder b = new GraphBuilder("c");
    b.output("y", b.constant(t));
    b.output("empty", b.constant(Tensor.zeros(Shape.of(0, 3))));
    Graph read = IrText.parse(b.build().toString());
    assertThat(read.output("y").op()).isEqualTo(new Op.Constant(t));
    assertThat(read.output("empty").shape()).isEqualTo(Shape.of(0, 3));
  }

  @Test
  void blankLinesAndCommentsAreSkipped() {
    Graph g = IrText.parse("// a net\n\ngraph \"g\" {\n  // its input\n  %0 = input \"x\" : f32[2]\n}\n\n");
    assertThat(g.values()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "%0 = input x : f32[2] | expected an operand %id or key=value, found 'x'",
      "%1 = input \"x\" : f32[2] | expected value %0",
      "%0 = input \"x\" : f64[2] | expected %id = operation operands key=value : type @\"layer\"",
      "%0 = input \"x\" : f32[a] | expected a shape such as [N,16], found '[a]'",
      "%0 = input : f32[2] | expected a name in double quotes, found ''",
      "%0 = neg \"x\" : f32[2] | an operand is missing",
      "%0 = neg %0 : f32[2] | value %0 is used before it is defined",
      "%0 = neg %-1 : f32[2] | value %-1 is used before it is defined",
      "%0 = neg %x : f32[2] | expected an operand %id, found '%x'",
      "%0 = frobnicate : f32[2] | unknown operation 'frobnicate'",
      "%0 = constant value=[1.0,2.0] : f32[3] | shape [3] has 3 elements, the array has 2",
      "%0 = constant value=[1.0,b] : f32[2] | attribute value= must hold numbers, found 'b'",
      "%0 = constant value=1.0 : f32[1] | attribute value= must be a list such as [1,2]",
      "%0 = constant value=[1.0] value=[2.0] : f32[1] | attribute value= stands twice",
      "%0 = constant value=[1.0] colour=red : f32[1] | the operation has no attribute 'colour'",
      "%0 = constant : f32[1] | attribute value= is missing",
      "output \"y\" = %3 | value %3 is used before it is defined",
      "result \"y\" = %3 | expected a value, an output or an update",
      "update \"w\" = %x | expected a value, an output or an update",
  })
  void errorsInTheFirstValueAreNamed(String line, String message) {
    assertThatThrownBy(() -> IrText.parse("graph \"g\" {\n" + line + "\n}\n"))
        .isInstanceOf(GraphException.class)
        .hasMessage("line 2 '" + line + "': " + message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "%1 = neg %0 %0 : f32[2,3] | the operation takes 1 operand(s), found 2",
      "%1 = neg %0 : f32[3,2] | the operation gives type f32[2,3], the text says f32[3,2]",
      "%1 = input \"x\" : f32[4] | graph 'g' has two of input 'x', of shapes [2,3] and [4]",
      "%1 = matmul %0 %0 ta=yes : f32[3,3] | attribute ta= must be true or left out, found 'yes'",
      "%1 = matmul %0 %0 : f32[3,3] | matmul %0 %0: matrix product of [2,3] and [2,3]: inner extents 3 and 2 differ",
      "%1 = argmax %0 axis=x : f32[2] | attribute axis= must hold whole numbers, found 'x'",
      "%1 = argmax %0 axis=-1 : f32[2] | argmax %0 axis=-1: axis -1 of [2,3] must be counted from the first one",
      "%1 = upsample2d %0 factor=2 : f32[2,3] | attribute factor= must be two numbers such as 3x3",
      "update \"w\" = %0 | graph 'g' has no parameter 'w' to update",
  })
  void errorsInTheSecondValueAreNamed(String line, String message) {
    assertThatThrownBy(() -> IrText.parse("graph \"g\" {\n%0 = input \"x\" : f32[2,3]\n" + line + "\n}\n"))
        .isInstanceOf(GraphException.class)
        .hasMessage("line 3 '" + line + "': " + message);
  }

  @Test
  void errorsOfTheWholeTextAreNamed() {
    for (List<String> c : List.of(
        List.of("", "the graph's text ends after line 0 without a closing '}'"),
        List.of("graph \"g\" {\n", "the graph's text ends after line 1 without a closing '}'"),
        List.of("graph g {\n", "line 1 'graph g {': expected graph \"name\" {"),
        List.of("graph \"g\" {\n}\nmore\n", "line 2 '}': text after the graph's closing '}' in line 2: 'more'"))) {
      assertThatThrownBy(() -> IrText.parse(c.get(0))).isInstanceOf(GraphException.class).hasMessage(c.get(1));
    }
  }

  @Test
  void aLongLineIsShownInPart() {
    String line = "%0 = constant value=[" + "1.0,".repeat(1000) + "1.0] : f32[2]";
    assertThatThrownBy(() -> IrText.parse("graph \"g\" {\n" + line + "\n}\n"))
        .hasMessage("line 2 '" + line.substring(0, 100) + "...': shape [2] has 2 elements, the array has 1001");
  }
}
