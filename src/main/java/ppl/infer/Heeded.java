package ppl.infer;

/// A walk that breaks off where its run is to end. The progress is asked now and then, not at each step.
final class Heeded implements Trajectory {
  private static final long PAUSE_NANOS = 20_000_000;

  private final Trajectory walk;
  private Progress progress = Progress.SILENT;
  private int chain;
  private int iteration;
  private int total;
  private Progress.Phase phase = Progress.Phase.STARTING;
  private long last = System.nanoTime();
  private boolean stopped;

  Heeded(Trajectory walk) {
    this.walk = walk;
  }

  /// Whether iteration `iteration` is to begin.
  boolean begins(Progress heard, int ofChain, int number, int of, Progress.Phase during) {
    progress = heard;
    chain = ofChain;
    iteration = number;
    total = of;
    phase = during;
    return goesOn();
  }

  /// Whether the run goes on.
  boolean goesOn() {
    last = System.nanoTime();
    stopped |= !progress.report(chain, iteration, total, phase);
    return !stopped;
  }

  boolean stopped() {
    return stopped;
  }

  @Override
  public void begin() {
    walk.begin();
  }

  @Override
  public double step(boolean forward, int slot) {
    if (System.nanoTime() - last >= PAUSE_NANOS && !goesOn()) return Double.NaN;
    return walk.step(forward, slot);
  }

  @Override
  public boolean join(int into, int other, boolean later, boolean choose) {
    return walk.join(into, other, later, choose);
  }
}
