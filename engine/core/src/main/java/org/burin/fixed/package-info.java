/// Fixed-point number types with the rounding and overflow modes of HLS tools (ap_fixed, ac_fixed), and graphs of exact
/// operations on such numbers: [org.burin.fixed.FixedGraph], what its values can be, and what it computes.
@NullMarked
package org.burin.fixed;

import org.jspecify.annotations.NullMarked;
