/// The interface of backends: what they are given, what they give, and how they are found and asked.
@NullMarked
package org.burin.codegen.spi;

import org.jspecify.annotations.NullMarked;
