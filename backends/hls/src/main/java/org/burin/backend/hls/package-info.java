/// What the backends for high-level synthesis share: from a fixed-point graph to a C++ project and its simulation. A
/// backend adds its dialect: number types, pragmas and scripts of one tool.
@NullMarked
package org.burin.backend.hls;

import org.jspecify.annotations.NullMarked;
