package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.burin.exec.Plan;
import org.burin.exec.PlanOptions;
import org.burin.ir.Graph;
import org.burin.ir.IrText;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The passes from float graph to float graph: text in, text out.
final class FloatPassTest {
  private static String after(Pass pass, String text) {
    return IrText.print(pass.run(IrText.parse(text)));
  }

  @Test
  void stripGradientsLeavesTheValuesOfStraightThroughEstimators() {
    assertThat(after(new StripGradients(), """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<4,2,rnd_conv,sat> : f32[N,2]
          %2 = tanh %0 : f32[N,2]
          %3 = straight_through %1 %2 : f32[N,2]
          %4 = stop_gradient %3 : f32[N,2]
          %5 = relu %4 : f32[N,2]
          output "y" = %5
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = quantize %0 to=fixed<4,2,rnd_conv,sat> : f32[N,2]
          %2 = relu %1 : f32[N,2]
          output "y" = %2
        }
        """);
  }

  @Test
  void dceKeepsWhatOutputsNeedAndInputs() {
    assertThat(after(new Dce(), """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = input "unused" : f32[N,3]
          %2 = relu %0 : f32[N,2]
          %3 = tanh %0 : f32[N,2] @"act"
          output "y" = %3
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = input "unused" : f32[N,3]
          %2 = tanh %0 : f32[N,2] @"act"
          output "y" = %2
        }
        """);
  }

  @Test
  void cseJoinsEqualOperationsAndWhatFollowsFromThem() {
    assertThat(after(new Cse(), """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = relu %0 : f32[N,2] @"a"
          %2 = relu %0 : f32[N,2] @"b"
          %3 = neg %1 : f32[N,2]
          %4 = neg %2 : f32[N,2]
          %5 = add %3 %4 : f32[N,2]
          output "y" = %5
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = relu %0 : f32[N,2] @"a"
          %2 = neg %1 : f32[N,2]
          %3 = add %2 %2 : f32[N,2]
          output "y" = %3
        }
        """);
  }

  @Test
  void splitMeansDividesSums() {
    assertThat(after(new SplitMeans(), """
        graph "g" {
          %0 = input "x" : f32[N,3,4,2]
          %1 = reduce_mean %0 axes=[1,2] : f32[N,2]
          %2 = reduce_mean %1 axes=[0] : f32[2]
          output "y" = %1
          output "z" = %2
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,3,4,2]
          %1 = reduce_sum %0 axes=[1,2] : f32[N,2]
          %2 = constant value=[12.0] : f32[]
          %3 = div %1 %2 : f32[N,2]
          %4 = reduce_mean %3 axes=[0] : f32[2]
          output "y" = %3
          output "z" = %4
        }
        """);
  }

  @Test
  void constantFoldBindsParametersAndEvaluatesWhatDependsOnThemAlone() {
    Map<String, Tensor> parameters =
        Map.of("w", Tensor.vector(0.8f, -0.4f), "s", Tensor.vector(1, 2), "open", Tensor.vector(3, 4));
    assertThat(after(new ConstantFold(parameters), """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "w" : f32[2] @"dense"
          %2 = quantize %1 to=fixed<4,2,rnd_conv,sat> : f32[2] @"dense"
          %3 = mul %0 %2 : f32[N,2] @"dense"
          %4 = parameter "s" : f32[2]
          %5 = broadcast %4 : f32[N,2]
          %6 = add %3 %5 : f32[N,2]
          %7 = parameter "open" : f32[2]
          %8 = add %7 %4 : f32[2]
          %9 = add %6 %7 : f32[N,2]
          output "y" = %9
          update "open" = %8
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = constant value=[0.75,-0.5] : f32[2] @"dense"
          %2 = mul %0 %1 : f32[N,2] @"dense"
          %3 = constant value=[1.0,2.0] : f32[2]
          %4 = broadcast %3 : f32[N,2]
          %5 = add %2 %4 : f32[N,2]
          %6 = parameter "open" : f32[2]
          %7 = add %6 %3 : f32[2]
          %8 = add %5 %6 : f32[N,2]
          output "y" = %8
          update "open" = %7
        }
        """);
  }

  @Test
  void foldedNumbersAreThoseOfThePlan() {
    Graph graph = IrText.parse("""
        graph "g" {
          %0 = input "x" : f32[1,40]
          %1 = parameter "a" : f32[40,40]
          %2 = softmax %1 : f32[40,40]
          %3 = reduce_mean %2 axes=[0] : f32[40]
          %4 = exp %3 : f32[40]
          %5 = sub %0 %4 : f32[1,40]
          output "y" = %5
        }
        """);
    float[] a = new float[1600];
    for (int i = 0; i < a.length; i++) {
      a[i] = (i * 7919 % 1601) / 160f - 5;
    }
    Map<String, Tensor> parameters = Map.of("a", Tensor.of(Shape.of(40, 40), a));
    Plan plan = Plan.compile(graph, parameters, PlanOptions.DEFAULT);
    plan.run();
    Plan folded = Plan.compile(new ConstantFold(parameters).run(graph), Map.of(), PlanOptions.DEFAULT);
    folded.run();
    assertThat(folded.output("y")).isEqualTo(plan.output("y"));
  }

  @Test
  void foldBatchNormMovesFactorAndShiftIntoKernelAndBias() {
    assertThat(after(new FoldBatchNorm(), """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "kernel" : f32[2,3] @"dense"
          %2 = matmul %0 %1 : f32[N,3] @"dense"
          %3 = parameter "bias" : f32[3] @"dense"
          %4 = add %2 %3 : f32[N,3] @"dense"
          %5 = parameter "variance" : f32[3] @"norm"
          %6 = rsqrt %5 : f32[3] @"norm"
          %7 = mul %4 %6 : f32[N,3] @"norm"
          %8 = parameter "beta" : f32[3] @"norm"
          %9 = add %7 %8 : f32[N,3] @"norm"
          output "y" = %9
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "kernel" : f32[2,3] @"dense"
          %2 = parameter "bias" : f32[3] @"dense"
          %3 = parameter "variance" : f32[3] @"norm"
          %4 = rsqrt %3 : f32[3] @"norm"
          %5 = mul %1 %4 : f32[2,3] @"norm"
          %6 = matmul %0 %5 : f32[N,3] @"norm"
          %7 = mul %2 %4 : f32[3] @"norm"
          %8 = parameter "beta" : f32[3] @"norm"
          %9 = add %7 %8 : f32[3] @"norm"
          %10 = add %6 %9 : f32[N,3] @"norm"
          output "y" = %10
        }
        """);
  }

  @Test
  void foldBatchNormMovesFactorsIntoConvolutionsWithoutBias() {
    assertThat(after(new FoldBatchNorm(), """
        graph "g" {
          %0 = input "x" : f32[N,4,4,2]
          %1 = parameter "kernel" : f32[3,3,2,5]
          %2 = conv2d %0 %1 stride=1x1 padding=[0,0,0,0] dilation=1x1 groups=1 : f32[N,2,2,5]
          %3 = parameter "factor" : f32[5]
          %4 = mul %3 %2 : f32[N,2,2,5]
          output "y" = %4
        }
        """)).isEqualTo("""
        graph "g" {
          %0 = input "x" : f32[N,4,4,2]
          %1 = parameter "kernel" : f32[3,3,2,5]
          %2 = parameter "factor" : f32[5]
          %3 = mul %1 %2 : f32[3,3,2,5]
          %4 = conv2d %0 %3 stride=1x1 padding=[0,0,0,0] dilation=1x1 groups=1 : f32[N,2,2,5]
          output "y" = %4
        }
        """);
  }

  @Test
  void foldBatchNormLeavesQuantizedKernelsAndSharedProductsAlone() {
    String quantizedKernel = """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "kernel" : f32[2,3]
          %2 = quantize %1 to=fixed<4,2,rnd_conv,sat> : f32[2,3]
          %3 = matmul %0 %2 : f32[N,3]
          %4 = parameter "factor" : f32[3]
          %5 = mul %3 %4 : f32[N,3]
          output "y" = %5
        }
        """;
    assertThat(after(new FoldBatchNorm(), quantizedKernel)).isEqualTo(quantizedKernel);
    String quantizedProduct = """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "kernel" : f32[2,3]
          %2 = matmul %0 %1 : f32[N,3]
          %3 = quantize %2 to=fixed<8,4,rnd_conv,sat> : f32[N,3]
          %4 = parameter "factor" : f32[3]
          %5 = mul %3 %4 : f32[N,3]
          output "y" = %5
        }
        """;
    assertThat(after(new FoldBatchNorm(), quantizedProduct)).isEqualTo(quantizedProduct);
    String shared = """
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = parameter "kernel" : f32[2,3]
          %2 = matmul %0 %1 : f32[N,3]
          %3 = parameter "factor" : f32[3]
          %4 = mul %2 %3 : f32[N,3]
          output "y" = %4
          output "z" = %2
        }
        """;
    assertThat(after(new FoldBatchNorm(), shared)).isEqualTo(shared);
  }

  @Test
  void aPipelineNamesItsPassesAndShowsEachStage() {
    Pipeline pipeline = Passes.deployment(Map.of());
    assertThat(pipeline.names())
        .containsExactly("strip-gradients", "constant-fold", "split-means", "cse", "dce");
    assertThat(pipeline.upTo("split-means").without(Set.of("constant-fold")).names())
        .containsExactly("strip-gradients", "split-means");
    List<String> seen = new ArrayList<>();
    pipeline.run(IrText.parse("""
        graph "g" {
          %0 = input "x" : f32[N,2]
          %1 = stop_gradient %0 : f32[N,2]
          %2 = relu %1 : f32[N,2]
          output "y" = %2
        }
        """), (stage, graph) -> seen.add(stage + " " + graph.values().size()));
    assertThat(seen)
        .containsExactly("strip-gradients 2", "constant-fold 2", "split-means 2", "cse 2", "dce 2");
  }

  @Test
  void anUnknownPassIsRefusedWithTheNamesOfTheKnownOnes() {
    Pipeline pipeline = new Pipeline(List.of(new Cse(), new Dce()));
    assertThatThrownBy(() -> pipeline.upTo("ces")).hasMessage("there is no pass 'ces'; the passes are [cse, dce]");
    assertThatThrownBy(() -> pipeline.without(Set.of("all")))
        .hasMessage("there is no pass 'all'; the passes are [cse, dce]");
    assertThatThrownBy(() -> pipeline.then(new Cse())).hasMessage("two passes have the same name: [cse, dce, cse]");
  }
}
