package ppl.runtime;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/// Several positions in one pass over the data. Each has an instance of its own; these take turns at every part of the loop
/// that takes longest, so that the data of a part are fetched once for all of them.
///
/// An evaluation runs until it comes to that loop, and begins the next one there. When the last has come, the parts are done
/// for all, and all run on to their ends, the last first. Each adds up its parts in their order, so that bits are those of
/// one after another. Whether this takes less time is found by trying both.
final class Abreast {
  /// Positions of a pass at most: further ones would gain little.
  private static final int MOST = 8;
  /// Bytes of data below which they stay near from one evaluation to the next.
  private static final long MANY = 1 << 20;
  /// So many times what the instances have for themselves must data be.
  private static final long MORE = 16;
  private static final double[][] NOWHERE = {};

  private final Place[] places;
  private final Turns turns;
  private final Pass densities = new Pass();
  private final Pass gradients = new Pass();
  private final FirstFailure failure = new FirstFailure();
  // The pass that is going on:
  private Pass pass = densities;
  private double[][] at = NOWHERE;
  private double[][] slopes = NOWHERE;
  private double[] values = {};
  private int first;
  private int end;
  /// The next position to begin with.
  private int next;
  private boolean together;
  /// Whether those who came to the loop wait for others.
  private boolean waiting;

  /// How many positions there are best in a pass.
  ///
  /// @param beside bytes that each needs outside of its instance
  static int most(Divided kernel, long beside) {
    long data = kernel.shared();
    return data < MANY ? 1 : (int) Math.clamp(data / Math.max(1, MORE * (kernel.own() + beside)), 1, MOST);
  }

  /// @param most positions of a pass
  /// @param fork gives another instance, with loops done by the given hands
  Abreast(int most, Function<Hands, KernelTarget> fork, Optional<Crew> crew) {
    places = new Place[most];
    Arrays.setAll(places, k -> new Place(k, fork, crew));
    turns = Turns.of(Arrays.stream(places).map(p -> p.kernel).toArray(Divided[]::new), crew);
  }

  void logDensities(int count, double[][] q, double[] values) {
    run(densities, count, q, NOWHERE, values);
  }

  void gradients(int count, double[][] q, double[][] slopes, double[] values) {
    run(gradients, count, q, slopes, values);
  }

  private void run(Pass pass, int count, double[][] q, double[][] slopes, double[] values) {
    this.pass = pass;
    this.at = q;
    this.slopes = slopes;
    this.values = values;
    for (first = 0; first < count; first = end) {
      end = Math.min(count, first + places.length);
      next = first;
      if (end - first == 1 || !pass.isKnown()) oneByOne();
      else {
        long begin = System.nanoTime();
        if (pass.trial.second()) inOnePass();
        else oneByOne();
        pass.trial.add(System.nanoTime() - begin, end - first);
      }
    }
  }

  private void oneByOne() {
    for (int k = first; k < end; k++) evaluate(places[0], k);
    pass.look();
  }

  private void inOnePass() {
    together = true;
    waiting = true;
    turns.clear();
    while (next < end) begin();
    waiting = false;
    together = false;
    failure.raise();
  }

  /// Begins with the next position; where it ends, all that began after it have ended.
  private void begin() {
    int k = next++;
    try {
      evaluate(places[k - first], k);
    } catch (Throwable e) {
      failure.add(k, e);
    }
  }

  private void evaluate(Place place, int k) {
    values[k] = pass == gradients ? place.target.gradient(at[k], slopes[k]) : place.target.logDensity(at[k]);
  }

  /// What is evaluated: which of its loops takes longest, as one by one it showed, and whether it pays to share that.
  private static final class Pass {
    final Trial trial = new Trial();
    private long[] nanos = {};
    private int longest = -1;

    /// Whether any loop is known to have parts.
    boolean isKnown() {
      return longest >= 0;
    }

    void took(int loop, long time) {
      if (loop >= nanos.length) nanos = Arrays.copyOf(nanos, loop + 1);
      nanos[loop] += time;
    }

    void look() {
      for (int l = 0; l < nanos.length; l++) if (nanos[l] > 0 && (longest < 0 || nanos[l] > nanos[longest])) longest = l;
    }
  }

  /// The instance of one position, and who does the parts of its loops.
  final class Place implements Hands {
    private final int number;
    private final KernelTarget target;
    private final Divided kernel;
    /// Null without a crew.
    private final Hands own;
    private final FirstFailure parts = new FirstFailure();

    private Place(int number, Function<Hands, KernelTarget> fork, Optional<Crew> crew) {
      this.number = number;
      this.target = fork.apply(this);
      this.kernel = target.divided().orElseThrow();
      this.own = crew.<Hands>map(c -> new Team(kernel, c)).orElse(null);
    }

    @Override
    public void all(Divided kernel, int loop, int count) {
      if (waiting && loop == pass.longest) come(loop, count);
      else if (together) Hands.run(own, kernel, loop, count);
      else {
        long begin = System.nanoTime();
        Hands.run(own, kernel, loop, count);
        pass.took(loop, System.nanoTime() - begin);
      }
    }

    private void come(int loop, int count) {
      turns.add(number, parts);
      while (waiting && next < end) begin();
      if (waiting) turns.all(loop, count);
      waiting = false;
      parts.raise();
    }
  }
}
