package org.burin.backend.hls;

/// How tensors travel, at the top and between layers.
public enum Io {
  /// as arrays, all elements at once
  PARALLEL,
  /// as streams of pixels or rows, all channels of one at once
  STREAM
}
