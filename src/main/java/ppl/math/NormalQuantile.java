package ppl.math;

/// The inverse of the standard normal distribution function.
public final class NormalQuantile {
  /// x / q in q^2, with q = p - 1/2 on -0.35..0.35.
  private static final double[] CENTRE_P = {
      2.5066282746310007, -32.92066729407284, 167.1337919353848, -409.46462514125295,
      489.06526966471324, -246.8762950696425, 30.2253332542721, 1.3219814820153009};
  private static final double[] CENTRE_Q = {
      1.0, -14.18064363383088, 79.22376368099282, -219.90944094476652,
      312.8235737615284, -208.51205923622183, 47.58733361443495};
  /// -x in r = sqrt(-log p): on 1.37..5, 5..12 and 12..27.5, which is the smallest double.
  private static final double[] TAIL_P = {
      -3.5968916060725653, -40.140383380632336, -62.77982672054942, 32.46477054446862,
      80.16358834563972, 45.4594925756022, 13.71017707539746, 1.8585693602348141,
      0.07289050319598182};
  private static final double[] TAIL_Q = {
      1.0, 18.23145985162284, 63.355174449305125, 70.73596438108319,
      34.640493449398974, 9.833207902978579, 1.3147507383807397, 0.05153571979228631,
      4.497995061625882e-08};
  private static final double[] FAR_TAIL_P = {
      -3.1904372625116735, -11.422553609789624, 4.505751193101157, 12.889455380154573,
      4.14775543525801, 0.3595796703121439, 0.0058858805878392725, -8.065243248750956e-05};
  private static final double[] FAR_TAIL_Q = {
      1.0, 7.740045802070771, 9.672621615067273, 2.9471971072437095,
      0.25413385083742324, 0.004161323046395137, -5.7026039266066126e-05, -1.5630156672368098e-11};
  private static final double[] EXTREME_TAIL_P = {
      -2.4390060645633467, -0.7416013928014525, 2.9863155239030554, 1.572223284035393,
      0.21083464167147029, 0.008451869622497207, 8.384937641310758e-05};
  private static final double[] EXTREME_TAIL_Q = {
      1.0, 2.4014606867319777, 1.1270115880304983, 0.14928401996078694,
      0.005976523244903078, 5.929010495694309e-05, 6.444035929020094e-13};

  private NormalQuantile() {}

  /// The x with Phi(x) = p; infinite at 0 and 1, NaN outside.
  public static double inv_Phi(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= 0.35) {
      return q * Rational.ratio(CENTRE_P, CENTRE_Q, q * q);
    }
    return q < 0 ? -tail(p) : tail(1 - p);
  }

  private static double tail(double p) {
    if (p == 0) {
      return Double.POSITIVE_INFINITY;
    }
    double r = Math.sqrt(-Math.log(p));
    return r <= 5 ? Rational.ratio(TAIL_P, TAIL_Q, r)
        : r <= 12 ? Rational.ratio(FAR_TAIL_P, FAR_TAIL_Q, r) : Rational.ratio(EXTREME_TAIL_P, EXTREME_TAIL_Q, r);
  }
}
