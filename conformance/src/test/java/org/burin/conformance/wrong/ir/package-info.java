/// A package above it.
@NullMarked
package org.burin.conformance.wrong.ir;

import org.jspecify.annotations.NullMarked;
