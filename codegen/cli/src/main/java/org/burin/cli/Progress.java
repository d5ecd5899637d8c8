package org.burin.cli;

import java.io.PrintWriter;
import java.util.Locale;

/// A line on standard error that says how far a command is, where that is a terminal; nothing elsewhere.
final class Progress implements AutoCloseable {
  private static final long INTERVAL_NANOS = 200_000_000;

  private final PrintWriter err;
  private final String what;
  private final long total;
  private final boolean visible;
  private long shown;
  private boolean dirty;

  Progress(PrintWriter err, String what, long total) {
    this.err = err;
    this.what = what;
    this.total = total;
    this.visible = Boolean.getBoolean("burin.terminal");
    this.shown = System.nanoTime();
  }

  /// Says that so many are done.
  void show(long done) {
    long now = System.nanoTime();
    if (visible && now - shown > INTERVAL_NANOS) {
      err.print(String.format(Locale.ROOT, "\r%,d of %,d %s", done, total, what));
      err.flush();
      shown = now;
      dirty = true;
    }
  }

  /// Clears the line.
  @Override
  public void close() {
    if (dirty) {
      err.print("\r" + " ".repeat(60) + "\r");
      err.flush();
      dirty = false;
    }
  }
}
