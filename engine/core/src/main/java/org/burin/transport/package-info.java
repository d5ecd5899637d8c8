/// Optimal transport: the exact earth mover's distance, its dual potentials and gradients, and the entropic
/// approximation.
///
/// [org.burin.transport.EarthMover] is the entry, [org.burin.transport.EarthMoverBatch] the same for many pairs.
@NullMarked
package org.burin.transport;

import org.jspecify.annotations.NullMarked;
