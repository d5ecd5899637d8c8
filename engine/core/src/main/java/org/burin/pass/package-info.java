/// The way from a trained float graph to the fixed-point graph that hardware and code are made of: one pass per file,
/// problems collected as diagnostics, and reports on what a lowered model consists of.
@NullMarked
package org.burin.pass;

import org.jspecify.annotations.NullMarked;
