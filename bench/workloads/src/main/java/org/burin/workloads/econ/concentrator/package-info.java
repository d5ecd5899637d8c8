/// The concentrator chip ECON-T around the encoder: its classical algorithms, its number formats, its weight registers, and
/// the block from the charges to the output word in fixed point.
///
/// Formats are those of the chip's emulator (cmantill/ECONT_Emulator).
@NullMarked
package org.burin.workloads.econ.concentrator;

import org.jspecify.annotations.NullMarked;
