package ppl.infer;

import java.util.random.RandomGenerator;
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
    later = new Edge(d);
    earlier = new Edge(d);
    spare = new Edge(d);
    spans = new Span[Tree.slots(maxDepth)];
    for (int i = 0; i < spans.length; i++) spans[i] = new Span(d);
  }

  /// Momentum and velocity at both ends, summed momentum, and the chosen state.
  private static final class Span {
    double[] pEarly;
    double[] vEarly;
    double[] pLate;
    double[] vLate;
    double[] q;
    double[] g;
    final double[] rho;
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
      System.arraycopy(e.p, 0, pEarly, 0, d);
      System.arraycopy(e.p, 0, pLate, 0, d);
      System.arraycopy(e.p, 0, rho, 0, d);
      System.arraycopy(e.v, 0, vEarly, 0, d);
      System.arraycopy(e.v, 0, vLate, 0, d);
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
    boolean goesOn = later ? straight(a, b) : straight(b, a);
    for (int i = 0; i < d; i++) a.rho[i] += b.rho[i];
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
    if (choose) take(a, b);
    return goesOn;
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

  private boolean straight(Span x, Span y) {
    double xWhole = 0;
    double yWhole = 0;
    double xSeam = 0;
    double ySeam = 0;
    double xEnd = 0;
    double yEnd = 0;
    for (int i = 0; i < d; i++) {
      double rx = x.rho[i];
      double ry = y.rho[i];
      double whole = rx + ry;
      double beyond = rx + y.pEarly[i];
      double ahead = ry + x.pLate[i];
      xWhole += x.vEarly[i] * whole;
      yWhole += y.vLate[i] * whole;
      xSeam += x.vEarly[i] * beyond;
      xEnd += y.vEarly[i] * beyond;
      ySeam += x.vLate[i] * ahead;
      yEnd += y.vLate[i] * ahead;
    }
    return xWhole > 0 && yWhole > 0 && xSeam > 0 && xEnd > 0 && ySeam > 0 && yEnd > 0;
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
