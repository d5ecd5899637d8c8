/// What `burin demo` runs: the earth mover's distance is learned, an encoder is trained with it, and its code for every
/// backend is checked against the model.
@NullMarked
package org.burin.demo;

import org.jspecify.annotations.NullMarked;
