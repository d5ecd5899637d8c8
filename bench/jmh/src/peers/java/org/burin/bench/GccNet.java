package org.burin.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.burin.codegen.tool.Tool;
import org.burin.fixed.FixedType;

/// An [InferenceNet] as plain loops of C, compiled by gcc for this machine.
final class GccNet {
  private static final String LOOPS = """
      void each(const float *x, float *y, int n) { for (int i = 0; i < n; i++) net(x + i * IN, y + i * OUT); }
      void chained(float *x, float *y, int n) { for (int i = 0; i < n; i++) { x[0] = y[0]; net(x, y); } }
      """;

  private final InferenceNet net;
  private final MethodHandle each;
  private final MethodHandle chained;
  private final MemorySegment x;
  private final MemorySegment y;

  @SuppressWarnings("restricted") // calling native code is what it is for
  GccNet(InferenceNet net, float[] samples, Path folder) throws IOException {
    this.net = net;
    Path source = Files.writeString(folder.resolve(net + ".c"), source(net));
    Path library = folder.resolve(net + ".so");
    Tool.find("gcc", "apt install gcc").run(folder, Duration.ofMinutes(1), "-O3", "-march=native", "-shared",
        "-fPIC", "-o", library.toString(), source.toString(), "-lm");
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    FunctionDescriptor type =
        FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    each = Linker.nativeLinker().downcallHandle(symbols.findOrThrow("each"), type);
    chained = Linker.nativeLinker().downcallHandle(symbols.findOrThrow("chained"), type);
    x = Arena.global().allocateFrom(ValueLayout.JAVA_FLOAT, samples);
    y = Arena.global().allocate(ValueLayout.JAVA_FLOAT, (long) samples.length / net.inputs() * net.outputs());
  }

  private static String source(InferenceNet net) {
    boolean whole = net.isQuantized();
    String type = whole ? "int" : "float";
    List<NetLayer> layers = net.layers();
    StringBuilder c = new StringBuilder("#include <math.h>\n#define IN " + net.inputs() + "\n#define OUT "
        + net.outputs() + "\n");
    for (int i = 0; i < layers.size(); i++) {
      NetLayer l = layers.get(i);
      c.append("static const ").append(type).append(" w").append(i).append("[]").append(list(l.weights(), whole));
      c.append("static const ").append(type).append(" b").append(i).append("[]").append(list(l.bias(), whole));
    }
    c.append("__attribute__((noinline)) static void net(const float *restrict x, float *restrict y) {\n");
    FixedType in = net.inputType();
    c.append(type).append(" a[IN];\nfor (int i = 0; i < IN; i++) ");
    if (whole) {
      long most = (1L << (in.width() - (in.signed() ? 1 : 0))) - 1;
      long least = in.signed() ? -most - 1 : 0;
      c.append("{ float v = rintf(x[i] * ").append(1 << in.fraction()).append(".0f); a[i] = v < ").append(least)
          .append(" ? ").append(least).append(" : v > ").append(most).append(" ? ").append(most)
          .append(" : (int) v; }\n");
    } else {
      c.append("a[i] = x[i];\n");
    }
    String from = "a";
    for (int i = 0; i < layers.size(); i++) {
      layer(c, layers.get(i), i, from, type);
      from = "h" + i;
    }
    String scale = whole ? " * " + Math.scalb(1f, -net.outputFraction()) + "f" : "";
    c.append("for (int i = 0; i < OUT; i++) y[i] = ").append(from).append("[i]").append(scale).append(";\n}\n");
    return c.append(LOOPS).toString();
  }

  private static void layer(StringBuilder c, NetLayer l, int i, String from, String type) {
    String h = "h" + i;
    int to = l.to();
    c.append("%s %s[%d];\n".formatted(type, h, l.outputs()));
    if (l.convolution()) {
      int edge = NetLayer.EDGE;
      c.append("""
          for (int p = 0; p < %2$d; p++) for (int q = 0; q < %2$d; q++) {
            for (int j = 0; j < %3$d; j++) %1$s[(p * %2$d + q) * %3$d + j] = b%4$d[j];
            for (int u = 0; u < 3 && 2 * p + u < %5$d; u++) for (int v = 0; v < 3 && 2 * q + v < %5$d; v++)
              for (int j = 0; j < %3$d; j++) %1$s[(p * %2$d + q) * %3$d + j] +=
                %6$s[(2 * p + u) * %5$d + 2 * q + v] * w%4$d[(u * 3 + v) * %3$d + j];
          }
          """.formatted(h, NetLayer.HALF, to, i, edge, from));
    } else {
      c.append("""
          for (int j = 0; j < %2$d; j++) %1$s[j] = b%3$d[j];
          for (int k = 0; k < %4$d; k++) for (int j = 0; j < %2$d; j++) %1$s[j] += %5$s[k] * w%3$d[k * %2$d + j];
          """.formatted(h, to, i, l.from(), from));
    }
    if (l.relu()) {
      c.append("for (int j = 0; j < %1$d; j++) %2$s[j] = %2$s[j] > 0 ? %2$s[j] : 0;\n".formatted(l.outputs(), h));
    }
    if (l.shift() > 0) {
      c.append("for (int j = 0; j < %1$d; j++) { int t = (%2$s[j] + %3$d) >> %4$d; %2$s[j] = t > %5$d ? %5$d : t; }\n"
          .formatted(l.outputs(), h, 1 << (l.shift() - 1), l.shift(), l.most()));
    }
  }

  private static String list(float[] numbers, boolean whole) {
    StringBuilder s = new StringBuilder(" = {");
    for (float f : numbers) {
      s.append(whole ? Integer.toString((int) f) : Float.toHexString(f) + "f").append(',');
    }
    return s.append("};\n").toString();
  }

  void each(int count) {
    try {
      each.invokeExact(x, y, count);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  void chained(int count) {
    try {
      chained.invokeExact(x, y, count);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  float[] outputs(int samples) {
    each(samples);
    return y.asSlice(0, 4L * samples * net.outputs()).toArray(ValueLayout.JAVA_FLOAT);
  }
}
