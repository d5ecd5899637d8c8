/// Quantization-aware training: quantizers, learned bit widths and what they cost.
@NullMarked
package org.burin.quant;

import org.jspecify.annotations.NullMarked;
