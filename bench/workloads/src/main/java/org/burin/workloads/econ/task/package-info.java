/// What is done with the compression of calorimeter data: `burin train econ`, and the tables of docs/econ.md.
@NullMarked
package org.burin.workloads.econ.task;

import org.jspecify.annotations.NullMarked;
