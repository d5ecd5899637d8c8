/// Proof that emitted Verilog, read back by yosys, computes a fixed-point graph: words as exact linear forms.
@NullMarked
package org.burin.backend.verilog.proof;

import org.jspecify.annotations.NullMarked;
