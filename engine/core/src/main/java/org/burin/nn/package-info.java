/// Layers and models: a model is a recipe, run over a [org.burin.nn.Net], that declares inputs, parameters and outputs.
///
/// Names, defaults and arithmetic follow Keras: images are `[N,H,W,C]`, sequences `[N,T,C]`, kernels are
/// Glorot-uniform, biases zero.
@NullMarked
package org.burin.nn;

import org.jspecify.annotations.NullMarked;
