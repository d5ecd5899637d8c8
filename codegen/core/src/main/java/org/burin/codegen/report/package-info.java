/// What hardware costs: estimates from the program alone, and what the reports of vendors' tools say.
@NullMarked
package org.burin.codegen.report;

import org.jspecify.annotations.NullMarked;
