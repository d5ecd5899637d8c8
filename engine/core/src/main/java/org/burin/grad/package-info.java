/// Reverse-mode automatic differentiation: [org.burin.grad.Gradients] appends gradients to a graph,
/// [org.burin.grad.GradientCheck] compares them with finite differences.
@NullMarked
package org.burin.grad;

import org.jspecify.annotations.NullMarked;
