package org.burin.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.ir.IrText;
import org.junit.jupiter.api.Test;

class FusionTest {
  @Test
  void biasAndReluJoinTheProduct() {
    assertThat(groups(
            """
            graph "g" {
              %0 = input "x" : f32[4,2]
              %1 = parameter "w" : f32[2,3]
              %2 = matmul %0 %1 : f32[4,3]
              %3 = parameter "b" : f32[3]
              %4 = add %2 %3 : f32[4,3]
              %5 = relu %4 : f32[4,3]
              output "y" = %5
            }
            """))
        .isEqualTo("[%2, %4, %5]");
  }

  @Test
  void biasStaysApartWhenTheProductIsNeeded() {
    assertThat(groups(
            """
            graph "g" {
              %0 = input "x" : f32[4,2]
              %1 = parameter "w" : f32[2,3]
              %2 = matmul %0 %1 : f32[4,3]
              %3 = parameter "b" : f32[3]
              %4 = add %2 %3 : f32[4,3]
              %5 = relu %4 : f32[4,3]
              output "y" = %5
              output "z" = %2
            }
            """))
        .isEqualTo("[%2] [%4, %5]");
  }

  @Test
  void chainsDoNotJoinAcrossAReductionBetweenThem() {
    assertThat(groups(
            """
            graph "g" {
              %0 = input "x" : f32[4,2]
              %1 = exp %0 : f32[4,2]
              %2 = reduce_sum %1 axes=[1] keep=true : f32[4,1]
              %3 = div %1 %2 : f32[4,2]
              %4 = neg %3 : f32[4,2]
              output "y" = %4
            }
            """))
        .isEqualTo("[%1] [%2] [%3, %4]");
  }

  @Test
  void chainsThatMeetBecomeOne() {
    assertThat(groups(
            """
            graph "g" {
              %0 = parameter "m" : f32[4]
              %1 = parameter "v" : f32[4]
              %2 = neg %0 : f32[4]
              %3 = abs %1 : f32[4]
              %4 = add %2 %3 : f32[4]
              update "m" = %2
              update "v" = %4
            }
            """))
        .isEqualTo("[%2, %3, %4]");
  }

  private static String groups(String text) {
    StringBuilder s = new StringBuilder();
    for (Fusion.Group group : Fusion.of(IrText.parse(text), true)) {
      s.append(s.isEmpty() ? "" : " ").append(group.members());
    }
    return s.toString();
  }
}
