package org.burin.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.burin.compat.HlsConfig.Strategy;
import org.burin.compat.HlsLayer.Softmax.Implementation;
import org.burin.fixed.FixedType;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HlsConfigTest {
  private static final Path FILE = Path.of("hls4ml_config.yml");
  private static final String YAML = """
      Backend: Vitis  # a comment
      ClockPeriod: 5
      HLSConfig:
        Model:
          Precision:
            default: fixed<16,6>
            maximum: fixed<32,16>
          ReuseFactor: 2
          Strategy: Resource
          BramFactor: 1000000000
        LayerType:
          Dense:
            Precision:
              bias: ap_fixed<10,4>
        LayerName:
          fc1:
            Trace: false
            Precision:
              weight: 'fixed<8,2,RND,SAT>'
              accum: auto
              result: "ac_fixed<12,4,true>"
            ReuseFactor: 4
            Strategy: Latency
          act:
            Precision: ap_fixed<9,3,AP_RND_CONV,AP_SAT>
            TableSize: 512
            table_t: ap_fixed<10,2>
          soft:
            Implementation: legacy
      IOType: io_parallel
      KerasModel: !keras_model 'dir/keras_model.keras'
      """;

  private static HlsLayer dense(String name) {
    return new HlsLayer.Dense(name, "x", Tensor.zeros(Shape.of(1, 1)), Optional.empty());
  }

  private static final HlsLayer ACT = new HlsLayer.Activation("act", "x", HlsLayer.Function.TANH, 0);

  private static FixedType type(String text) {
    return FixedType.parse(text);
  }

  @Test
  void theMostSpecificSettingCounts() {
    HlsConfig config = HlsConfig.parse(YAML, FILE);
    assertThat(config.precision(dense("fc1"), "weight")).contains(type("fixed<8,2,rnd,sat>"));
    assertThat(config.precision(dense("FC1"), "result")).contains(type("fixed<12,4>"));
    assertThat(config.precision(dense("fc1"), "accum")).isEmpty();
    assertThat(config.precision(dense("fc1"), "bias")).contains(type("fixed<10,4>"));
    assertThat(config.precision(dense("fc2"), "weight")).contains(type("fixed<16,6>"));
    assertThat(config.precision(ACT, "result")).contains(type("fixed<9,3,rnd_conv,sat>"));
    assertThat(config.ownPrecision(ACT, "table")).isEqualTo(type("fixed<10,2>"));
    assertThat(config.maximum()).isEqualTo(type("fixed<32,16>"));
    assertThat(config.strategy(dense("fc1"))).isEqualTo(Strategy.LATENCY);
    assertThat(config.strategy(dense("fc2"))).isEqualTo(Strategy.RESOURCE);
    assertThat(config.reuseFactor(dense("fc1"))).isEqualTo(4);
    assertThat(config.reuseFactor(dense("fc2"))).isEqualTo(2);
    assertThat(config.tableSize(ACT)).isEqualTo(512);
    assertThat(config.implementation(new HlsLayer.Softmax("soft", "x", Implementation.STABLE)))
        .isEqualTo(Implementation.LEGACY);
    assertThat(config.implementation(new HlsLayer.Softmax("other", "x", Implementation.ARGMAX)))
        .isEqualTo(Implementation.ARGMAX);
    assertThat(config.tableSize(dense("fc1"))).isEqualTo(1024);
  }

  @Test
  void jsonSaysTheSame() {
    HlsConfig config = HlsConfig.parse("""
        {"Model": {"Precision": "fixed<16,6>", "ReuseFactor": 3, "Strategy": "Latency"},
         "LayerName": {"fc1": {"Precision": {"weight": "fixed<8,2>", "result": "auto"}, "Trace": false}}}
        """, FILE);
    assertThat(config.precision(dense("fc1"), "weight")).contains(type("fixed<8,2>"));
    assertThat(config.precision(dense("fc1"), "result")).isEmpty();
    assertThat(config.reuseFactor(dense("fc1"))).isEqualTo(3);
    assertThat(HlsConfig.parse("Model:\n  Precision: fixed<16,6>\n", FILE))
        .isEqualTo(HlsConfig.parse("{\"Model\":{\"Precision\":\"fixed<16,6>\"}}", FILE));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "'Model:\n  Precison: fixed<16,6>' | hls4ml_config.yml:2: unknown key 'Precison' in Model; known are [BitExact, "
          + "BramFactor, ChannelsLastConversion, Compression, ConvImplementation, PipelineInterval, PipelineStyle, Precision, "
          + "ReuseFactor, Strategy, TargetCycles, TraceOutput, TransposeOutputs]",
      "'Layers:\n  a: 1' | hls4ml_config.yml:1: unknown key 'Layers' in HLSConfig; known are [Flows, LayerName, LayerType, "
          + "Model, Optimization, Optimizers, SkipOptimizers]",
      "'Model:\n  Precision: fixed<16>' | hls4ml_config.yml:2: type 'fixed<16>': the number of integer bits is missing",
      "'LayerName:\n  a:\n    Precision:\n      weigth: fixed<1,1>' | hls4ml_config.yml:4: unknown key 'weigth' in Precision "
          + "of LayerName a; known are [accum, bias, default, depthwise, exp_table, inv_inp, inv_table, maximum, param, "
          + "pointwise, result, scale, shift, slope, table, weight]",
      "'Model:\n  ReuseFactor: 0' | hls4ml_config.yml:2: expected a positive whole number, found '0'",
      "'Model:\n  ReuseFactor: many' | hls4ml_config.yml:2: expected a positive whole number, found 'many'",
      "'Model:\n  Strategy: DA' | hls4ml_config.yml:2: strategy 'DA' is not reproduced; known are Latency, Resource",
      "'Model:\n  BitExact: true' | hls4ml_config.yml:2: BitExact changes what is computed in ways that are not reproduced "
          + "here; set it to false",
      "'LayerName:\n  s:\n    Implementation: fast' | hls4ml_config.yml:3: unknown implementation 'fast' of softmax; "
          + "known are [stable, latency, legacy, argmax]",
      "'Model:\n  - a' | 'hls4ml_config.yml:2: expected ''key: value'' or ''key:'', found ''- a'''",
      "'Model:\n  ReuseFactor: 1\n  ReuseFactor: 2' | hls4ml_config.yml:3: key 'ReuseFactor' stands here a second time",
      "'Model: 3' | hls4ml_config.yml:1: Model has sections of its own, found '3'",
      "'Optimizers: x' | hls4ml_config.yml:1: Optimizers changes what is computed in ways that are not reproduced here; "
          + "remove it",
      "'{\"Model\": {\"ReuseFactor\": 1' | hls4ml_config.yml:1: the text ends too early",
      "'{\"Model\" 3}' | 'hls4ml_config.yml:1: expected '':'', found ''3'''",
      "'{\"Model\": {}} x' | hls4ml_config.yml:1: expected the end of the text, found 'x'",
  })
  void whatIsNotUnderstoodIsRefused(String text, String message) {
    assertThatThrownBy(() -> HlsConfig.parse(text, FILE)).isInstanceOf(HlsConfigException.class).hasMessage(message);
  }
}
