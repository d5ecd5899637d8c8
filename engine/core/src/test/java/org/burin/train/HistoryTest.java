package org.burin.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.train.History.End;
import org.burin.train.History.Epoch;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final History HISTORY = new History(
      List.of(new Epoch(1, values(0.5, Double.NaN)), new Epoch(2, values(0.25, 0.1))), End.COMPLETED, 2);

  private static Map<String, Double> values(double loss, double auc) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("loss", loss);
    values.put("val_auc", auc);
    return values;
  }

  @Test
  void json() {
    assertThat(HISTORY.toJson()).isEqualTo("""
        {
          "epoch": [1, 2],
          "loss": [0.5, 0.25],
          "val_auc": [null, 0.1],
          "end": "completed",
          "best_epoch": 2
        }
        """);
  }

  @Test
  void csv() {
    assertThat(HISTORY.toCsv()).isEqualTo("""
        epoch,loss,val_auc
        1,0.5,NaN
        2,0.25,0.1
        """);
  }

  @Test
  void emptyBeforeTheFirstEpoch() {
    History none = new History(List.of(), End.RUNNING, 0);
    assertThat(none.last()).isEmpty();
    assertThat(none.toCsv()).isEqualTo("epoch\n");
  }

  @Test
  void valuesByName() {
    assertThat(HISTORY.values("loss")).containsExactly(0.5, 0.25);
    assertThat(HISTORY.values("nothing")).containsExactly(Double.NaN, Double.NaN);
  }
}
