package org.burin.workloads.econ;

import java.util.Arrays;
import java.util.Objects;
import org.burin.tensor.CounterRandom;

/// Makes modules that resemble simulated ones of the detector.
///
/// A module has a random activity (gamma distributed), and a Poisson number of hits with this mean. A hit has a Pareto
/// distributed energy and deposits it in twelve equal spots around its place; a spot goes to the nearest trigger cell, or
/// is lost between the cells. With [Settings#showers], a part of the modules has an electron's shower besides: many more
/// spots around one place, which may lie outside of the module. Every cell gets Gaussian noise, is suppressed below
/// the threshold, and goes through the 7-bit code of the front end. Modules without any charge are drawn again.
///
/// The numbers of [Settings#PILEUP] were fitted to 10,000 simulated modules; [EventStatistics] says how near they come.
///
/// Module i depends on the seed, the settings and i only, and is the same on every machine. Immutable and thread-safe.
public final class EventGenerator {
  private static final int STREAM = 0x68676361;
  private static final int SPOTS = 12;
  private static final double LARGEST_HIT = 4000;

  /// The square of the distance, in small cells, up to which a spot belongs to a cell.
  private static final double REACH = 1.6;

  private static final int SHOWER_SPOTS = 240;

  /// The mean radius of an electron's shower in the ninth layer, in small cells; a parametrisation of fastml-science's
  /// notebooks, `(8.93 + 0.046 k + 0.081 k^2) * 2.8 cm / ln 10 / 28` with k = 9.
  private static final double SHOWER_RADIUS = 0.6907 / Hgcal.SMALL_CELL;

  /// How far outside of the outermost centres a shower may be, in small cells.
  private static final double MARGIN = 2;

  private final long seed;
  private final Settings settings;

  /// What modules are like.
  ///
  /// @param activity the mean number of hits of a module, positive
  /// @param activityShape the shape of its gamma distribution, at least 1; large numbers mean little spread
  /// @param leastHit the least energy of a hit, in counts
  /// @param hitExponent the exponent of the Pareto distribution of the energies
  /// @param spotRadius the mean distance of spots from their hit, in small cells
  /// @param noise the standard deviation of a cell's noise, in counts
  /// @param threshold cells of less are suppressed, in counts
  /// @param showers the part of the modules that have a shower, from 0 to 1
  /// @param codec what the charges are brought through
  public record Settings(double activity, double activityShape, double leastHit, double hitExponent, double spotRadius,
      double noise, double threshold, double showers, FloatCodec codec) {
    /// Modules as in the public sample of concentrator input words: about 15 of 48 cells have a charge.
    public static final Settings PILEUP = new Settings(
        14.06, 31.4, 117, 2.228, 0.661 / Hgcal.SMALL_CELL, 6.64, 57.7, 0, FloatCodec.CHARGE_LOW_DENSITY);

    /// Modules near the beam, with twice to three times as many charged cells, one in five with a shower.
    public static final Settings DENSE = PILEUP.withActivity(60, 8).withShowers(0.2);

    /// Checks the ranges.
    public Settings {
      if (!(activity > 0 && activity <= 500 && activityShape >= 1 && showers >= 0 && showers <= 1)) {
        throw new IllegalArgumentException("the settings are an activity of " + activity + " with shape " + activityShape
            + " and showers in a part of " + showers + " of the modules; expected an activity in (0, 500], a shape of at"
            + " least 1 and a part from 0 to 1");
      }
    }

    /// These settings with another number of hits.
    public Settings withActivity(double mean, double shape) {
      return new Settings(mean, shape, leastHit, hitExponent, spotRadius, noise, threshold, showers, codec);
    }

    /// These settings with showers in a part of the modules.
    public Settings withShowers(double part) {
      return new Settings(
          activity, activityShape, leastHit, hitExponent, spotRadius, noise, threshold, part, codec);
    }
  }

  /// The modules of one seed, as [Settings#PILEUP] says.
  public EventGenerator(long seed) {
    this(seed, Settings.PILEUP);
  }

  /// The modules of one seed.
  public EventGenerator(long seed, Settings settings) {
    this.seed = seed;
    this.settings = settings;
  }

  /// The modules `first` to `first + count - 1`.
  ///
  /// @throws IndexOutOfBoundsException when `first` or `count` is negative
  public Events events(long first, int count) {
    Objects.checkFromIndexSize(first, count, Long.MAX_VALUE);
    float[] charges = new float[Math.multiplyExact(count, Hgcal.CELLS)];
    double[] cells = new double[Hgcal.CELLS];
    for (int i = 0; i < count; i++) {
      Draw draw = new Draw(CounterRandom.base(seed, first + i, STREAM));
      boolean charged = false;
      while (!charged) {
        deposit(draw, cells);
        charged = readOut(draw, cells, charges, i * Hgcal.CELLS);
      }
    }
    return new Events(charges);
  }

  private void deposit(Draw draw, double[] cells) {
    Arrays.fill(cells, 0);
    int hits = Math.max(1, draw.poisson(draw.gamma(settings.activityShape, settings.activity)));
    for (int h = 0; h < hits; h++) {
      double energy = settings.leastHit * StrictMath.pow(draw.uniform(), -1 / settings.hitExponent);
      int cell = draw.below(Hgcal.CELLS);
      double x = Hgcal.x(cell) + draw.uniform(-1, 1);
      double y = Hgcal.y(cell) + draw.uniform(-1, 1);
      spots(draw, Math.min(energy, LARGEST_HIT), x, y, SPOTS, settings.spotRadius, cells);
    }
    if (settings.showers > 0 && draw.uniform() < settings.showers) {
      // From 1,000 to 32,000 counts, evenly in the logarithm.
      double energy = 1000 * StrictMath.pow(2, draw.uniform(0, 5));
      int cell = draw.below(Hgcal.CELLS);
      double x = Hgcal.x(cell) + draw.uniform(-MARGIN, MARGIN);
      double y = Hgcal.y(cell) + draw.uniform(-MARGIN, MARGIN);
      spots(draw, energy, x, y, SHOWER_SPOTS, SHOWER_RADIUS, cells);
    }
  }

  private static void spots(Draw draw, double energy, double x, double y, int count, double radius, double[] cells) {
    for (int s = 0; s < count; s++) {
      double r = draw.exponential(radius);
      double phi = draw.uniform(0, 2 * Math.PI);
      int cell = nearest(x + r * StrictMath.cos(phi), y + r * StrictMath.sin(phi));
      if (cell >= 0) {
        cells[cell] += energy / count;
      }
    }
  }

  /// The cell whose centre is nearest, or -1 if none is within reach.
  private static int nearest(double x, double y) {
    int best = -1;
    double least = REACH;
    for (int c = 0; c < Hgcal.CELLS; c++) {
      double dx = x - Hgcal.x(c);
      double dy = y - Hgcal.y(c);
      double d = dx * dx + dy * dy;
      if (d < least) {
        least = d;
        best = c;
      }
    }
    return best;
  }

  /// @return whether a cell has a charge
  private boolean readOut(Draw draw, double[] cells, float[] charges, int at) {
    boolean charged = false;
    for (int c = 0; c < Hgcal.CELLS; c++) {
      double charge = cells[c] + settings.noise * draw.normal();
      boolean kept = charge >= settings.threshold;
      charges[at + c] = kept ? settings.codec.decode(settings.codec.encode((long) charge)) : 0;
      charged |= kept;
    }
    return charged;
  }
}
