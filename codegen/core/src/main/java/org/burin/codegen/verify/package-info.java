/// Comparing what generated code computes with what it should: inputs that look for trouble, definitions to compare
/// with, and the search for the first value that differs.
@NullMarked
package org.burin.codegen.verify;

import org.jspecify.annotations.NullMarked;
