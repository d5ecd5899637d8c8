/// Runs graphs: a [org.burin.exec.Plan] is a graph compiled into an allocation-free schedule of kernels.
@NullMarked
package org.burin.exec;

import org.jspecify.annotations.NullMarked;
