package ppl.infer;

/// Passes progress on and remembers whether it was told to stop; from then on it always says so.
final class Watch implements Progress {
  private final Progress progress;
  private volatile boolean stopped;

  Watch(Progress progress) {
    this.progress = progress;
  }

  @Override
  public boolean report(int chain, int iteration, int total, Phase phase) {
    if (!stopped && !progress.report(chain, iteration, total, phase)) stopped = true;
    return !stopped;
  }

  boolean stopped() {
    return stopped;
  }
}
