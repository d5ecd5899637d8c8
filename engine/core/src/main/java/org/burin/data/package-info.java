/// Samples to train on and to evaluate: in memory, or streamed from files larger than memory, in deterministic
/// mini-batches.
///
/// A [Dataset] is a number of samples with named [Column]s; [Dataset#batches] copies mini-batches of it into arrays of
/// the caller, shuffled as a pure function of (seed, epoch), so that training resumes at any batch without other state.
/// Files: [CsvFile] for text, [Npy] and [Npz] for NumPy arrays. Bad input is a [DataException] that says where.
@NullMarked
package org.burin.data;

import org.jspecify.annotations.NullMarked;
