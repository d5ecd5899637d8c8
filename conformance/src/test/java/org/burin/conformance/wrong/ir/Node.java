package org.burin.conformance.wrong.ir;

/// A node of a graph.
public record Node(int id) {}
