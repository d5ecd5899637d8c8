/// The `burin` command line. Results go to standard output, progress and complaints to standard error; [ExitCode] lists
/// what a caller can rely on.
@NullMarked
package org.burin.cli;

import org.jspecify.annotations.NullMarked;
