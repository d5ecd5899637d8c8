/// Register-transfer Verilog from netlists, with what simulates, synthesizes and proves it.
@NullMarked
package org.burin.backend.verilog;

import org.jspecify.annotations.NullMarked;
