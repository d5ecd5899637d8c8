/// Fixed-point number types with the rounding and overflow modes of HLS tools (ap_fixed, ac_fixed).
@NullMarked
package org.burin.fixed;

import org.jspecify.annotations.NullMarked;
