package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.runtime.Target;

/// A Hamiltonian [Trajectory] by the leapfrog integrator, all of its memory taken in advance.
///
/// The turn is the generalised criterion of Betancourt (2017, appendix A.4.2): a span goes on while the velocities
/// at both of its ends point along its summed momentum `rho`. As in Stan since 2.21, a union is also checked
/// across its seam: each half together with the nearest state of the other.
final class PhaseSpace implements Trajectory {
  private static final double MAX_ENERGY_ERROR = 1000;

  private final Target target;
  private final int d;
  private final Edge later;
  private final Edge earlier;
  private final Span[] spans;
  private Metric metric;
  private double stepSize;
  private double startEnergy;
  private int steps;
  private double acceptance;

  PhaseSpace(Target target, Metric metric, int maxDepth) {
    this.target = target;
    this.metric = metric;
    d = target.dimension();
    later = new Edge(d);
    earlier = new Edge(d);
    spans = new Span[Tree.slots(maxDepth)];
    for (int i = 0; i < spans.length; i++) spans[i] = new Span(d);
  }

  /// One end of the walk: position, momentum, gradient, velocity `M^-1 p`, and `M^-1 gradient`. Keeping the last
  /// two costs one product with the metric a step instead of two.
  private static final class Edge {
    final double[] q;
    final double[] p;
    final double[] g;
    final double[] v;
    final double[] w;

    Edge(int d) {
      q = new double[d];
      p = new double[d];
      g = new double[d];
      v = new double[d];
      w = new double[d];
    }

    void copy(Edge other) {
      int d = q.length;
      System.arraycopy(other.q, 0, q, 0, d);
      System.arraycopy(other.p, 0, p, 0, d);
      System.arraycopy(other.g, 0, g, 0, d);
      System.arraycopy(other.v, 0, v, 0, d);
      System.arraycopy(other.w, 0, w, 0, d);
    }
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

    void single(Edge e, double logDensity, double energy) {
      int d = rho.length;
      System.arraycopy(e.p, 0, pEarly, 0, d);
      System.arraycopy(e.p, 0, pLate, 0, d);
      System.arraycopy(e.p, 0, rho, 0, d);
      System.arraycopy(e.v, 0, vEarly, 0, d);
      System.arraycopy(e.v, 0, vLate, 0, d);
      System.arraycopy(e.q, 0, q, 0, d);
      System.arraycopy(e.g, 0, g, 0, d);
      this.logDensity = logDensity;
      this.energy = energy;
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
    this.metric = metric;
  }

  Metric metric() {
    return metric;
  }

  void stepSize(double stepSize) {
    this.stepSize = stepSize;
  }

  double stepSize() {
    return stepSize;
  }

  /// Draws a new momentum for the current state; [#begin] then starts there.
  void refresh(RandomGenerator random) {
    metric.momentum(random, later.p);
  }

  @Override
  public void begin() {
    var state = spans[0];
    System.arraycopy(state.q, 0, later.q, 0, d);
    System.arraycopy(state.g, 0, later.g, 0, d);
    metric.velocity(later.p, later.v);
    metric.velocity(later.g, later.w);
    earlier.copy(later);
    startEnergy = kinetic(later) - state.logDensity;
    state.single(later, state.logDensity, startEnergy);
    steps = 0;
    acceptance = 0;
  }

  @Override
  public double step(boolean forward, int slot) {
    var e = forward ? later : earlier;
    double eps = forward ? stepSize : -stepSize;
    kick(e, eps);
    for (int i = 0; i < d; i++) e.q[i] += eps * e.v[i];
    double logDensity = target.gradient(e.q, e.g);
    metric.velocity(e.g, e.w);
    kick(e, eps);
    double energy = kinetic(e) - logDensity;
    steps++;
    double logWeight = startEnergy - energy;
    if (!(logWeight > -MAX_ENERGY_ERROR) || logWeight == Double.POSITIVE_INFINITY) return Double.NaN;
    acceptance += Math.min(1, Math.exp(logWeight));
    spans[slot].single(e, logDensity, energy);
    return logWeight;
  }

  private void kick(Edge e, double eps) {
    double h = 0.5 * eps;
    double[] p = e.p;
    double[] v = e.v;
    double[] g = e.g;
    double[] w = e.w;
    for (int i = 0; i < d; i++) {
      p[i] += h * g[i];
      v[i] += h * w[i];
    }
  }

  private double kinetic(Edge e) {
    double s = 0;
    for (int i = 0; i < d; i++) s += e.p[i] * e.v[i];
    return 0.5 * s;
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

  int steps() {
    return steps;
  }

  /// Mean Metropolis acceptance probability over the steps since [#begin].
  double acceptance() {
    return steps == 0 ? 0 : acceptance / steps;
  }
}
