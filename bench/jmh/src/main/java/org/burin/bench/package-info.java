/// Benchmarks of the engine's kernels, training steps and generated code, and the comparison with native peers.
@NullMarked
package org.burin.bench;

import org.jspecify.annotations.NullMarked;
