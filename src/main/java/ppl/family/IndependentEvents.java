package ppl.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.family.Family.Event;
import ppl.runtime.Block;
import ppl.runtime.Crew;
import ppl.runtime.Portions;

/// Independent events of one family each; of the same one unless bounds differ.
final class IndependentEvents implements Factor {
  /// About what a moment takes.
  private static final int NANOS = 40;

  private final Block block;
  private final Block.Independent shape;
  /// Values of an event.
  private final int width;
  private final Event[] events;
  private final Family[] families;
  private final List<Layout> layouts = new ArrayList<>();
  private final int[] layout;
  /// Natural parameters and moments of the families, event after event.
  private final double[][] eta;
  private final double[][] moments;
  /// Log normalisers, NaN where they are still to be had.
  private final double[] log;
  private boolean solved;
  private final Portions solving;
  private final Portions measuring;
  /// Of each portion.
  private final double[] entropies;
  private final double[] x;

  IndependentEvents(Block block, Block.Independent shape) {
    this.block = block;
    this.shape = shape;
    int count = shape.count();
    width = switch (shape.space()) {
      case SCALAR, POLYA_GAMMA -> 1;
      case SIMPLEX -> shape.extent();
      case COVARIANCE -> shape.extent() * shape.extent();
    };
    events = new Event[count];
    families = new Family[count];
    layout = new int[count];
    eta = new double[count][];
    moments = new double[count][];
    log = new double[count];
    x = new double[width];
    solving = Portions.of(count, (long) NANOS * shape.moments(), (_, from, to) -> solve(from, to));
    measuring = Portions.of(count, (long) NANOS * shape.moments(), this::measure);
    entropies = new double[measuring.count()];
    for (int i = 0; i < count; i++) {
      boolean scalar = shape.space().isNumber();
      var event = new Event(shape.extent(), scalar ? shape.lower()[i] : 0, scalar ? shape.upper()[i] : 0);
      boolean again = i > 0 && event.equals(events[i - 1]);
      events[i] = again ? events[i - 1] : event;
      families[i] = again ? families[i - 1] : family(event);
      layout[i] = i > 0 && families[i].equals(families[i - 1]) ? layout[i - 1] : added(families[i]);
      eta[i] = new double[layouts.get(layout[i]).first().length];
      moments[i] = new double[eta[i].length];
    }
  }

  private Family family(Event event) {
    var found = shape.space() == Block.Space.SCALAR ? Families.scalar(shape.statistics(), event)
        : Families.find(shape.space(), shape.statistics(), false);
    return found.orElseThrow(() -> new IllegalArgumentException("no family has the statistics " + shape));
  }

  /// Where a family's numbers stand among the block's.
  ///
  /// @param first  for the first event; -1 for statistics that do not occur
  /// @param stride from one event to the next
  private record Layout(int[] first, int[] stride) {
    int place(int event, int k) {
      return first[k] + event * stride[k];
    }
  }

  private int added(Family family) {
    var first = new ArrayList<Integer>();
    var stride = new ArrayList<Integer>();
    for (var s : family.statistics()) {
      int offset = 0;
      int from = -1;
      for (var t : shape.statistics()) {
        if (t.equals(s)) from = offset;
        offset += shape.count() * shape.width(t);
      }
      for (int k = 0; k < shape.width(s); k++) {
        first.add(from < 0 ? -1 : from + k);
        stride.add(shape.width(s));
      }
    }
    layouts.add(new Layout(first.stream().mapToInt(p -> p).toArray(), stride.stream().mapToInt(p -> p).toArray()));
    return layouts.size() - 1;
  }

  @Override
  public Optional<String> set(double[] natural) {
    for (int i = 0; i < events.length; i++) {
      var places = layouts.get(layout[i]);
      for (int k = 0; k < eta[i].length; k++) eta[i][k] = places.first()[k] < 0 ? 0 : natural[places.place(i, k)];
      var attempt = families[i].attempt(eta[i], events[i], moments[i]);
      if (attempt.objection().isPresent()) return Optional.of(Elements.name(block, i * width) + ": " + attempt.objection().get());
      log[i] = attempt.log().orElse(Double.NaN);
    }
    solved = false;
    return Optional.empty();
  }

  /// Log normalisers and moments, which draws do without.
  private void solve() {
    if (solved) return;
    solving.run();
    solved = true;
  }

  private void solve(int from, int to) {
    for (int i = from; i < to; i++) if (Double.isNaN(log[i])) log[i] = families[i].solve(eta[i], events[i], moments[i]);
  }

  private void measure(int portion, int from, int to) {
    double h = 0;
    for (int i = from; i < to; i++) h += families[i].entropy(eta[i], events[i], moments[i], log[i]);
    entropies[portion] = h;
  }

  private void scatter(int i, double[] from, double[] out) {
    var places = layouts.get(layout[i]);
    for (int k = 0; k < from.length; k++) if (places.first()[k] >= 0) out[places.place(i, k)] = from[k];
  }

  @Override
  public void moments(double[] out) {
    solve();
    for (int i = 0; i < events.length; i++) scatter(i, moments[i], out);
  }

  @Override
  public double logNormaliser() {
    solve();
    return Arrays.stream(log).sum();
  }

  @Override
  public double entropy() {
    solve();
    measuring.run();
    double h = 0;
    for (double e : entropies) h += e;
    return h;
  }

  @Override
  public void helpedBy(Crew crew) {
    solving.helpedBy(crew);
    measuring.helpedBy(crew);
  }

  @Override
  public double logDensity(double[] values) {
    solve();
    double sum = 0;
    for (int i = 0; i < events.length; i++) {
      System.arraycopy(values, i * width, x, 0, width);
      var t = new double[eta[i].length];
      families[i].statistics(x, events[i], t);
      sum -= log[i];
      for (int k = 0; k < t.length; k++) if (eta[i][k] != 0) sum += eta[i][k] * t[k];
    }
    return sum;
  }

  @Override
  public void draw(RandomGenerator random, double[] values) {
    for (int i = 0; i < events.length; i++) {
      families[i].draw(random, eta[i], events[i], x);
      System.arraycopy(x, 0, values, i * width, width);
    }
  }

  @Override
  public void statistics(double[] values, double[] out) {
    for (int i = 0; i < events.length; i++) {
      System.arraycopy(values, i * width, x, 0, width);
      var t = new double[eta[i].length];
      families[i].statistics(x, events[i], t);
      scatter(i, t, out);
    }
  }

  @Override
  public int locations() {
    return events.length * width;
  }

  @Override
  public void locate(double[] location, double[] unit) {
    for (int i = 0; i < events.length; i++) families[i].locate(eta[i], events[i], width, location, unit, i * width);
  }

  @Override
  public void centre(double[] values) {}

  @Override
  public double mean(int value) {
    int i = value / width;
    return families[i].mean(eta[i], events[i], value % width);
  }

  @Override
  public double sd(int value) {
    int i = value / width;
    return families[i].sd(eta[i], events[i], value % width);
  }

  @Override
  public double quantile(int value, double p) {
    int i = value / width;
    return families[i].quantile(eta[i], events[i], value % width, p);
  }
}
