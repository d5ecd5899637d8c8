/// Skeletons of generated files: scripts, make files, test benches.
@NullMarked
package org.burin.codegen.template;

import org.jspecify.annotations.NullMarked;
