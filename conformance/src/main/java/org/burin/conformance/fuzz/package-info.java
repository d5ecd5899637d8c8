/// Random quantized networks, what to feed them, and how to make a failing one small.
@NullMarked
package org.burin.conformance.fuzz;

import org.jspecify.annotations.NullMarked;
