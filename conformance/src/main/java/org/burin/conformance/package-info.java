/// What an evaluation or a backend has to do to be called exact, as code that anybody can run against it.
@NullMarked
package org.burin.conformance;

import org.jspecify.annotations.NullMarked;
