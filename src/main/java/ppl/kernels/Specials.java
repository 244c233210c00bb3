package ppl.kernels;

/// Special functions on the first `n` elements of arrays, `y[i] = f(x[i])`, that take several passes: `work` is another
/// array of `n` elements, and none of them is the same.
public final class Specials {
  // Lambdas, as in Maps.
  private static final Gear ERF = of((x, y, work, n) -> SpecialLanes.erf(x, y, work, n));
  private static final Gear ERFC = of((x, y, work, n) -> SpecialLanes.erfc(x, y, work, n));
  private static final Gear PHI = of((x, y, work, n) -> SpecialLanes.phi(x, y, work, n));
  private static final Gear LOG_PHI = of((x, y, work, n) -> SpecialLanes.logPhi(x, y, work, n));
  private static final Gear LOG_PHI_SLOPE = of((x, y, work, n) -> SpecialLanes.logPhiSlope(x, y, work, n));
  private static final Gear LGAMMA = of((x, y, work, n) -> SpecialLanes.lgamma(x, y, work, n));
  private static final Gear DIGAMMA = of((x, y, work, n) -> SpecialLanes.digamma(x, y, work, n));
  private static final Gear POW = of((x, y, work, n) -> SpecialLanes.pow(x, x, y, work, n));

  private Specials() {}

  private interface Map {
    int run(double[] x, double[] y, double[] work, int n);
  }

  private static Gear of(Map f) {
    var x = new double[Gear.SIZE];
    for (int i = 0; i < x.length; i++) x[i] = (i + 1) / 20.0;
    var y = new double[x.length];
    var work = new double[x.length];
    return new Gear(() -> f.run(x, y, work, x.length));
  }

  public static void erf(double[] x, double[] y, double[] work, int n) {
    int i = ERF.vectors(n) ? SpecialLanes.erf(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.erf(x[i]);
  }

  public static void erfc(double[] x, double[] y, double[] work, int n) {
    int i = ERFC.vectors(n) ? SpecialLanes.erfc(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.erfc(x[i]);
  }

  /// The distribution function of the standard normal.
  public static void phi(double[] x, double[] y, double[] work, int n) {
    int i = PHI.vectors(n) ? SpecialLanes.phi(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.phi(x[i]);
  }

  /// The log of [#phi].
  public static void logPhi(double[] x, double[] y, double[] work, int n) {
    int i = LOG_PHI.vectors(n) ? SpecialLanes.logPhi(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.logPhi(x[i]);
  }

  /// The derivative of [#logPhi].
  public static void logPhiSlope(double[] x, double[] y, double[] work, int n) {
    int i = LOG_PHI_SLOPE.vectors(n) ? SpecialLanes.logPhiSlope(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.logPhiSlope(x[i]);
  }

  /// log |Gamma(x)|.
  public static void lgamma(double[] x, double[] y, double[] work, int n) {
    int i = LGAMMA.vectors(n) ? SpecialLanes.lgamma(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.lgamma(x[i]);
  }

  /// The derivative of log Gamma(x).
  public static void digamma(double[] x, double[] y, double[] work, int n) {
    int i = DIGAMMA.vectors(n) ? SpecialLanes.digamma(x, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.digamma(x[i]);
  }

  /// `y[i] = x[i]^b[i]`.
  public static void pow(double[] x, double[] b, double[] y, double[] work, int n) {
    int i = POW.vectors(n) ? SpecialLanes.pow(x, b, y, work, n) : 0;
    for (; i < n; i++) y[i] = Special.pow(x[i], b[i]);
  }
}
