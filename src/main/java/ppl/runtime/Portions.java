package ppl.runtime;

/// A loop over many elements in portions that need nothing of each other, which threads may share. How many there are
/// depends on the elements alone; so who keeps one sum a portion, and adds these up in order, gets the same bits whoever
/// did them. Each loop has its own, since whether help helps is found by the time that one loop takes.
public final class Portions implements Divided {
  private static final int MOST = 32;
  /// Nanoseconds of a portion, beside which handing out is next to nothing.
  private static final int WORTH = 20_000;

  /// What is done to the elements `from` to `to - 1`.
  @FunctionalInterface
  public interface Body {
    void of(int portion, int from, int to);
  }

  private final int elements;
  private final int count;
  private final Body body;
  /// Null without one, as in compiled classes.
  private Hands hands;

  private Portions(int elements, int count, Body body) {
    this.elements = elements;
    this.count = count;
    this.body = body;
  }

  /// @param elements how many there are
  /// @param nanos    about how long all of them take
  /// @param body     what is done to them, each time
  public static Portions of(int elements, long nanos, Body body) {
    return new Portions(elements, (int) Math.max(1, Math.min(MOST, Math.min(elements, nanos / WORTH))), body);
  }

  /// How many portions there are, 1 at least.
  public int count() {
    return count;
  }

  /// Idle threads of `crew` help from now on.
  public void helpedBy(Crew crew) {
    if (count > 1 && crew.threads() > 1) hands(new Team(this, crew));
  }

  /// Does it to all elements.
  public void run() {
    Hands.run(hands, this, 0, count);
  }

  @Override
  public void part(int loop, int part) {
    body.of(part, from(part), from(part + 1));
  }

  private int from(int portion) {
    return (int) ((long) elements * portion / count);
  }

  /// This one: what portions work in is theirs.
  @Override
  public Divided helper() {
    return this;
  }

  @Override
  public void hands(Hands hands) {
    this.hands = hands;
  }

  @Override
  public long shared() {
    return 0;
  }

  @Override
  public long own() {
    return 0;
  }
}
