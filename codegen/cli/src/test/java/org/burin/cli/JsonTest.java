package org.burin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void everyKindOfValueHasItsForm() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "a \"quoted\" \\ line\nand \u0001");
    map.put("whole", 3L);
    map.put("decimal", 0.1);
    map.put("infinite", Double.POSITIVE_INFINITY);
    map.put("truth", true);
    map.put("list", List.of(1, List.of(), Map.of()));
    assertThat(Json.text(map)).isEqualTo("{\"text\": \"a \\\"quoted\\\" \\\\ line\\nand \\u0001\", \"whole\": 3, "
        + "\"decimal\": 0.1, \"infinite\": null, \"truth\": true, \"list\": [1, [], {}]}");
  }
}
