/// Benchmarks of the engine's kernels and training steps, and the comparison with native peers.
@NullMarked
package org.burin.bench;

import org.jspecify.annotations.NullMarked;
