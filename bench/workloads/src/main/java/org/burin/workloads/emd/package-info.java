/// Networks that learn the earth mover's distance between modules of the detector: the published one
/// ([org.burin.workloads.emd.EmdCnn]), a smaller one that is a distance by construction
/// ([org.burin.workloads.emd.NormNetwork]), pairs with exact distances to train and judge them, and the workload
/// `burin train emd`.
///
/// Charges are in the order of [org.burin.workloads.econ.Hgcal], distances in small sensor cells. Images are those of
/// [org.burin.workloads.econ.Arrangement#SECTORS_4X4X3], each divided by its sum.
@NullMarked
package org.burin.workloads.emd;

import org.jspecify.annotations.NullMarked;
