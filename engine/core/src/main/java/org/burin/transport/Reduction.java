package org.burin.transport;

import java.util.Arrays;
import org.burin.transport.Formulation.Balanced;
import org.burin.transport.Formulation.EnergyMover;
import org.burin.transport.Formulation.Normalized;
import org.burin.transport.Formulation.Partial;

/// Makes of two lists of masses a balanced transport problem in whole numbers, solves it, and translates back.
///
/// Mass without counterpart goes to or comes from a dummy site, which all sites reach at the same cost; which cost does
/// not matter, since the mass that goes there is fixed, so it is 0.
final class Reduction {
  /// What has to be moved, as a whole number.
  private static final double UNITS = 0x1p60;

  private final GroundCost ground;
  private final Formulation formulation;
  private final NetworkSimplex simplex;
  private final int sites;
  private final int otherSites;

  /// Masses as they enter the problem, those given or their shares times a power of two.
  private final double[] a;
  private final double[] b;
  private double sourceSum;
  private double targetSum;
  /// What to multiply masses of `a` and `b` with to have those of the result.
  private double back;

  /// The sites to solve for; a dummy has the number of sites and comes last.
  private final int[] rows;
  private final int[] columns;
  private int rowCount;
  private int columnCount;
  private final long[] supply;
  private final long[] demand;
  private boolean dummySource;
  private boolean dummyTarget;
  /// Mass of `a` and `b` that stays where it is.
  private double kept;
  /// Mass of `a` and `b` that [#UNITS] stand for.
  private double amount;
  private double moving;
  private double distance;
  private double price;

  Reduction(GroundCost ground, Formulation formulation) {
    this.ground = ground;
    this.formulation = formulation;
    sites = ground.sources();
    otherSites = ground.targets();
    a = new double[sites];
    b = new double[otherSites];
    rows = new int[sites + 1];
    columns = new int[otherSites + 1];
    supply = new long[sites + 1];
    demand = new long[otherSites + 1];
    // After cancellation a site of a metric is on one side only.
    int nodes = ground.isMetric() ? sites + 2 : sites + otherSites + 2;
    int arcs = ground.isMetric()
        ? Math.multiplyExact(sites / 2 + 1, sites - sites / 2 + 1)
        : Math.multiplyExact(sites + 1, otherSites + 1);
    simplex = new NetworkSimplex(nodes, arcs);
  }

  /// Solves for these masses and returns the distance.
  double solve(double[] x, double[] y) {
    sourceSum = Masses.sum(x, sites, "source");
    targetSum = Masses.sum(y, otherSites, "target");
    scale(x, y);
    cancel();
    quantize();
    double cost = 0;
    if (rowCount > 0 && columnCount > 0) {
      fill();
      simplex.solve(ground.largest());
      cost = simplex.total() / UNITS * amount * back;
    }
    moving = cost;
    distance = formulation instanceof EnergyMover(double radius)
        ? cost + radius * Math.abs(sourceSum - targetSum)
        : cost;
    return distance;
  }

  // ---- masses -----------------------------------------------------------------------------------------------------

  private void scale(double[] x, double[] y) {
    double byX = 1;
    double byY = 1;
    back = 1;
    switch (formulation) {
      case Normalized() -> {
        Masses.requireSome(sourceSum, "source");
        Masses.requireSome(targetSum, "target");
        for (int i = 0; i < sites; i++) {
          a[i] = x[i] / sourceSum;
        }
        for (int j = 0; j < otherSites; j++) {
          b[j] = y[j] / targetSum;
        }
        return;
      }
      case Balanced() -> {
        Masses.requireEqual(sourceSum, targetSum);
        byX = towardsOne(sourceSum);
        byY = sourceSum == targetSum ? byX : byX * (sourceSum / targetSum);
        back = 1 / byX;
      }
      case Partial(double mass) -> {
        double smaller = Math.min(sourceSum, targetSum);
        if (mass > smaller) {
          throw new IllegalArgumentException("mass " + mass + " is to be moved, but the source masses have the sum "
              + sourceSum + " and the target masses " + targetSum);
        }
        byX = towardsOne(Math.max(sourceSum, targetSum));
        byY = byX;
        back = 1 / byX;
      }
      case EnergyMover _ -> {
        byX = towardsOne(Math.max(sourceSum, targetSum));
        byY = byX;
        back = 1 / byX;
      }
    }
    for (int i = 0; i < sites; i++) {
      a[i] = x[i] * byX;
    }
    for (int j = 0; j < otherSites; j++) {
      b[j] = y[j] * byY;
    }
  }

