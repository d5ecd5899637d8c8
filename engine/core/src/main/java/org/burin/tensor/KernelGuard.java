package org.burin.tensor;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the kernels fast: finds those that the JIT compiled badly and puts others in their place.
///
/// Now and then HotSpot compiles code on the Vector API while it does not yet know enough about the library under it, leaves
/// vectors as objects on the heap, and never compiles that code again: it stays 6 to 60 times slow for the life of the JVM.
/// Kernels allocate nothing when they are compiled well, so the fault shows in the thread's allocation counter. The cure is a
/// fresh copy of the same classes, which HotSpot compiles anew and with what it has learned meanwhile; after
/// [#MAX_COPIES] copies the scalar kernels take over if the loss is severe. All give the same bits, so they may change between
/// any two calls.
///
/// The executor reads [#current] once per step and tells [#observe] how much the step allocated:
///
/// ```java
/// long before = KernelGuard.allocatedBytes();
/// step(guard.current());
/// guard.observe(KernelGuard.allocatedBytes() - before);
/// ```
///
/// Thread-safe; meant to be told about the steps of one thread.
public final class KernelGuard {
  /// Copies of the vector kernels that are tried after the first.
  public static final int MAX_COPIES = 4;

  /// Steps after which a rate of allocation can be told.
  static final int MIN_STEPS = 50;

  /// Steps after which HotSpot has optimized whatever is called once per step: it waits for up to 5,000 calls. Until then
  /// allocation that costs little may be that of code which nobody minds.
  static final int WARM_STEPS = 10_000;

  /// Over this time a rate of allocation is taken, in nanoseconds; kernels are found stuck when the compiler was idle meanwhile.
  static final long PATIENCE = 1_500_000_000L;

  /// After this time a set of kernels is found stuck even if the compiler is still busy, in nanoseconds.
  static final long LIMIT = 15_000_000_000L;

  /// Allocation below this rate costs next to nothing: boxed vectors come at several bytes per nanosecond.
  static final double HARMFUL_BYTES_PER_NANO = 0.05;

  /// Allocation above this rate cannot wait, and only above it are the scalar kernels likely to be faster than badly compiled
  /// vector ones.
  static final double SEVERE_BYTES_PER_NANO = 1;

  private static final Logger LOG = System.getLogger("org.burin.tensor");
  private static final KernelGuard SHARED = new KernelGuard(
      KernelLoader.choose(), KernelLoader::freshCopy, new ScalarKernels(), JvmCounters.get());

  /// What the guard needs to know of the JVM; tests put their own numbers in.
  interface Counters {
    /// Bytes that the calling thread has allocated so far, or -1 when the JVM does not tell.
    long allocatedBytes();

    /// Time that the JIT compilers have worked so far, in any unit.
    long compilationTime();

    /// A clock in nanoseconds.
    long nanoTime();

    /// Nanoseconds that the calling thread has worked. On a busy machine the compiler waits as long for its turn as this
    /// thread does, so that this is the clock to measure the patience with it.
    long threadTime();
  }

  private final Supplier<@Nullable Kernels> copies;
  private final Kernels fallback;
  private final Counters counters;
  private volatile Kernels current;
  private Kernels best;
  private boolean active;
  private boolean fellBack;
  private int replaced;
  private int steps;
  private long since;
  private int windowSteps;
  private long windowStart;
  private long windowBytes;
  private long windowCompilation;

  KernelGuard(Kernels first, Supplier<@Nullable Kernels> copies, Kernels fallback, Counters counters) {
    this.current = first;
    this.best = first;
    this.copies = copies;
    this.fallback = fallback;
    this.counters = counters;
    this.active = !first.name().equals(fallback.name());
    if (active && counters.allocatedBytes() < 0) {
      active = false;
      LOG.log(Level.INFO, "kernels: the module jdk.management is missing, so badly compiled kernels go unnoticed");
    }
  }

  /// The guard of the kernels that [Kernels#best] gives.
  public static KernelGuard shared() {
    return SHARED;
  }

