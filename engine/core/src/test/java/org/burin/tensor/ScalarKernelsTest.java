package org.burin.tensor;

class ScalarKernelsTest extends KernelContract {
  ScalarKernelsTest() {
    super(new ScalarKernels());
  }
}
