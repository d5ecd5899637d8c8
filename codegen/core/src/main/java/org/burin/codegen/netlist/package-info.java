/// Scalar fixed-point arithmetic: every number of a program is a net with a proven range. Products with constant
/// matrices become graphs of adders, adders get stages of a pipeline.
@NullMarked
package org.burin.codegen.netlist;

import org.jspecify.annotations.NullMarked;
