package org.burin.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.burin.train.Trainer;

/// While this is open, a training ends in good order when the JVM is asked to end (Ctrl-C, SIGTERM): the step at hand is
/// finished and the checkpoint written before the JVM goes.
final class StopOnShutdown implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  StopOnShutdown(Trainer trainer) {
    hook = new Thread(() -> end(trainer), "stop-training");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Trainer trainer) {
    trainer.stop();
    try {
      if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("burin train: the step did not end within " + PATIENCE_SECONDS
            + " seconds; the checkpoint before it is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Says that the training and what is to be printed about it is over.
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs already, and the count lets it go.
    }
  }
}
