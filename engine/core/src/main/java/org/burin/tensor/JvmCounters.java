package org.burin.tensor;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// The counters of this JVM, as far as the modules that hold them are present.
final class JvmCounters {
  private JvmCounters() {}

  static KernelGuard.Counters get() {
    ModuleLayer boot = ModuleLayer.boot();
    return boot.findModule("jdk.management").isPresent() && Management.supported() ? new Management() : new Silent();
  }

  /// Reads the management beans; loaded only where their modules exist.
  private static final class Management implements KernelGuard.Counters {
    private final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final @Nullable CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();

    static boolean supported() {
      return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
          && threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled();
    }

    @Override
    public long allocatedBytes() {
      return threads.getCurrentThreadAllocatedBytes();
    }

    @Override
    public long compilationTime() {
      return compilation != null && compilation.isCompilationTimeMonitoringSupported()
          ? compilation.getTotalCompilationTime()
          : 0;
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long threadTime() {
      return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : nanoTime();
    }
  }

  /// Knows nothing but the time.
  private static final class Silent implements KernelGuard.Counters {
    @Override
    public long allocatedBytes() {
      return -1;
    }

    @Override
    public long compilationTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long threadTime() {
      return nanoTime();
    }
  }
}
