package ppl.math;

/// Modified Bessel functions of the first kind, orders 0 and 1, for the von Mises distribution.
public final class Bessel {
  /// sqrt(x) exp(-x) I(x) in 1 / x, on 1/20..1/12 and on 0..1/20.
  private static final double[] I0_MID_P = {
      0.3989422805145179, -8.910986944114079, 74.57551881787005, -244.902100540398,
      256.06257452003, -42.66085908034019};
  private static final double[] I0_MID_Q = {
      1.0, -22.46153178774952, 189.67048041331776, -636.0811602399945,
      709.5584580532042, -162.47451102752493};
  private static final double[] I0_HIGH_P = {
      0.3989422804014327, -9.731967985118745, 81.07173656429309, -283.3771919731361,
      408.60003660206456, -199.2874290371853, 15.985848704554202};
  private static final double[] I0_HIGH_Q = {
      1.0, -24.519426119302334, 206.21132291040576, -734.4469171876866,
      1103.1987400738008, -598.3791192897903, 72.96083005816472};
  private static final double[] I1_MID_P = {
      0.3989422802325733, -8.63735711876571, 70.55834647846049, -229.76373713612142,
      258.61768207617223, -76.03325653491711};
  private static final double[] I1_MID_Q = {
      1.0, -21.275643633434555, 169.00237133798393, -514.9472330039306,
      472.92396664521016, -59.09292744146704};
  private static final double[] I1_HIGH_P = {
      0.3989422804014327, -9.528177255111824, 77.99008461215368, -271.5771440044424,
      407.46167339476716, -237.57379351989135, 39.26373188550752};
  private static final double[] I1_HIGH_Q = {
      1.0, -23.508598513359296, 186.79361428717877, -613.3477173731634,
      810.9730799236976, -347.2295857404976, 21.43826395406609};

  private Bessel() {}

  /// exp(-|x|) I0(x).
  public static double bessel_i0e(double x) {
    double a = Math.abs(x);
    return a <= 12 ? Math.exp(-a) * (1 + series(0.25 * a * a, 0))
        : scaled(a, I0_MID_P, I0_MID_Q, I0_HIGH_P, I0_HIGH_Q);
  }

  /// exp(-|x|) I1(x).
  public static double bessel_i1e(double x) {
    double a = Math.abs(x);
    double value = a <= 12 ? Math.exp(-a) * 0.5 * a * (1 + series(0.25 * a * a, 1))
        : scaled(a, I1_MID_P, I1_MID_Q, I1_HIGH_P, I1_HIGH_Q);
    return Math.copySign(value, x);
  }

  /// log I0(x), accurate near 0 and for large x.
  public static double log_bessel_i0(double x) {
    double a = Math.abs(x);
    return a <= 12 ? Math.log1p(series(0.25 * a * a, 0)) : a + Math.log(bessel_i0e(a));
  }

  /// I1(x) / I0(x): the derivative of `log_bessel_i0`, and the mean resultant length of a von Mises distribution.
  public static double bessel_i1_i0(double x) {
    double a = Math.abs(x);
    return a == Double.POSITIVE_INFINITY ? Math.signum(x) : bessel_i1e(x) / bessel_i0e(a);
  }

  /// The sum over k >= 1 of t^k / (k! (k + order)!), times order!.
  private static double series(double t, int order) {
    double term = 1;
    double sum = 0;
    for (int k = 1; term > 1e-18 * sum && k < 60; k++) {
      term *= t / (k * (double) (k + order));
      sum += term;
    }
    return sum;
  }

  private static double scaled(double x, double[] midP, double[] midQ, double[] highP, double[] highQ) {
    double r = 1 / x;
    return (x < 20 ? Rational.ratio(midP, midQ, r) : Rational.ratio(highP, highQ, r)) / Math.sqrt(x);
  }
}
