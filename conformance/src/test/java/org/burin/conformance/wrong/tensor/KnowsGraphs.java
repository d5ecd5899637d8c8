package org.burin.conformance.wrong.tensor;

import org.burin.conformance.wrong.ir.Node;

/// Uses a package above its own.
public record KnowsGraphs(Node node) {}
