package org.burin.backend.jvm;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;

/// Calls the methods of one generated class.
///
/// Its bytecode is defined anew, as a hidden class, for every generated class: the handles are constants then, and
/// calls through them cost nothing.
final class Entry implements Entrance {
  private static final List<MethodHandle> HANDLES = handles();
  private static final MethodHandle ONE = HANDLES.get(0);
  private static final MethodHandle MANY = HANDLES.get(1);
  private static final MethodHandle RAW = HANDLES.get(2);

  private final Object model;

  Entry(Object model) {
    this.model = model;
  }

  @SuppressWarnings("unchecked") // Inference gives a list of three handles.
  private static List<MethodHandle> handles() {
    try {
      return MethodHandles.classData(MethodHandles.lookup(), "_", List.class);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void infer(float[] in, float[] out) throws Throwable {
    ONE.invokeExact(model, in, out);
  }

  @Override
  public void infer(int samples, Object[] arrays) throws Throwable {
    MANY.invokeExact(model, samples, arrays);
  }

  @Override
  public void inferRaw(int samples, Object[] arrays) throws Throwable {
    RAW.invokeExact(model, samples, arrays);
  }
}
