package ppl.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Turns Ctrl-C into a request to stop: the run ends by itself, its results are written, then the process ends.
///
/// The JVM answers the signal by running shutdown hooks; ours asks the run to stop and waits for it. The exit code is
/// then 130, whatever the run returns. A computation that does not stop is given up after a minute; the results of one
/// that has stopped are written however long that takes.
final class Interrupt implements AutoCloseable {
  private static final int SECONDS = 60;

  private final AtomicBoolean asked = new AtomicBoolean();
  private final CountDownLatch computed = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "interrupt");

  Interrupt() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// Whether the run should stop.
  boolean asked() {
    return asked.get();
  }

  /// The engine has come back; what is left is to deliver.
  void computed() {
    computed.countDown();
  }

  private void stop() {
    asked.set(true);
    try {
      if (computed.await(SECONDS, TimeUnit.SECONDS)) done.await();
      else System.err.println("ppl: gave up waiting for the run to stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The results are out.
  @Override
  public void close() {
    computed.countDown();
    done.countDown();
    if (asked.get()) return;
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal came just now; the hook finds the latch open.
    }
  }
}
