package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.math.Multiply;
import ppl.runtime.Target;

/// A Hamiltonian [Trajectory] by the [Leapfrog] integrator, whose memory is used again and again.
///
/// Metrics enter by the coordinates alone in which they are the identity ([Metric]): momenta here are velocities.
///
/// The turn is the generalised criterion of Betancourt (2017, appendix A.4.2): a span goes on while the velocities
/// at both of its ends point along its summed momentum `rho`. As in Stan since 2.21, a union is also checked
/// across its seam: each half together with the nearest state of the other.
final class PhaseSpace implements Trajectory {
  private static final double MAX_ENERGY_ERROR = 1000;

  private final int d;
  private final Leapfrog leapfrog;
  private final States states;
  private final Span[] spans;
  private final double[] products = new double[Multiply.CROSSED];
  private double[] whole;
  private State later;
  private State earlier;
  private double stepSize;
  private double startEnergy;
  private int startGradients;
  private int tries;
  private double acceptance;
  private boolean diverged;

  PhaseSpace(Target target, Metric metric, int maxDepth) {
    leapfrog = new Leapfrog(target, metric);
    d = target.dimension();
    whole = new double[d];
    states = new States(d);
    var first = states.take();
    later = states.held(first);
    earlier = states.held(first);
    spans = new Span[Tree.slots(maxDepth)];
    for (int i = 0; i < spans.length; i++) spans[i] = new Span(first);
  }

  /// The states at both ends, the summed momentum and its products with those at the ends, and the chosen state.
  private final class Span {
    State early;
    State late;
    State chosen;
    /// Of one state alone its momentum.
    double[] rho;
    double[] own = new double[d];
    double alongEarly;
    double alongLate;

    Span(State first) {
      early = states.held(first);
      late = states.held(first);
      chosen = states.held(first);
      rho = first.p;
    }

    void single(State s) {
      early = states.hold(s, early);
      late = states.hold(s, late);
      chosen = states.hold(s, chosen);
      rho = s.p;
      alongEarly = s.square;
      alongLate = s.square;
    }
  }

  /// Puts the sampler at `q`. Returns whether log density and gradient are finite there.
  boolean place(double[] q) {
    var state = spans[0].chosen;
    System.arraycopy(q, 0, state.q, 0, d);
    leapfrog.enter(state);
    return Finite.all(state.logDensity, state.slope);
  }

  /// Goes on from the same position with another metric.
  void metric(Metric metric) {
    leapfrog.metric(metric);
    leapfrog.enter(spans[0].chosen);
  }

  Metric metric() {
    return leapfrog.metric();
  }

  void stepSize(double stepSize) {
    this.stepSize = stepSize;
  }

  double stepSize() {
    return stepSize;
  }

  /// Draws a new momentum for the current state; [#begin] then starts there.
  void refresh(RandomGenerator random) {
    double[] p = spans[0].chosen.p;
    for (int i = 0; i < d; i++) p[i] = random.nextGaussian();
  }

  @Override
  public void begin() {
    var now = spans[0].chosen;
    leapfrog.weigh(now);
    startEnergy = now.energy;
    later = states.hold(now, later);
    earlier = states.hold(now, earlier);
    for (var span : spans) span.single(now);
    startGradients = leapfrog.gradients();
    diverged = false;
    tries = 0;
    acceptance = 0;
  }

  @Override
  public double step(boolean forward, int slot) {
    var from = forward ? later : earlier;
    var to = states.take();
    var outcome = leapfrog.step(from, to, forward ? stepSize : -stepSize);
    tries++;
    acceptance += probability(startEnergy - leapfrog.undivided());
    double logWeight = startEnergy - to.energy;
    diverged = outcome == Leapfrog.Outcome.DIVERGED || !(Math.abs(logWeight) < MAX_ENERGY_ERROR);
    if (diverged || outcome == Leapfrog.Outcome.ONE_WAY) {
      states.back(to);
      return Double.NaN;
    }
    spans[slot].single(to);
    if (forward) {
      later = states.hold(to, later);
    } else {
      earlier = states.hold(to, earlier);
    }
    return logWeight;
  }

  /// The log weight of one undivided step from the current state.
  double trial() {
    begin();
    var to = states.take();
    leapfrog.part(later, to, stepSize);
    states.back(to);
    return startEnergy - to.energy;
  }

  private static double probability(double logWeight) {
    return Double.isNaN(logWeight) ? 0 : Math.min(1, Math.exp(logWeight));
  }

  @Override
  public boolean join(int into, int other, boolean later, boolean choose) {
    var a = spans[into];
    var b = spans[other];
    boolean goesOn = later ? union(a, a, b) : union(a, b, a);
    if (later) a.late = states.hold(b.late, a.late);
    else a.early = states.hold(b.early, a.early);
    if (choose) a.chosen = states.hold(b.chosen, a.chosen);
    return goesOn;
  }

  /// Joins into `a` the sums and products of `x` and `y`, one of which it is, the earlier one first.
  private boolean union(Span a, Span x, Span y) {
    Multiply.cross(x.rho, x.early.p, x.late.p, y.rho, y.early.p, y.late.p, whole, products, d);
    double early = x.alongEarly + products[0];
    double late = y.alongLate + products[3];
    boolean goesOn = early > 0 && late > 0
        && x.alongEarly + products[4] > 0 && y.early.square + products[2] > 0
        && x.late.square + products[1] > 0 && y.alongLate + products[5] > 0;
    double[] spare = a.own;
    a.own = whole;
    a.rho = whole;
    whole = spare;
    a.alongEarly = early;
    a.alongLate = late;
    return goesOn;
  }

  double[] position() {
    return spans[0].chosen.q;
  }

  double logDensity() {
    return spans[0].chosen.logDensity;
  }

  double energy() {
    return spans[0].chosen.energy;
  }

  /// Gradients since [#begin].
  int steps() {
    return leapfrog.gradients() - startGradients;
  }

  /// Whether the walk since [#begin] met a place that no step can cross.
  boolean diverged() {
    return diverged;
  }

  /// Mean Metropolis acceptance probability over the steps since [#begin], had none been divided.
  double acceptance() {
    return tries == 0 ? 0 : acceptance / tries;
  }
}
