/// C++ for AMD's Vitis HLS.
@NullMarked
package org.burin.backend.vitis;

import org.jspecify.annotations.NullMarked;
