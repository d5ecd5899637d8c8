package org.burin.pass;

import static org.assertj.core.api.Assertions.assertThat;

import org.burin.fixed.FixedType;
import org.burin.nn.Activation;
import org.burin.nn.Dense;
import org.burin.nn.Model;
import org.burin.nn.QuantizerLayer;
import org.burin.quant.Quantizers;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The table of types, ranges, work and tables.
final class QuantizationReportTest {
  private static QuantizerLayer to(String type) {
    return QuantizerLayer.of(Quantizers.fixed(FixedType.parse(type)));
  }

  private static Model model() {
    Model model = Model.sequential("m", 1, Shape.of(2), to("fixed<6,3,rnd_conv,sat>").named("in"),
        Dense.of(2).withKernelQuantizer(Quantizers.fixed(FixedType.parse("fixed<4,2,rnd_conv,sat>"))).withBias(false),
        to("fixed<7,4,rnd,sat>").named("mid"), Activation.SIGMOID, to("ufixed<8,0,rnd,sat>").named("out"));
    float[] kernel = {1.25f, -0.5f, 0, 1};
    System.arraycopy(kernel, 0, model.parameters().get("dense/kernel").data(), 0, 4);
    return model;
  }

  @Test
  void everyValueThatLosesOrMultipliesHasARow() {
    assertThat(model().quantizationReport()).hasToString("""
        fixed graph "m"
        Layer  Value                Declared                 Inferred     Proven range            Used range  Overflows  EBOPs  Table  Worst error
        ------------------------------------------------------------------------------------------------------------------------------------------
               %0 input x           fixed<6,3,rnd_conv,sat>  fixed<6,3>   -4 .. 3.87500
        dense  %1 constant                                   fixed<4,2>   -0.500000 .. 1.25000
        dense  %2 matmul                                     fixed<9,4>   -5.93750 .. 5.87500                               25
        mid    %3 quantize          fixed<7,4,rnd,sat>       fixed<7,4>   -5.87500 .. 5.87500
        out    %4 table sigmoid(x)                           ufixed<8,0>  0.00390625 .. 0.996094                                   95      0.00194
        ------------------------------------------------------------------------------------------------------------------------------------------
        total                                                                                                               25     95
        float32 computes it exactly
        """);
  }

  @Test
  void samplesShowWhichRangesAreUsedAndWhereTypesOverflow() {
    QuantizationReport report = model().quantizationReport(Tensor.of(Shape.of(3, 2), 0.5f, 0, 7, 1, -1, 0.125f));
    QuantizationReport.Row input = report.rows().getFirst();
    assertThat(input.value()).isEqualTo("%0 input x");
    assertThat(input.used()).contains(new QuantizationReport.Used(-1, 3.875, 1, 6));
    assertThat(report.toString()).contains("-4 .. 3.87500           -1 .. 3.87500         1 of 6\n");
    assertThat(report.ebops()).isEqualTo(25);
    assertThat(report.entries()).isEqualTo(95);
  }
}
