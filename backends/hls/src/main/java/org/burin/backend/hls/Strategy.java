package org.burin.backend.hls;

/// How the products of a layer become hardware.
public enum Strategy {
  /// a multiplier for every product, all at once
  LATENCY,
  /// multipliers that are used several times, as often as the reuse factor says; weights in memories
  RESOURCE,
  /// additions and shifts in place of multipliers: the weights are burnt in, and what outputs share is computed once
  DISTRIBUTED_ARITHMETIC,
  /// as latency, with weights that come in through ports
  RECONFIGURABLE
}
