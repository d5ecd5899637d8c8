package org.burin.codegen.report;

/// A number from the report of a vendor's tool.
///
/// @param quantity what was measured, such as `LUT` or `latency (cycles)`
/// @param value as the report has it
/// @param source the file, from the folder on that was searched
public record Measurement(String quantity, String value, String source) {}
