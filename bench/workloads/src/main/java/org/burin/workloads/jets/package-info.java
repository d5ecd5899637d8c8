/// The jet classification benchmark: which of five particles (gluon, light quark, top quark, W, Z) made a jet, told
/// from 16 substructure features.
///
/// The task is that of J. Duarte et al., "Fast inference of deep neural networks in FPGAs for particle physics", JINST
/// 13 (2018) P07027. The public data set is OpenML 42468, `hls4ml_lhc_jets_hlf`; the reference on it is an accuracy of
/// 0.766 and a weighted AUC of 0.943 in floating point (fastml-science, jet-classify).
@NullMarked
package org.burin.workloads.jets;

import org.jspecify.annotations.NullMarked;
