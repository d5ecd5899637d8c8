package org.burin.workloads.econ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrangementTest {
  @Test
  void thePublishedRemaps() {
    assertThat(Arrangement.SQUARE_8X8.positions()).containsExactly(
        4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31,
        24, 25, 26, 27, 16, 17, 18, 19, 8, 9, 10, 11, 0, 1, 2, 3,
        59, 51, 43, 35, 58, 50, 42, 34, 57, 49, 41, 33, 56, 48, 40, 32);
    assertThat(Arrangement.PADDED_3X6X6.positions()).containsExactly(
        25, 26, 27, 28, 19, 20, 21, 22, 13, 14, 15, 16, 7, 8, 9, 10,
        61, 62, 63, 64, 55, 56, 57, 58, 49, 50, 51, 52, 43, 44, 45, 46,
        97, 98, 99, 100, 91, 92, 93, 94, 85, 86, 87, 88, 79, 80, 81, 82);
    assertThat(Arrangement.SECTORS_4X4X3.positions())
        .containsExactly(IntStream.range(0, 48).map(c -> c % 16 * 3 + c / 16).toArray());
  }

  @Test
  void theEdgesOfPaddedImagesAreNeighbours() {
    int[] cells = Arrangement.PADDED_3X6X6.cells();
    int[] mask = Arrangement.PADDED_3X6X6.mask();
    int[] own = Arrangement.PADDED_3X6X6.ownMask();
    assertThat(Arrays.stream(mask).sum()).isEqualTo(72);
    for (int p = 0; p < cells.length; p++) {
      if (mask[p] == 1 && own[p] == 0) {
        int inner = p % 6 == 5 ? p - 1 : p - 6;
        assertThat(own[inner]).isEqualTo(1);
        assertThat(Hgcal.distance(cells[p], cells[inner])).as("pixel %d", p).isCloseTo(1.803, within(1e-3));
      }
    }
  }

  @Test
  void channelsAreTheImagesOneAfterTheOther() {
    int[] images = Arrangement.PADDED_3X6X6.cells();
    int[] channels = Arrangement.PADDED_6X6X3.cells();
    for (int i = 0; i < 108; i++) {
      assertThat(channels[i % 36 * 3 + i / 36]).isEqualTo(images[i]);
    }
  }

  @Test
  void neighboursOnTheSquareAreNeighboursOnTheModule() {
    int[] cells = Arrangement.SQUARE_8X8.cells();
    int near = 0;
    int seam = 0;
    for (int p = 0; p < 64; p++) {
      for (int q : new int[] {p % 8 < 7 ? p + 1 : p, p < 56 ? p + 8 : p}) {
        if (q != p && cells[p] != Arrangement.NONE && cells[q] != Arrangement.NONE) {
          double distance = Hgcal.distance(cells[p], cells[q]);
          near += Math.abs(distance - 2) < 1e-4 ? 1 : 0;
          seam += Math.abs(distance - 1.803) < 1e-3 ? 1 : 0;
        }
      }
    }
    assertThat(near).isEqualTo(72);
    assertThat(seam).isEqualTo(8);
  }

  static List<Arrangement> arrangements() {
    return List.of(Arrangement.SQUARE_8X8, Arrangement.SECTORS_4X4X3, Arrangement.PADDED_3X6X6, Arrangement.PADDED_6X6X3);
  }

  @ParameterizedTest
  @MethodSource("arrangements")
  void whatIsWrittenIsRead(Arrangement arrangement) {
    float[] charges = new float[2 * 48];
    for (int i = 0; i < charges.length; i++) {
      charges[i] = i + 1;
    }
    assertThat(arrangement.shape().size()).isEqualTo(arrangement.pixels());
    assertThat(Arrays.stream(arrangement.ownMask()).sum()).isEqualTo(48);
    float[] image = new float[arrangement.pixels() + 3];
    arrangement.write(charges, 48, image, 3);
    for (int p = 0; p < arrangement.pixels(); p++) {
      assertThat(image[3 + p] != 0).isEqualTo(arrangement.mask()[p] == 1);
    }
    float[] read = new float[96];
    arrangement.read(image, 3, read, 48);
    assertThat(Arrays.copyOfRange(read, 48, 96)).isEqualTo(Arrays.copyOfRange(charges, 48, 96));
    assertThat(read[47]).isZero();
  }
}
