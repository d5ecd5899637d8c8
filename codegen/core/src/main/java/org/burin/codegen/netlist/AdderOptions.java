package org.burin.codegen.netlist;

/// How hard adders are looked for.
///
/// @param extraDepth how many adders more than the fewest possible may lie between an input and an output; negative for
///     any number
/// @param rounds solutions that are tried beyond the first one; the same number gives the same graph on every machine
/// @param seed of the tries
public record AdderOptions(int extraDepth, int rounds, long seed) {
  /// One solution, of any depth.
  public static final AdderOptions FAST = new AdderOptions(-1, 0, 1);

  /// So many tries more.
  public static AdderOptions search(int rounds) {
    return new AdderOptions(-1, rounds, 1);
  }
}
