/// The intermediate representation: an immutable graph of pure operations on float32 tensors.
///
/// A [org.burin.ir.Graph] is built with [org.burin.ir.GraphBuilder], printed and parsed by [org.burin.ir.IrText], checked by
/// [org.burin.ir.Verifier]. The operations are the closed set [org.burin.ir.Op]; every switch over it is exhaustive.
@NullMarked
package org.burin.ir;

import org.jspecify.annotations.NullMarked;
