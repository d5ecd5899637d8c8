package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.ir.IrText;
import org.junit.jupiter.api.Test;

class SimplifyTest {
  @Test
  void maskOfReluIsReadFromItsResult() {
    assertSimplified(
        """
        graph "g" {
          %0 = input "x" : f32[4]
          %1 = relu %0 : f32[4]
          %2 = constant value=[0.0] : f32[]
          %3 = gt %0 %2 : f32[4]
          %4 = select %3 %1 %2 : f32[4]
          output "y" = %4
        }
        """,
        """
        graph "g" {
          %0 = input "x" : f32[4]
          %1 = relu %0 : f32[4]
          %2 = constant value=[0.0] : f32[]
          %3 = gt %1 %2 : f32[4]
          %4 = select %3 %1 %2 : f32[4]
          output "y" = %4
        }
        """);
  }

  @Test
  void productTakesOverTranspositions() {
    assertSimplified(
        """
        graph "g" {
          %0 = input "a" : f32[2,3,4]
          %1 = input "b" : f32[2,3,5]
          %2 = transpose %0 permutation=[0,2,1] : f32[2,4,3]
          %3 = matmul %2 %1 : f32[2,4,5] @"dense"
          output "y" = %3
        }
        """,
        """
        graph "g" {
          %0 = input "a" : f32[2,3,4]
          %1 = input "b" : f32[2,3,5]
          %2 = matmul %0 %1 ta=true : f32[2,4,5] @"dense"
          output "y" = %2
        }
        """);
  }

  @Test
  void broadcastsUnitFactorsAndEqualOperationsDisappear() {
    assertSimplified(
        """
        graph "g" {
          %0 = input "a" : f32[2,3]
          %1 = parameter "b" : f32[3]
          %2 = broadcast %1 : f32[2,3]
          %3 = add %0 %2 : f32[2,3]
          %4 = add %0 %2 : f32[2,3]
          %5 = constant value=[1.0] : f32[]
          %6 = mul %4 %5 : f32[2,3]
          %7 = sub %3 %6 : f32[2,3]
          output "y" = %7
        }
        """,
        """
        graph "g" {
          %0 = input "a" : f32[2,3]
          %1 = parameter "b" : f32[3]
          %2 = add %0 %1 : f32[2,3]
          %3 = sub %2 %2 : f32[2,3]
          output "y" = %3
        }
        """);
  }

  @Test
  void broadcastThatShapesTheResultStays() {
    String text =
        """
        graph "g" {
          %0 = parameter "b" : f32[3]
          %1 = broadcast %0 : f32[2,3]
          %2 = constant value=[2.0] : f32[]
          %3 = mul %1 %2 : f32[2,3]
          output "y" = %3
        }
        """;
    assertSimplified(text, text);
  }

  private static void assertSimplified(String before, String after) {
    assertThat(Simplify.run(IrText.parse(before)).toString()).isEqualTo(after);
  }
}
