package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.math.Multiply;
import ppl.runtime.Target;

/// A Hamiltonian [Trajectory] by the [Leapfrog] integrator, all of its memory taken in advance.
///
/// The turn is the generalised criterion of Betancourt (2017, appendix A.4.2): a span goes on while the velocities
/// at both of its ends point along its summed momentum `rho`. As in Stan since 2.21, a union is also checked
/// across its seam: each half together with the nearest state of the other.
final class PhaseSpace implements Trajectory {
  private static final double MAX_ENERGY_ERROR = 1000;

  private final Target target;
  private final int d;
  private final Leapfrog leapfrog;
  private final Span[] spans;
  private double[] whole;
  private final double[] beyond;
  private final double[] ahead;
  private Edge later;
  private Edge earlier;
  private Edge spare;
  private double stepSize;
  private double startEnergy;
  private int startGradients;
  private int tries;
  private double acceptance;
  private boolean diverged;

  PhaseSpace(Target target, Metric metric, int maxDepth) {
    this.target = target;
    leapfrog = new Leapfrog(target, metric);
    d = target.dimension();
    whole = new double[d];
    beyond = new double[d];
    ahead = new double[d];
    later = new Edge(d);
    earlier = new Edge(d);
    spare = new Edge(d);
    spans = new Span[Tree.slots(maxDepth)];
    for (int i = 0; i < spans.length; i++) spans[i] = new Span(d);
  }

  /// Momentum and velocity at both ends, summed momentum, and the chosen state. Of one state alone, what is early is late
  /// and the sum: these are written when two of them join.
  private static final class Span {
    boolean alone;
    double[] pEarly;
    double[] vEarly;
    double[] pLate;
    double[] vLate;
    double[] q;
    double[] g;
    double[] rho;
    double logDensity;
    double energy;

    Span(int d) {
      pEarly = new double[d];
      vEarly = new double[d];
      pLate = new double[d];
      vLate = new double[d];
      q = new double[d];
      g = new double[d];
      rho = new double[d];
    }

    void single(Edge e) {
      int d = rho.length;
      alone = true;
      System.arraycopy(e.p, 0, pEarly, 0, d);
      System.arraycopy(e.v, 0, vEarly, 0, d);
      System.arraycopy(e.q, 0, q, 0, d);
      System.arraycopy(e.g, 0, g, 0, d);
      logDensity = e.logDensity;
      energy = e.energy;
    }
  }

  /// Puts the sampler at `q`. Returns whether log density and gradient are finite there.
  boolean place(double[] q) {
    var state = spans[0];
    System.arraycopy(q, 0, state.q, 0, d);
    state.logDensity = target.gradient(state.q, state.g);
    boolean finite = Double.isFinite(state.logDensity);
    for (double x : state.g) finite &= Double.isFinite(x);
    return finite;
  }

  void metric(Metric metric) {
    leapfrog.metric(metric);
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
    metric().momentum(random, later.p);
  }

  @Override
  public void begin() {
    var state = spans[0];
    System.arraycopy(state.q, 0, later.q, 0, d);
    System.arraycopy(state.g, 0, later.g, 0, d);
    later.logDensity = state.logDensity;
    leapfrog.enter(later);
    earlier.copy(later);
    startEnergy = later.energy;
    state.single(later);
    startGradients = leapfrog.gradients();
    diverged = false;
    tries = 0;
    acceptance = 0;
  }

  @Override
  public double step(boolean forward, int slot) {
    var from = forward ? later : earlier;
    var to = spare;
    var outcome = leapfrog.step(from, to, forward ? stepSize : -stepSize);
    tries++;
    acceptance += probability(startEnergy - leapfrog.undivided());
    double logWeight = startEnergy - to.energy;
    diverged = outcome == Leapfrog.Outcome.DIVERGED || !(Math.abs(logWeight) < MAX_ENERGY_ERROR);
    if (diverged || outcome == Leapfrog.Outcome.ONE_WAY) return Double.NaN;
    spare = from;
    if (forward) {
      later = to;
    } else {
      earlier = to;
    }
    spans[slot].single(to);
    return logWeight;
  }

  /// The log weight of one undivided step from the current state.
  double trial() {
    begin();
    leapfrog.part(later, spare, stepSize);
    return startEnergy - spare.energy;
  }

  private static double probability(double logWeight) {
    return Double.isNaN(logWeight) ? 0 : Math.min(1, Math.exp(logWeight));
  }

  @Override
  public boolean join(int into, int other, boolean later, boolean choose) {
    var a = spans[into];
    var b = spans[other];
    boolean goesOn = a.alone ? pair(a, b, later) : union(a, b, later);
    if (choose) take(a, b);
    return goesOn;
  }

  /// Two states. The velocity of each along the momentum of the other is the same.
  private boolean pair(Span a, Span b, boolean later) {
    double across = Multiply.dot(a.vEarly, b.pEarly, d);
    double one = Multiply.dot(a.vEarly, a.pEarly, d);
    double other = Multiply.dot(b.vEarly, b.pEarly, d);
    for (int i = 0; i < d; i++) a.rho[i] = a.pEarly[i] + b.pEarly[i];
    a.alone = false;
    double[] p = a.pLate;
    double[] v = a.vLate;
    a.pLate = later ? b.pEarly : a.pEarly;
    a.vLate = later ? b.vEarly : a.vEarly;
    a.pEarly = later ? a.pEarly : b.pEarly;
    a.vEarly = later ? a.vEarly : b.vEarly;
    b.pEarly = p;
    b.vEarly = v;
    return one + across > 0 && other + across > 0;
  }

  private boolean union(Span a, Span b, boolean later) {
    boolean goesOn = later ? straight(a, b) : straight(b, a);
    double[] sum = a.rho;
    a.rho = whole;
    whole = sum;
    if (later) {
      double[] p = a.pLate;
      double[] v = a.vLate;
      a.pLate = b.pLate;
      a.vLate = b.vLate;
      b.pLate = p;
      b.vLate = v;
    } else {
      double[] p = a.pEarly;
      double[] v = a.vEarly;
      a.pEarly = b.pEarly;
      a.vEarly = b.vEarly;
      b.pEarly = p;
      b.vEarly = v;
    }
    return goesOn;
  }

  /// Leaves the sum of both momenta in `whole`.
  private boolean straight(Span x, Span y) {
    for (int i = 0; i < d; i++) {
      whole[i] = x.rho[i] + y.rho[i];
      beyond[i] = x.rho[i] + y.pEarly[i];
      ahead[i] = y.rho[i] + x.pLate[i];
    }
    return agree(x.vEarly, whole) && agree(y.vLate, whole) && agree(x.vEarly, beyond) && agree(y.vEarly, beyond)
        && agree(x.vLate, ahead) && agree(y.vLate, ahead);
  }

  private boolean agree(double[] velocity, double[] momentum) {
    return Multiply.dot(velocity, momentum, d) > 0;
  }

  private static void take(Span a, Span b) {
    double[] q = a.q;
    double[] g = a.g;
    a.q = b.q;
    a.g = b.g;
    b.q = q;
    b.g = g;
    a.logDensity = b.logDensity;
    a.energy = b.energy;
  }

  double[] position() {
    return spans[0].q;
  }

  double logDensity() {
    return spans[0].logDensity;
  }

  double energy() {
    return spans[0].energy;
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