  /// Bytes that the calling thread has allocated so far; constant where the JVM does not tell.
  public static long allocatedBytes() {
    return SHARED.counters.allocatedBytes();
  }

  /// The kernels to use now. Cheap; to be asked once per step.
  public Kernels current() {
    return current;
  }

  /// How often kernels have been replaced so far.
  public synchronized int replacements() {
    return replaced;
  }

  /// Takes note of one step that used [#current] all the way, and replaces the kernels if they are found stuck.
  ///
  /// @param stepAllocatedBytes what the step's thread allocated meanwhile
  public void observe(long stepAllocatedBytes) {
    if (active) {
      observeActive(stepAllocatedBytes);
    }
  }

  private synchronized void observeActive(long bytes) {
    if (bytes <= 0) {
      // A step without allocation: the kernels it uses are well compiled, and stay so until new ones are first called.
      steps = 0;
      return;
    }
    long now = counters.threadTime();
    if (steps++ == 0) {
      since = now;
      openWindow(now);
    }
    windowSteps++;
    windowBytes += bytes;
    if (windowSteps < MIN_STEPS || now - windowStart < PATIENCE) {
      return;
    }
    double rate = (double) windowBytes / (now - windowStart);
    boolean settled = counters.compilationTime() == windowCompilation || now - since >= LIMIT;
    if (settled && rate >= (steps < WARM_STEPS ? SEVERE_BYTES_PER_NANO : HARMFUL_BYTES_PER_NANO)) {
      steps = 0;
      replace(bytes, rate);
    } else {
      openWindow(now);
    }
  }

  private void openWindow(long now) {
    windowSteps = 0;
    windowStart = now;
    windowBytes = 0;
    windowCompilation = counters.compilationTime();
  }

  private void replace(long bytes, double rate) {
    if (fellBack) {
      // Not even the scalar kernels made it stop: something else in the step allocates.
      active = false;
      current = best;
      LOG.log(Level.INFO, "kernels: steps allocate " + bytes + " bytes for another reason; back to " + best.name());
      return;
    }
    if (replaced >= MAX_COPIES && rate < SEVERE_BYTES_PER_NANO) {
      active = false;
      LOG.log(Level.INFO, "kernels: steps still allocate " + bytes + " bytes after " + replaced
          + " copies; keeping the last one, since the scalar kernels are slower");
      return;
    }
    Kernels copy = replaced < MAX_COPIES ? copies.get() : null;
    replaced++;
    if (copy != null) {
      current = copy;
      best = copy;
      LOG.log(Level.INFO, "kernels: badly compiled (" + bytes + " bytes allocated per step), replaced by copy "
          + replaced);
    } else {
      current = fallback;
      fellBack = true;
      LOG.log(Level.WARNING, "kernels: badly compiled " + replaced + " times (" + bytes
          + " bytes allocated per step); going on with the " + fallback.name() + " ones, which are slower");
    }
  }

  /// What [#selfCheck] found.
  ///
  /// @param allocationFree whether the last steps allocated nothing
  /// @param kernels the name of the kernels now in use
  /// @param replacements how often kernels were replaced meanwhile
  /// @param steps how many steps were run
  public record SelfCheck(boolean allocationFree, String kernels, int replacements, int steps) {}

  /// Runs a step over and over until it allocates nothing, replacing stuck kernels on the way.
  ///
  /// @param step uses [#current] and allocates nothing else
  /// @param budget the time after which to give up, leaving the rest to [#observe]
  public SelfCheck selfCheck(Runnable step, Duration budget) {
    int before = replacements();
    long start = counters.nanoTime();
    int clean = 0;
    int count = 0;
    while (clean < MIN_STEPS && (counters.nanoTime() - start < budget.toNanos() || count == 0)) {
      long bytes = counters.allocatedBytes();
      step.run();
      bytes = counters.allocatedBytes() - bytes;
      count++;
      clean = bytes > 0 ? 0 : clean + 1;
      observe(bytes);
    }
    return new SelfCheck(clean > 0, current.name(), replacements() - before, count);
  }
}
