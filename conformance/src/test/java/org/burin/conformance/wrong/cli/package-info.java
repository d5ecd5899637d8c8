/// What nothing may use.
@NullMarked
package org.burin.conformance.wrong.cli;

import org.jspecify.annotations.NullMarked;
