package org.burin.tensor;

class VectorKernelsTest extends KernelContract {
  VectorKernelsTest() {
    super(new VectorKernels());
  }
}
