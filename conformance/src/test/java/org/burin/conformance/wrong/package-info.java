/// Packages named as Burin's, with classes each of which breaks one rule of [org.burin.conformance.Architecture].
@NullMarked
package org.burin.conformance.wrong;

import org.jspecify.annotations.NullMarked;
