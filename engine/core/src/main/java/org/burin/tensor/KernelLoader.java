package org.burin.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;

/// Decides which kernels this JVM can run well, and loads them.
///
/// Nothing outside the classes named `Vector...` refers to the Vector API, so that the engine works without its module. Those
/// classes can be loaded several times over: HotSpot compiles each copy anew.
final class KernelLoader {
  /// Set to `scalar` or `vector`, overrides the choice.
  static final String PROPERTY = "burin.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String VECTOR_KERNELS = "org.burin.tensor.VectorKernels";
  private static final Logger LOG = System.getLogger("org.burin.tensor");

  private KernelLoader() {}

  /// Chooses the kernels for this JVM and logs the choice.
  static Kernels choose() {
    String reason = reasonForScalar(System.getProperty(PROPERTY, ""));
    if (reason.isEmpty()) {
      Kernels vector = load(KernelLoader.class.getClassLoader());
      if (vector != null) {
        LOG.log(Level.INFO, "kernels: " + vector.name());
        return vector;
      }
      reason = "the vector kernels cannot be loaded; the log at level DEBUG says why";
    }
    LOG.log(Level.INFO, "kernels: scalar, because " + reason);
    return new ScalarKernels();
  }

  /// Why the vector kernels cannot or must not be used; empty when they can.
  static String reasonForScalar(String override) {
    boolean module = ModuleLayer.boot().findModule(MODULE).isPresent();
    return switch (override) {
      case "scalar" -> "-D" + PROPERTY + "=scalar asks for it";
      case "vector" -> {
        if (!module) {
          throw new IllegalStateException(
              "-D" + PROPERTY + "=vector needs the module " + MODULE + "; add --add-modules " + MODULE);
        }
        yield "";
      }
      case "" -> reasonForScalar(
          module, System.getProperty("java.vm.name", ""), System.getProperty("java.vm.info", ""));
      default -> throw new IllegalStateException(
          "-D" + PROPERTY + " must be 'scalar' or 'vector', found '" + override + "'");
    };
  }

  static String reasonForScalar(boolean module, String vmName, String vmInfo) {
    if (!module) {
      return "the module " + MODULE + " is missing; add --add-modules " + MODULE + " to be several times faster";
    }
    boolean optimizing = vmName.contains("Server VM") && vmInfo.contains("mode")
        && !vmInfo.contains("interpreted") && !vmInfo.contains("emulated-client");
    return optimizing
        ? ""
        : "this JVM (" + vmName + ", " + vmInfo + ") lacks HotSpot's optimizing compiler, which the Vector API needs";
  }

  /// The vector kernels of another copy of their classes, or null when they cannot be loaded.
  static @Nullable Kernels freshCopy() {
    return load(new CopyingLoader(KernelLoader.class.getClassLoader()));
  }

  private static @Nullable Kernels load(ClassLoader loader) {
    try {
      Constructor<?> constructor = Class.forName(VECTOR_KERNELS, true, loader).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Kernels) constructor.newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.log(Level.DEBUG, "the vector kernels cannot be loaded", e);
      return null;
    }
  }

  /// Defines the kernel classes once more, and leaves all others to its parent.
  private static final class CopyingLoader extends ClassLoader {
    CopyingLoader(ClassLoader parent) {
      super("burin-kernels", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!isKernelClass(name)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    /// The classes that are not public: a copy could not call the originals.
    private static boolean isKernelClass(String name) {
      return name.startsWith("org.burin.tensor.Vector") || name.startsWith("org.burin.tensor.Scalar")
          || name.equals("org.burin.tensor.KernelScratch");
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = KernelLoader.class.getResourceAsStream(
          name.substring(name.lastIndexOf('.') + 1) + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