  /// The power of two that brings a number near 1.
  private static double towardsOne(double x) {
    return Math.scalb(1.0, -Math.getExponent(x));
  }

  /// Leaves mass where it is if that costs nothing, and lists the sites that still have some.
  private void cancel() {
    rowCount = 0;
    columnCount = 0;
    kept = 0;
    if (ground.isMetric()) {
      for (int i = 0; i < sites; i++) {
        double more = a[i] - b[i];
        kept += Math.min(a[i], b[i]);
        if (more > 0) {
          rows[rowCount++] = i;
        } else if (more < 0) {
          columns[columnCount++] = i;
        }
      }
    } else {
      for (int i = 0; i < sites; i++) {
        if (a[i] > 0) {
          rows[rowCount++] = i;
        }
      }
      for (int j = 0; j < otherSites; j++) {
        if (b[j] > 0) {
          columns[columnCount++] = j;
        }
      }
    }
  }

  private double left(int i) {
    return ground.isMetric() ? a[i] - b[i] : a[i];
  }

  private double lacking(int j) {
    return ground.isMetric() ? b[j] - a[j] : b[j];
  }

  // ---- whole numbers ----------------------------------------------------------------------------------------------

  private void quantize() {
    double left = 0;
    for (int r = 0; r < rowCount; r++) {
      left += left(rows[r]);
    }
    double lacking = 0;
    for (int c = 0; c < columnCount; c++) {
      lacking += lacking(columns[c]);
    }
    boolean balanced = formulation instanceof Normalized || formulation instanceof Balanced;
    double larger = Math.max(left, lacking);
    amount = balanced ? left : larger;
    long supplied = count(rows, rowCount, supply, true, amount);
    long demanded = count(columns, columnCount, demand, false, balanced ? lacking : larger);
    dummySource = false;
    dummyTarget = false;
    if (balanced) {
      level(supplied, demanded);
    } else if (formulation instanceof Partial(double mass)) {
      long toMove = Math.min(Math.min(supplied, demanded), (long) Math.rint(Math.max(0, mass / back - kept) / amount * UNITS));
      if (toMove <= 0) {
        rowCount = 0;
        columnCount = 0;
      } else {
        addDummies(demanded - toMove, supplied - toMove);
      }
    } else {
      addDummies(Math.max(0, demanded - supplied), Math.max(0, supplied - demanded));
    }
    if (rowCount == 0 || columnCount == 0) {
      rowCount = 0;
      columnCount = 0;
    }
  }

  /// Rounds to whole numbers and drops sites that have less than half of one.
  private long count(int[] at, int length, long[] whole, boolean source, double all) {
    double nearOne = towardsOne(all);
    double perUnit = UNITS / (all * nearOne);
    long sum = 0;
    int listed = 0;
    for (int k = 0; k < length; k++) {
      int site = at[k];
      long n = (long) ((source ? left(site) : lacking(site)) * nearOne * perUnit + 0.5);
      if (n > 0) {
        at[listed] = site;
        whole[listed++] = n;
        sum += n;
      }
    }
    if (source) {
      rowCount = listed;
    } else {
      columnCount = listed;
    }
    return sum;
  }

