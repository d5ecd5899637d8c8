package org.burin.conformance.fuzz;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Makes a failing case small: takes the first smaller one that still fails, again and again.
public final class Shrinker {
  private Shrinker() {}

  /// A case that fails and of which no smaller one does, or the smallest found within so many attempts.
  ///
  /// @param failing a case that fails
  /// @param smaller the cases to try in place of one, the boldest first
  /// @param fails whether a case still fails
  /// @param attempts how many cases are tried at most
  public static <T> T shrink(T failing, Function<T, List<T>> smaller, Predicate<T> fails, int attempts) {
    T smallest = failing;
    int left = attempts;
    boolean found = true;
    while (found && left > 0) {
      found = false;
      for (T candidate : smaller.apply(smallest)) {
        if (left-- <= 0) {
          break;
        }
        if (fails.test(candidate)) {
          smallest = candidate;
          found = true;
          break;
        }
      }
    }
    return smallest;
  }
}
