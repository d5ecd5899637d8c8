/// What backends share.
@NullMarked
package org.burin.conformance.wrong.codegen;

import org.jspecify.annotations.NullMarked;
