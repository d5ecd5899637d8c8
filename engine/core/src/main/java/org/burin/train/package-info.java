/// Training: the step of a model with its losses, gradients and optimizer as one graph, and the loop that runs it.
///
/// [org.burin.train.Trainer] is the entry. What it runs is a pure function of the model, the data, the configuration
/// and the seed; the number of threads and interruptions change no bit of the result.
@NullMarked
package org.burin.train;

import org.jspecify.annotations.NullMarked;
