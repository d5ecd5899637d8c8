/// The tensor engine: what an application that trains or runs models depends on.
module org.burin.engine {
  requires de.siegmar.fastcsv;
  requires org.apache.commons.numbers.arrays;
  requires org.apache.commons.numbers.core;
  requires static jdk.incubator.vector;
  requires static jdk.management;
  requires static org.jspecify;

  exports org.burin.data;
  exports org.burin.exec;
  exports org.burin.fixed;
  exports org.burin.grad;
  exports org.burin.io;
  exports org.burin.ir;
  exports org.burin.nn;
  exports org.burin.pass;
  exports org.burin.quant;
  exports org.burin.tensor;
  exports org.burin.train;
  exports org.burin.transport;
}
