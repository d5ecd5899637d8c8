package org.burin.codegen.report;

/// What one operation costs, estimated before any synthesis; see [Estimates] for how.
///
/// @param layer the path of its layer; may be empty
/// @param op the operation, such as `matmul`
/// @param multipliers products of numbers that shifts do not do
/// @param adders additions, subtractions, comparisons and roundings
/// @param adderBits the bits of all adders together, which is about what they take in look-up tables of an FPGA
/// @param tableBits bits of tables of functions, a copy for every element
/// @param weightBits bits of weights that lie in memories, because a multiplier is used for several
/// @param registerBits bits of the result, which is kept for the next operation
/// @param latency clock cycles from the last input to the first output
/// @param interval clock cycles from one sample to the next
public record LayerEstimate(String layer, String op, long multipliers, long adders, long adderBits, long tableBits,
    long weightBits, long registerBits, long latency, long interval) {
  /// Both one after the other.
  LayerEstimate and(LayerEstimate next) {
    return new LayerEstimate(layer, op.equals(next.op) ? op : "", multipliers + next.multipliers, adders + next.adders,
        adderBits + next.adderBits, tableBits + next.tableBits, weightBits + next.weightBits,
        registerBits + next.registerBits, latency + next.latency, Math.max(interval, next.interval));
  }
}
