package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.burin.workloads.econ.concentrator.BestChoice;
import org.burin.workloads.econ.concentrator.Concentrator;
import org.burin.workloads.econ.concentrator.SuperTriggerCells;
import org.burin.workloads.econ.concentrator.SuperTriggerCells.Placement;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  @Test
  void aModuleThatIsKeptHasNoDistance() {
    Events events = new EventGenerator(1).events(0, 20);
    Evaluation same = Evaluation.of("same", 336, events, events.charges(), 1);
    Map<String, Double> numbers = same.numbers();
    assertThat(numbers.get("emd_median")).isZero();
    assertThat(numbers.get("mean_shift")).isZero();
    assertThat(numbers.get("rms_change")).isZero();
    assertThat(numbers.get("correlation")).isCloseTo(1, within(1e-12));
    assertThat(numbers.get("sum_ratio")).isEqualTo(1);
    assertThat(numbers.get("bits")).isEqualTo(336);
    assertThat(same.byOccupancy().stream().mapToInt(Evaluation.Bin::modules).sum()).isEqualTo(20);
  }

  @Test
  void allChargeMovedToANeighbourIsTwoSmallCellsAway() {
    float[] charges = new float[48];
    float[] moved = new float[48];
    charges[5] = 100;
    moved[6] = 50;
    Evaluation e = Evaluation.of("moved", 1, new Events(charges), moved, 1);
    assertThat(e.emd()[0]).isCloseTo(2, within(1e-6));
    assertThat(e.numbers().get("mean_shift")).isCloseTo(2, within(1e-6));
    assertThat(e.numbers().get("sum_ratio")).isEqualTo(0.5);
    assertThat(e.numbers().get("sum_error")).isEqualTo(0.5);
    assertThat(e.numbers().get("correlation")).isNegative();
  }

  @Test
  void theRmsHasSquaredWeights() {
    float[] charges = new float[48];
    float[] moved = new float[48];
    charges[0] = 1;
    charges[2] = 3;
    moved[0] = 4;
    // The mean lies a quarter of the way from cell 2 to cell 0, four small cells apart along y.
    double expected = Math.sqrt((1 / 16.0 * 9 + 9 / 16.0) / (3.611322343 * 3.611322343));
    assertThat(Evaluation.of("moved", 1, new Events(charges), moved, 1).numbers().get("rms_change"))
        .isCloseTo(expected, within(1e-6));
  }

  @Test
  void emptyAndLostModulesAreMarked() {
    float[] charges = new float[3 * 48];
    float[] restored = new float[3 * 48];
    charges[48] = 7;
    charges[96] = 7;
    restored[96] = 7;
    Evaluation e = Evaluation.of("some", 1, new Events(charges), restored, 1);
    assertThat(e.emd()).containsExactly(Evaluation.EMPTY, Evaluation.LOST, 0);
    assertThat(e.emdMean()).isZero();
    assertThat(e.numbers().get("lost")).isCloseTo(1 / 3.0, within(1e-12));
    assertThatThrownBy(() -> Evaluation.of("some", 1, new Events(charges), new float[48], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 144 charges and 48 restored ones; expected as many");
  }

  @Test
  void classicalAlgorithmsOnRealModules() {
    // Medians over the first 2,000 modules of the sample, computed with another solver, and perhaps with another choice
    // among cells of the same charge.
    Events events = EventsCsv.read(RealData.file("econ/calq_5000.csv")).range(0, 2000);
    Map<Concentrator, Double> medians = Map.of(
        new SuperTriggerCells(2, Placement.UNIFORM), 1.107,
        new SuperTriggerCells(2, Placement.LARGEST), 0.673,
        new BestChoice(4), 2.186,
        new BestChoice(6), 1.497,
        new BestChoice(9), 0.886,
        new BestChoice(14), 0.211);
    medians.forEach((algorithm, median) -> assertThat(
        Evaluation.of(algorithm.name(), algorithm.meanBits(events), events, algorithm.restored(events), 2)
            .emdQuantile(0.5)).as(algorithm.name()).isCloseTo(median, within(0.015)));
  }
}
