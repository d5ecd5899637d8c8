/// The JVM backend: one Java 17 class without dependencies for each model, equal to the golden model bit for bit.
@NullMarked
package org.burin.backend.jvm;

import org.jspecify.annotations.NullMarked;
