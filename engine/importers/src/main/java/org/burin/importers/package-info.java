/// Models that other frameworks have trained, read from their files: [org.burin.importers.Keras].
@NullMarked
package org.burin.importers;

import org.jspecify.annotations.NullMarked;
