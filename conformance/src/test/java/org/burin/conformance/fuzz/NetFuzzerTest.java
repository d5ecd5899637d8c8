package org.burin.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.burin.nn.Model;
import org.junit.jupiter.api.Test;

class NetFuzzerTest {
  @Test
  void aSeedGivesOneNetwork() {
    for (int seed = 0; seed < 50; seed++) {
      NetSpec net = NetFuzzer.net(seed);
      assertThat(NetFuzzer.net(seed)).hasToString(net.toString());
      Model model = net.build();
      assertThat(net.build().inference()).hasToString(model.inference().toString());
      for (String name : model.parameters().names()) {
        assertThat(net.build().parameters().get(name)).isEqualTo(model.parameters().get(name));
      }
    }
  }

  @Test
  void allLengthsAndKindsOfLayersOccur() {
    List<NetSpec> nets = IntStream.range(0, 400).mapToObj(NetFuzzer::net).toList();
    Set<String> kinds = nets.stream().flatMap(n -> n.layers().stream())
        .map(l -> l.text().split(" ", 2)[0]).collect(Collectors.toSet());
    assertThat(kinds).contains("dense", "conv", "depthwise", "transposed", "separable", "batch", "folded", "softmax",
        "LSTM", "GRU", "quantize", "sigmoid", "tanh", "silu",
        "relu", "ADD", "MULTIPLY", "CONCAT", "max", "average", "global", "flatten", "permute", "upsample");
    assertThat(nets.stream().map(n -> n.layers().size()).collect(Collectors.toSet())).contains(1, 2, 3, 4, 5, 6);
  }

  @Test
  void smallerNetworksHaveSomethingLess() {
    NetSpec net = NetFuzzer.net(3);
    assertThat(net.smaller()).isNotEmpty().allSatisfy(s -> assertThat(s.toString()).isNotEqualTo(net.toString()));
  }
}
