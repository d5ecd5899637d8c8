/// Printing source code.
@NullMarked
package org.burin.codegen.text;

import org.jspecify.annotations.NullMarked;
