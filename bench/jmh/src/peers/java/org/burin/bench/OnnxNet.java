package org.burin.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.burin.fixed.FixedType;
import org.jspecify.annotations.Nullable;

/// An [InferenceNet] in ONNX Runtime, one thread.
final class OnnxNet {
  private final InferenceNet net;
  private final OrtSession session;
  private final List<OnnxTensor> single = new ArrayList<>();
  private final OnnxTensor batch;
  private final FloatBuffer first;

  /// @param rounded whether to compute the same numbers as a quantized network, or the same without any rounding
  OnnxNet(InferenceNet net, boolean rounded, float[] samples, int count) throws OrtException {
    this.net = net;
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = environment.createSession(model(net, net.isQuantized() && rounded), options);
    int size = net.inputs();
    FloatBuffer all = buffer(samples, 0, samples.length);
    batch = OnnxTensor.createTensor(environment, all, shape(net, samples.length / size));
    first = buffer(samples, 0, size);
    single.add(OnnxTensor.createTensor(environment, first, shape(net, 1)));
    for (int i = 1; i < count; i++) {
      single.add(OnnxTensor.createTensor(environment, buffer(samples, i * size, size), shape(net, 1)));
    }
  }

  private static FloatBuffer buffer(float[] numbers, int from, int count) {
    FloatBuffer b = ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
    b.put(0, numbers, from, count);
    return b;
  }

  private static long[] shape(InferenceNet net, long count) {
    return net == InferenceNet.ECON ? new long[] {count, 1, NetLayer.EDGE, NetLayer.EDGE}
        : new long[] {count, net.inputs()};
  }

  private static byte[] model(InferenceNet net, boolean rounded) {
    OnnxFile f = new OnnxFile();
    boolean raw = net.isQuantized();
    FixedType type = net.inputType();
    String x = raw ? f.node("Mul", "x", f.number(Math.scalb(1.0, type.fraction()))) : "x";
    if (rounded) {
      double least = type.signed() ? -Math.scalb(1.0, type.width() - 1) : 0;
      double most = Math.scalb(1.0, type.width() - (type.signed() ? 1 : 0)) - 1;
      x = f.node("Clip", f.node("Round", x), f.number(least), f.number(most));
    }
    NetLayer before = null;
    for (NetLayer layer : net.layers()) {
      x = layer.convolution() ? convolution(f, x, layer) : dense(f, x, layer, before);
      x = layer.relu() ? f.node("Relu", x) : x;
      if (layer.shift() > 0) {
        x = f.node("Mul", x, f.number(Math.scalb(1.0, -layer.shift())));
        if (rounded) {
          x = f.node("Clip", f.node("Floor", f.node("Add", x, f.number(0.5))), f.number(0), f.number(layer.most()));
        }
      }
      before = layer;
    }
    if (raw) {
      x = f.node("Mul", x, f.number(Math.scalb(1.0, -net.outputFraction())));
    }
    long[] sample = Arrays.copyOfRange(shape(net, 1), 1, shape(net, 1).length);
    return f.model(sample, x, net.outputs());
  }

  private static String convolution(OnnxFile f, String x, NetLayer layer) {
    float[] w = new float[layer.weights().length];
    for (int tap = 0; tap < layer.from(); tap++) {
      for (int o = 0; o < layer.to(); o++) {
        w[o * layer.from() + tap] = layer.weights()[tap * layer.to() + o];
      }
    }
    return f.node("Conv", Map.of("pads", new long[] {0, 0, 1, 1}, "strides", new long[] {2, 2}), x,
        f.floats(w, layer.to(), 1, NetLayer.TAPS, NetLayer.TAPS), f.floats(layer.bias(), layer.to()));
  }

  /// The channels of an image come first in ONNX, last in Burin.
  private static String dense(OnnxFile f, String x, NetLayer layer, @Nullable NetLayer before) {
    float[] w = layer.weights();
    String in = x;
    if (before != null && before.convolution()) {
      int pixels = NetLayer.HALF * NetLayer.HALF;
      int channels = before.to();
      w = new float[layer.weights().length];
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < channels; c++) {
          System.arraycopy(layer.weights(), (p * channels + c) * layer.to(), w, (c * pixels + p) * layer.to(),
              layer.to());
        }
      }
      in = f.node("Reshape", x, f.longs(-1, layer.from()));
    }
    return f.node("Gemm", in, f.floats(w, layer.from(), layer.to()), f.floats(layer.bias(), layer.to()));
  }

  /// All samples one by one.
  void each() {
    try {
      for (OnnxTensor x : single) {
        session.run(Map.of("x", x)).close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first sample again and again, an output going into its input.
  void chained(int count) {
    try {
      for (int i = 0; i < count; i++) {
        try (OrtSession.Result result = session.run(Map.of("x", single.getFirst()))) {
          first.put(0, ((OnnxTensor) result.get(0)).getFloatBuffer().get(0));
        }
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /// All samples of the batch at once.
  void batch() {
    try {
      session.run(Map.of("x", batch)).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The outputs of the batch.
  float[] outputs(int samples) {
    try (OrtSession.Result result = session.run(Map.of("x", batch))) {
      float[] y = new float[samples * net.outputs()];
      ((OnnxTensor) result.get(0)).getFloatBuffer().get(y);
      return y;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
