/// The compression of calorimeter data at the detector, as in the concentrator chip ECON-T of the CMS high-granularity
/// calorimeter: an encoder turns the 48 charges of a module into 16 short numbers, a decoder off the detector
/// restores them.
///
/// The task, the encoder and its losses are those of fastml-science (sensor-data-compression) and of G. Di Guglielmo et al., "A
/// Reconfigurable Neural Network ASIC for Detector Front-End Data Compression at the HL-LHC", IEEE TNS 68 (2021).
@NullMarked
package org.burin.workloads.econ;

import org.jspecify.annotations.NullMarked;