  /// Makes the sums equal, which rounding has left apart by a few units, at the largest demand.
  private void level(long supplied, long demanded) {
    if (rowCount == 0 || columnCount == 0) {
      return;
    }
    int largest = 0;
    for (int c = 1; c < columnCount; c++) {
      if (demand[c] > demand[largest]) {
        largest = c;
      }
    }
    demand[largest] += supplied - demanded;
  }

  private void addDummies(long fromDummy, long toDummy) {
    if (fromDummy > 0) {
      dummySource = true;
      rows[rowCount] = sites;
      supply[rowCount++] = fromDummy;
    }
    if (toDummy > 0) {
      dummyTarget = true;
      columns[columnCount] = otherSites;
      demand[columnCount++] = toDummy;
    }
  }

  /// Hands masses and costs to the solver.
  private void fill() {
    simplex.reset(rowCount, columnCount);
    System.arraycopy(supply, 0, simplex.mass, 0, rowCount);
    System.arraycopy(demand, 0, simplex.mass, rowCount, columnCount);
    double[] from = ground.raw();
    double[] to = simplex.cost;
    byte[] ranks = ground.ranks();
    byte[] rank = simplex.rank;
    for (int r = 0; r < rowCount; r++) {
      int base = rows[r] * otherSites;
      int at = r * columnCount;
      if (rows[r] == sites) {
        Arrays.fill(to, at, at + columnCount, 0);
        Arrays.fill(rank, at, at + columnCount, (byte) -1);
        if (dummyTarget) {
          // Any positive cost keeps mass from going from dummy to dummy.
          to[at + columnCount - 1] = ground.largest() > 0 ? ground.largest() : 1;
        }
        continue;
      }
      int real = dummyTarget ? columnCount - 1 : columnCount;
      for (int c = 0; c < real; c++) {
        to[at + c] = from[base + columns[c]];
        rank[at + c] = ranks[base + columns[c]];
      }
      if (dummyTarget) {
        to[at + real] = 0;
        rank[at + real] = -1;
      }
    }
  }

  // ---- results ----------------------------------------------------------------------------------------------------

  double distance() {
    return distance;
  }

  /// Partial transport: the derivative of the distance by the mass that is moved; else 0. Known after [#potentials].
  double price() {
    return price;
  }

  double sourceSum() {
    return sourceSum;
  }

  double targetSum() {
    return targetSum;
  }

  /// What the source has at a site as the formulation sees it: normalized where it says so.
  double source(int site) {
    return a[site] * back;
  }

  /// What the target has at a site as the formulation sees it.
  double target(int site) {
    return b[site] * back;
  }

  /// Receives what flows.
  interface Flows {
    void flow(int source, int target, double mass);
  }

  /// Lists everything that moves or stays, but for what goes to or comes from a dummy.
  void flows(Flows to) {
    if (ground.isMetric()) {
      double rest = formulation instanceof Partial(double mass) ? mass / back : Double.POSITIVE_INFINITY;
      for (int i = 0; i < sites && rest > 0; i++) {
        double stays = Math.min(rest, Math.min(a[i], b[i]));
        if (stays > 0) {
          to.flow(i, i, stays * back);
          rest -= stays;
        }
      }
    }
    for (int node = 0; node < rowCount + columnCount; node++) {
      int other = simplex.flow(node) > 0 && rowCount > 0 ? simplex.parent(node) : -1;
      if (other >= 0) {
        int source = rows[Math.min(node, other)];
        int target = columns[Math.max(node, other) - rowCount];
        if (source < sites && target < otherSites) {
          to.flow(source, target, simplex.flow(node) / UNITS * amount * back);
        }
      }
    }
  }

