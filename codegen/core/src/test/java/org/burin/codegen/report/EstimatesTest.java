package org.burin.codegen.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.burin.fixed.FixedGraph;
import org.burin.fixed.FixedGraphBuilder;
import org.burin.fixed.FixedTensor;
import org.burin.fixed.FixedType;
import org.burin.fixed.FixedValue;
import org.burin.tensor.Shape;
import org.burin.tensor.Window;
import org.junit.jupiter.api.Test;

final class EstimatesTest {
  /// Weights 0, 1, 3 and -4, 5, 7: three need a multiplier, five are not 0.
  private static FixedGraph dense() {
    FixedGraphBuilder b = new FixedGraphBuilder("dense");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 3), FixedType.parse("fixed<4,4>"));
    FixedValue y = b.scope("fc", () -> b.matMul(x, b.constant(FixedTensor.of(Shape.of(3, 2), 0, 0, 1, 3, -4, 5, 7)),
        false, false));
    b.output("y", b.scope("q", () -> b.quantize(y, FixedType.parse("fixed<4,6,rnd,sat>"))));
    return b.build();
  }

  @Test
  void productsWithPowersOfTwoAreFreeAndSumsHaveAnAdderLessThanTerms() {
    LayerEstimate fc = Estimates.of(dense(), layer -> 1).getFirst();
    assertThat(fc).returns("fc", LayerEstimate::layer).returns("matmul", LayerEstimate::op)
        .returns(3L, LayerEstimate::multipliers).returns(3L, LayerEstimate::adders)
        .returns(0L, LayerEstimate::weightBits).returns(2L, LayerEstimate::latency)
        .returns(1L, LayerEstimate::interval);
  }

  @Test
  void aReuseFactorSharesMultipliersAndPutsWeightsInMemories() {
    LayerEstimate fc = Estimates.of(dense(), layer -> layer.equals("fc") ? 3 : 1).getFirst();
    assertThat(fc).returns(1L, LayerEstimate::multipliers).returns(1L, LayerEstimate::adders)
        .returns(24L, LayerEstimate::weightBits).returns(4L, LayerEstimate::latency)
        .returns(3L, LayerEstimate::interval);
  }

  @Test
  void withoutMultipliersThereIsAnAdderForEveryDigit() {
    LayerEstimate fc = Estimates.of(dense(), layer -> 0).getFirst();
    // 1, 4-1, -4, 4+1, 8-1 have 8 digits, which make 2 sums.
    assertThat(fc).returns(0L, LayerEstimate::multipliers).returns(6L, LayerEstimate::adders);
  }

  @Test
  void quantizersRoundAndSaturateEveryElement() {
    LayerEstimate q = Estimates.of(dense(), layer -> 1).getLast();
    assertThat(q).returns("q", LayerEstimate::layer).returns(4L, LayerEstimate::adders)
        .returns(0L, LayerEstimate::latency);
  }

  @Test
  void convolutionsComputeAPixelAtATime() {
    FixedGraphBuilder b = new FixedGraphBuilder("conv");
    FixedValue x = b.input("x", Shape.of(Shape.BATCH, 5, 5, 1), FixedType.parse("fixed<4,4>"));
    b.output("y", b.conv2d(x, b.constant(FixedTensor.of(Shape.of(2, 2, 1, 1), 0, 3, 3, 3, 3)), Window.VALID, 1));
    assertThat(Estimates.of(b.build(), layer -> 1)).singleElement()
        .returns(4L, LayerEstimate::multipliers).returns(3L, LayerEstimate::adders)
        .returns(16L, LayerEstimate::interval).returns(17L, LayerEstimate::latency);
  }

  @Test
  void layersAreSumsOfTheirOperations() {
    List<LayerEstimate> operations = Estimates.of(dense(), layer -> 1);
    assertThat(Estimates.byLayer(operations)).extracting(LayerEstimate::layer).containsExactly("fc", "q");
    assertThat(Estimates.total(operations)).returns(7L, LayerEstimate::adders).returns(2L, LayerEstimate::latency);
  }
}
