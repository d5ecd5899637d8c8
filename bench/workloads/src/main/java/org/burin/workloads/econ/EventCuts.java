package org.burin.workloads.econ;

/// Limits on the modules to keep. All of them are inclusive.
///
/// @param leastOccupancy the fewest cells above one minimum ionizing particle (35 counts)
/// @param mostOccupancy the most
/// @param leastTotal the least sum of charges, in counts
/// @param mostTotal the largest
public record EventCuts(int leastOccupancy, int mostOccupancy, double leastTotal, double mostTotal) {
  /// No limits.
  public static final EventCuts NONE = new EventCuts(0, Hgcal.CELLS, 0, Double.POSITIVE_INFINITY);

  /// Checks that something can lie within.
  public EventCuts {
    if (!(leastOccupancy <= mostOccupancy && leastTotal <= mostTotal)) {
      throw new IllegalArgumentException("the limits are an occupancy of " + leastOccupancy + " to " + mostOccupancy
          + " and a sum of " + leastTotal + " to " + mostTotal + "; expected the lower one first");
    }
  }

  /// These limits, with others on the occupancy.
  public EventCuts withOccupancy(int least, int most) {
    return new EventCuts(least, most, leastTotal, mostTotal);
  }

  /// These limits, with others on the sum of charges.
  public EventCuts withTotal(double least, double most) {
    return new EventCuts(leastOccupancy, mostOccupancy, least, most);
  }

  boolean keeps(Events events, int module) {
    int occupancy = events.occupancy(module, Hgcal.MIP);
    double total = events.total(module);
    return occupancy >= leastOccupancy && occupancy <= mostOccupancy && total >= leastTotal && total <= mostTotal;
  }
}
