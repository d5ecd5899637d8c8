package org.burin.importers;

/// What is wrong with a model to import, without the name of its file, which [Keras] adds.
final class ImportProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImportProblem(String message) {
    super(message);
  }

  ImportProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
