/// What the text forms of all levels have in common. Not exported.
@NullMarked
package org.burin.text;

import org.jspecify.annotations.NullMarked;