  /// Writes the dual potentials of all sites, and remembers the price.
  void potentials(double[] u, double[] v) {
    price = 0;
    if (rowCount == 0 || (ground.isMetric() && moving == 0 && formulation instanceof Partial)) {
      rest(u, v);
      return;
    }
    double[] p = simplex.potential;
    double atDummySource = dummySource ? p[rowCount - 1] : 0;
    double atDummyTarget = dummyTarget ? -p[rowCount + columnCount - 1] : 0;
    if (ground.isMetric() && dummySource && !dummyTarget) {
      towardsTargets(v, p);
      mirror(v, u);
    } else {
      towardsSources(u, p);
      if (ground.isMetric()) {
        mirror(u, v);
      } else {
        fromSources(u, v, p, atDummySource);
      }
    }
    switch (formulation) {
      case Normalized _, Balanced _ -> middle(u, v);
      case EnergyMover(double radius) -> {
        if (dummyTarget) {
          shift(u, v, atDummyTarget + radius);
        } else if (dummySource) {
          shift(u, v, -atDummySource - radius);
        } else {
          middle(u, v);
        }
      }
      case Partial _ -> {
        // Where a side moves all that it has, its potentials have an upper bound only.
        double byU = dummyTarget ? atDummyTarget : -most(u);
        double byV = dummySource ? atDummySource : -most(v);
        price = -(byU + byV);
        add(u, byU);
        add(v, byV);
      }
    }
  }

  /// Potentials where nothing moves.
  private void rest(double[] u, double[] v) {
    Arrays.fill(u, 0);
    Arrays.fill(v, 0);
    if (ground.isMetric()) {
      if (formulation instanceof EnergyMover(double radius)) {
        shift(u, v, radius * Math.signum(sourceSum - targetSum));
      }
      return;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < otherSites; j++) {
      double c = Double.POSITIVE_INFINITY;
      for (int i = 0; i < sites; i++) {
        c = Math.min(c, ground.cost(i, j));
      }
      v[j] = c;
      least = Math.min(least, c);
    }
    if (formulation instanceof Partial) {
      Arrays.fill(v, 0);
      price = least;
    }
  }

  /// The potential of every source: the most that the targets solved for allow.
  private void towardsSources(double[] u, double[] p) {
    int real = dummyTarget ? columnCount - 1 : columnCount;
    for (int i = 0; i < sites; i++) {
      double most = dummyTarget ? p[rowCount + real] : Double.POSITIVE_INFINITY;
      for (int c = 0; c < real; c++) {
        most = Math.min(most, ground.cost(i, columns[c]) + p[rowCount + c]);
      }
      u[i] = most;
    }
  }

  /// The potential of every target: the most that the sources solved for allow.
  private void towardsTargets(double[] v, double[] p) {
    int real = rowCount - 1;
    for (int j = 0; j < otherSites; j++) {
      double most = -p[real];
      for (int r = 0; r < real; r++) {
        most = Math.min(most, ground.cost(rows[r], j) - p[r]);
      }
      v[j] = most;
    }
  }

  /// The potential of every target: that of the solution, or the most that all sources allow.
  private void fromSources(double[] u, double[] v, double[] p, double atDummySource) {
    for (int j = 0; j < otherSites; j++) {
      double most = dummySource ? -atDummySource : Double.POSITIVE_INFINITY;
      for (int i = 0; i < sites; i++) {
        most = Math.min(most, ground.cost(i, j) - u[i]);
      }
      v[j] = most;
    }
    int real = dummyTarget ? columnCount - 1 : columnCount;
    for (int c = 0; c < real; c++) {
      v[columns[c]] = -p[rowCount + c];
    }
  }

  private static void mirror(double[] from, double[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = -from[i];
    }
  }

  /// Shifts potentials so that their largest values are the same on both sides.
  private static void middle(double[] u, double[] v) {
    shift(u, v, (most(v) - most(u)) / 2);
  }

  private static double most(double[] potentials) {
    double most = Double.NEGATIVE_INFINITY;
    for (double p : potentials) {
      most = Math.max(most, p);
    }
    return most;
  }

  private static void shift(double[] u, double[] v, double by) {
    add(u, by);
    add(v, -by);
  }

  private static void add(double[] x, double by) {
    for (int i = 0; i < x.length; i++) {
      x[i] += by;
    }
  }
}
