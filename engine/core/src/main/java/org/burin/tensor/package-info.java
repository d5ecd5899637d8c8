/// Dense row-major float32 tensors on the Java heap, and the numeric kernels that work on them.
///
/// Everything a kernel computes is defined element by element in [Kernels], so that every implementation
/// (scalar or SIMD, of any vector width) gives the same bits.
@NullMarked
package org.burin.tensor;

import org.jspecify.annotations.NullMarked;
