/// Running compilers, simulators and other programs of the machine.
@NullMarked
package org.burin.codegen.tool;

import org.jspecify.annotations.NullMarked;
