package org.burin.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.burin.data.Dataset;
import org.burin.ir.GraphException;
import org.burin.ir.Op;
import org.burin.ir.Value;
import org.burin.nn.Model;
import org.burin.tensor.Shape;
import org.burin.tensor.Tensor;

/// The outputs of a model for all samples of a dataset, computed part by part while they are taken.
final class Predictions implements Iterable<Tensor> {
  private static final int PART = 4096;

  private final Model model;
  private final Dataset samples;
  private final Shape sample;
  private final String output;
  private final Shape shape;

  private Predictions(Model model, Dataset samples, Shape sample, String output, Shape shape) {
    this.model = model;
    this.samples = samples;
    this.sample = sample;
    this.output = output;
    this.shape = shape;
  }

  /// The outputs of a model.
  ///
  /// @param data gives the samples for an input of this name with samples of this shape
  /// @throws GraphException when the model has several inputs or outputs, or they do not have a batch axis first
  static Predictions open(Model model, BiFunction<String, Shape, Dataset> data) {
    List<Value> inputs = model.inference().inputs();
    if (inputs.size() != 1 || model.inference().outputs().size() != 1) {
      throw new GraphException("model '" + model.name() + "' has " + inputs.size() + " inputs and "
          + model.inference().outputs().size() + " outputs; predictions on the command line need one of each");
    }
    Value input = inputs.getFirst();
    String name = ((Op.Input) input.op()).name();
    String output = model.inference().outputs().keySet().iterator().next();
    Value y = model.inference().output(output);
    if (input.shape().batchAxis() != 0 || y.shape().batchAxis() != 0) {
      throw new GraphException("model '" + model.name() + "' has input shape " + input.shape() + " and output shape "
          + y.shape() + "; predictions on the command line need the batch size first in both");
    }
    Shape sample = Shape.of(IntStream.range(1, input.shape().rank()).map(input.shape()::dim).toArray());
    Dataset samples = data.apply(name, sample);
    return new Predictions(model, samples, sample, output, y.shape().bind(Math.toIntExact(samples.size())));
  }

  /// The shape of all outputs together.
  Shape shape() {
    return shape;
  }

  /// The extents of [#shape].
  List<Integer> extents() {
    return IntStream.of(shape.dims()).boxed().toList();
  }

  @Override
  public Iterator<Tensor> iterator() {
    Dataset.Reader reader = samples.open();
    return new Iterator<>() {
      private long done;

      @Override
      public boolean hasNext() {
        return done < samples.size();
      }

      @Override
      public Tensor next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int count = (int) Math.min(PART, samples.size() - done);
        float[] x = new float[count * sample.size()];
        reader.read(done, count, new float[][] {x}, 0);
        done += count;
        if (!hasNext()) {
          reader.close();
        }
        int[] dims = IntStream.concat(IntStream.of(count), IntStream.of(sample.dims())).toArray();
        return model.predict(Tensor.of(Shape.of(dims), x));
      }
    };
  }

  /// Writes a line with the names of the columns, and one for each sample. Reading a number gives the same float32.
  void writeText(PrintWriter out) {
    int size = shape.size() / shape.dim(0);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",").append(shape.rank() == 1 ? output : output + i);
    }
    out.append('\n');
    for (Tensor part : this) {
      for (int i = 0; i < part.size(); i++) {
        out.append(Float.toString(part.data()[i])).append(i % size == size - 1 ? '\n' : ',');
      }
    }
  }
}
