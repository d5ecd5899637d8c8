package org.burin.workloads.econ.concentrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.burin.workloads.econ.Events;
import org.burin.workloads.econ.concentrator.SuperTriggerCells.Placement;
import org.junit.jupiter.api.Test;

class ConcentratorTest {
  private final float[] charges = new float[48];

  @Test
  void bestChoiceKeepsTheLargest() {
    charges[3] = 100;
    charges[17] = 300;
    charges[40] = 100;
    charges[41] = 200;
    float[] restored = new BestChoice(3).restored(new Events(charges));
    assertThat(restored[17]).isEqualTo(304);
    assertThat(restored[41]).isEqualTo(200);
    assertThat(restored[3]).isEqualTo(100);
    assertThat(restored[40]).isZero();
    assertThat(new BestChoice(4).bits(charges, 0)).isEqualTo(52);
    assertThat(new BestChoice(14).bits(charges, 0)).isEqualTo(14 * 7 + 48);
    assertThatThrownBy(() -> new BestChoice(49)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("best choice of 49 cells; expected 1 to 48");
  }

  @Test
  void superTriggerCellsKeepSums() {
    charges[0] = 40;
    charges[5] = 60;
    charges[47] = 8;
    Events events = new Events(charges);
    float[] largest = new SuperTriggerCells(2, Placement.LARGEST).restored(events);
    assertThat(largest[5]).isEqualTo(102); // the middle of 100 to 103
    assertThat(largest[0]).isZero();
    assertThat(largest[47]).isEqualTo(8);
    float[] uniform = new SuperTriggerCells(2, Placement.UNIFORM).restored(events);
    assertThat(uniform[0]).isEqualTo(uniform[1]).isEqualTo(uniform[4]).isEqualTo(25.5f);
    float[] sector = new SuperTriggerCells(4, Placement.UNIFORM).restored(events);
    assertThat(sector[15]).isEqualTo(102 / 16f);
    assertThat(sector[16]).isZero();
    assertThat(sector[32]).isEqualTo(0.5f);
    assertThat(new SuperTriggerCells(2, Placement.LARGEST).bits(charges, 0)).isEqualTo(12 * 11);
    assertThat(new SuperTriggerCells(4, Placement.LARGEST).bits(charges, 0)).isEqualTo(3 * 13);
    assertThat(new SuperTriggerCells(4, Placement.UNIFORM).bits(charges, 0)).isEqualTo(27);
    assertThatThrownBy(() -> new SuperTriggerCells(3, Placement.UNIFORM)).isInstanceOf(IllegalArgumentException.class)
        .hasMessage("super trigger cells of 3x3 cells; expected 2x2 or 4x4");
  }

  @Test
  void thresholdSumKeepsWhatIsNotBelow() {
    charges[1] = 46;
    charges[2] = 47;
    charges[3] = 1000;
    float[] restored = new ThresholdSum(47).restored(new Events(charges));
    assertThat(restored[1]).isZero();
    assertThat(restored[2]).isEqualTo(46);
    assertThat(restored[3]).isEqualTo(992);
    assertThat(new ThresholdSum(47).meanBits(new Events(charges))).isEqualTo(48 + 14);
  }

  @Test
  void allHaveNamesOfTheirOwn() {
    assertThat(Concentrator.all().stream().map(Concentrator::name)).doesNotHaveDuplicates().contains("best choice 9",
        "super trigger cells 2x2, largest", "threshold sum");
  }
}
