/// Reports as one HTML file: headings, text, tables, charts and drawings, with nothing loaded from elsewhere.
@NullMarked
package org.burin.codegen.html;

import org.jspecify.annotations.NullMarked;
