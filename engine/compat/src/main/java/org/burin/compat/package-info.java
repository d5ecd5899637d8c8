/// The numbers that hls4ml's C++ computes, as graphs of exact operations: existing configurations carried over bit for
/// bit.
@NullMarked
package org.burin.compat;

import org.jspecify.annotations.NullMarked;
