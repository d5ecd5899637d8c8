/// Files that are never seen half written.
@NullMarked
package org.burin.io;

import org.jspecify.annotations.NullMarked;
