/// The lowest package of the engine.
@NullMarked
package org.burin.conformance.wrong.tensor;

import org.jspecify.annotations.NullMarked;
