package org.burin.train;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.burin.data.Batches;

/// One line on a terminal that shows how training goes, and one line that stays for each epoch. Elsewhere it prints
/// nothing.
final class ProgressLine {
  private static final long EVERY = 100_000_000L;
  private static final String CLEAR = "\r\u001b[K";

  private final boolean active;
  private final PrintStream out;
  private final LongSupplier clock;
  private final int epochs;
  private final long batchesPerEpoch;
  private final long start;
  private long shown;
  private long samples;
  private long steps;

  ProgressLine(boolean active, PrintStream out, LongSupplier clock, int epochs, long batchesPerEpoch) {
    this.active = active;
    this.out = out;
    this.clock = clock;
    this.epochs = epochs;
    this.batchesPerEpoch = batchesPerEpoch;
    this.start = active ? clock.getAsLong() : 0;
    this.shown = start;
  }

  /// A line on standard error, if wanted and a person looks at a terminal.
  static ProgressLine onTerminal(boolean wanted, int epochs, Batches batches) {
    Console console = wanted ? System.console() : null;
    boolean active = console != null && console.isTerminal();
    return new ProgressLine(active, System.err, System::nanoTime, epochs, batches.batchesPerEpoch());
  }

  /// After a step; shows the line ten times a second.
  void step(int epoch, long batch, int count, Scores scores) {
    if (!active) {
      return;
    }
    samples += count;
    steps++;
    long now = clock.getAsLong();
    if (now - shown >= EVERY) {
      shown = now;
      double seconds = (now - start) * 1e-9;
      long left = (epochs - epoch) * batchesPerEpoch - batch;
      out.printf(Locale.ROOT, "%sepoch %d/%d  batch %d/%d  loss %.4f  %.0f samples/s  ETA %s", CLEAR, epoch + 1, epochs,
          batch, batchesPerEpoch, scores.meanLoss(), samples / seconds, time(Math.round(seconds / steps * left)));
      out.flush();
    }
  }

  /// After an epoch: a line that stays.
  void epochEnd(History.Epoch epoch) {
    if (!active) {
      return;
    }
    StringBuilder s = new StringBuilder(CLEAR).append("epoch ").append(epoch.number()).append('/').append(epochs);
    epoch.values().forEach((name, value) ->
        s.append("  ").append(name).append(String.format(Locale.ROOT, " %.4g", value)));
    out.println(s);
  }

  /// Leaves a clean line.
  void end() {
    if (active) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private static String time(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
