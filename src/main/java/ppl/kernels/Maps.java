package ppl.kernels;

/// Functions on the first `n` elements of arrays: `y[i] = f(x[i])`.
public final class Maps {
  // Method references would load the classes of vectors, which may not be there; lambdas do when they run.
  private static final Gear EXP = of((x, y, n) -> MapLanes.exp(x, y, n));
  private static final Gear EXP_SUM = summing();
  private static final Gear LOG = of((x, y, n) -> MapLanes.log(x, y, n));
  private static final Gear LOG1P = of((x, y, n) -> MapLanes.log1p(x, y, n));
  private static final Gear EXPM1 = of((x, y, n) -> SpecialLanes.expm1(x, y, n));
  private static final Gear TANH = of((x, y, n) -> SpecialLanes.tanh(x, y, n));
  private static final Gear DECAY = of((x, y, n) -> MapLanes.decay(x, y, n));
  private static final Gear SOFTPLUS = given((x, t, y, n) -> MapLanes.softplus(x, t, y, n));
  private static final Gear SIGMOID = given((x, t, y, n) -> MapLanes.sigmoid(x, t, y, n));

  private Maps() {}

  private interface Map1 {
    int run(double[] x, double[] y, int n);
  }

  private interface Map2 {
    int run(double[] x, double[] t, double[] y, int n);
  }

  static double[] sample() {
    var x = new double[Gear.SIZE];
    for (int i = 0; i < x.length; i++) x[i] = (i + 1) / 64.0;
    return x;
  }

  private static Gear of(Map1 f) {
    var x = sample();
    var y = new double[x.length];
    return new Gear(() -> f.run(x, y, x.length));
  }

  private static Gear given(Map2 f) {
    var x = sample();
    var y = new double[x.length];
    return new Gear(() -> f.run(x, x, y, x.length));
  }

  private static Gear summing() {
    var x = sample();
    var y = new double[x.length];
    var sums = new double[Sums.WAYS];
    return new Gear(() -> MapLanes.expSum(x, y, sums, x.length));
  }

  public static void exp(double[] x, double[] y, int n) {
    int i = EXP.vectors(n) ? MapLanes.exp(x, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.exp(x[i]);
  }

  /// [#exp] into another array, and `out[0]` becomes the sum of the values as [Sums#sum] takes it; `out` holds 8 numbers.
  public static void expSum(double[] x, double[] y, double[] out, int n) {
    int i = EXP_SUM.vectors(n) ? MapLanes.expSum(x, y, out, n) : expSumPlain(x, y, out, n);
    for (; i < n; i++) {
      y[i] = Elementary.exp(x[i]);
      out[i % Sums.WAYS] += y[i];
    }
    out[0] = Sums.fold(out, 0);
  }

  /// Sums of every eighth element; gives the number of elements that are done.
  static int expSumPlain(double[] x, double[] y, double[] out, int n) {
    int end = n - n % Sums.WAYS;
    for (int i = 0; i < end; i++) y[i] = Elementary.exp(x[i]);
    return Sums.plain(y, 0, out, end);
  }

  public static void log(double[] x, double[] y, int n) {
    int i = LOG.vectors(n) ? MapLanes.log(x, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.log(x[i]);
  }

  public static void log1p(double[] x, double[] y, int n) {
    int i = LOG1P.vectors(n) ? MapLanes.log1p(x, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.log1p(x[i]);
  }

  public static void expm1(double[] x, double[] y, int n) {
    int i = EXPM1.vectors(n) ? SpecialLanes.expm1(x, y, n) : 0;
    for (; i < n; i++) y[i] = Special.expm1(x[i]);
  }

  public static void tanh(double[] x, double[] y, int n) {
    int i = TANH.vectors(n) ? SpecialLanes.tanh(x, y, n) : 0;
    for (; i < n; i++) y[i] = Special.tanh(x[i]);
  }

  private static void decay(double[] x, double[] y, int n) {
    int i = DECAY.vectors(n) ? MapLanes.decay(x, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.decay(x[i]);
  }

  private static void softplus(double[] x, double[] t, double[] y, int n) {
    int i = SOFTPLUS.vectors(n) ? MapLanes.softplus(x, t, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.softplus(x[i], t[i]);
  }

  private static void sigmoid(double[] x, double[] t, double[] y, int n) {
    int i = SIGMOID.vectors(n) ? MapLanes.sigmoid(x, t, y, n) : 0;
    for (; i < n; i++) y[i] = Elementary.sigmoid(x[i], t[i]);
  }

  /// log(1 + exp(x)).
  public static void softplus(double[] x, double[] y, int n) {
    decay(x, y, n);
    softplus(x, y, y, n);
  }

  /// 1 / (1 + exp(-x)).
  public static void sigmoid(double[] x, double[] y, int n) {
    decay(x, y, n);
    sigmoid(x, y, y, n);
  }

  /// [#softplus] and its derivative [#sigmoid] from one exponential.
  public static void softplusSlope(double[] x, double[] y, double[] slope, int n) {
    decay(x, slope, n);
    softplus(x, slope, y, n);
    sigmoid(x, slope, slope, n);
  }
}
