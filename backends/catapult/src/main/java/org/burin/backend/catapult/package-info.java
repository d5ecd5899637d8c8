/// C++ for Siemens' Catapult.
@NullMarked
package org.burin.backend.catapult;

import org.jspecify.annotations.NullMarked;
