/// Files that are never seen half written, and the container of models and checkpoints.
@NullMarked
package org.burin.io;

import org.jspecify.annotations.NullMarked;
