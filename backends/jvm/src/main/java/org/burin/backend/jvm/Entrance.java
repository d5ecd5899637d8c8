package org.burin.backend.jvm;

/// The methods of a generated class, whatever arrays it takes. Arrays are those of the inputs, then those of the
/// outputs.
interface Entrance {
  /// One sample of a model with one input and one output.
  void infer(float[] in, float[] out) throws Throwable;

  /// Samples one after another, in arrays of floats.
  void infer(int samples, Object[] arrays) throws Throwable;

  /// Samples one after another, in arrays of `int` or `long`.
  void inferRaw(int samples, Object[] arrays) throws Throwable;
}
