package org.burin.pass;

/// A value that a plan, in float32, may not compute exactly: the first on its path, all before it being exact.
///
/// @param layer the path of its layer, or empty outside of any
/// @param op the operation of the float graph
/// @param bits how many bits its numbers or partial sums take; a float holds 24
public record Inexact(String layer, String op, int bits) {
  @Override
  public String toString() {
    return (layer.isEmpty() ? "" : "layer " + layer + ": ") + op + " takes " + bits + " bits";
  }
}
