package ppl.math;

/// The lower tail of a beta variable at x <= a / (a + b), with y = 1 - x given separately.
final class BetaTail {
  private BetaTail() {}

  /// log I(x; a, b).
  static double log(double a, double b, double x, double y) {
    double front = logFront(a, b, x, y);
    return hasSeries(a, x) ? front - Math.log(a) + Math.log(series(a, b, x, Part.TOTAL))
        : front + Math.log(integral(a, b, x, y, Part.TOTAL));
  }

  /// The derivative of log I with respect to a, the shape on the side of the tail.
  static double slopeNear(double a, double b, double x, double y) {
    return logOf(x, y) + (hasSeries(a, x)
        ? GammaFunctions.digamma(a + b) - GammaFunctions.digamma(a + 1) + series(a, b, x, Part.NEAR)
        : logRise(a, b) + integral(a, b, x, y, Part.NEAR));
  }

  /// The derivative of log I with respect to b, the shape on the other side.
  static double slopeFar(double a, double b, double x, double y) {
    return logOf(y, x) + logRise(b, a)
        + (hasSeries(a, x) ? series(a, b, x, Part.FAR) : integral(a, b, x, y, Part.FAR));
  }

  /// Small shapes spread the integrand over many scales, where the series of positive terms is the better way.
  private static boolean hasSeries(double a, double x) {
    return x < (a < 1 ? 0.98 : a < 30 ? 0.7 : 0);
  }

  /// S = the sum over n of (a + b)_n / (a + 1)_n x^n, with I = x^a y^b / (a B(a, b)) S, or a derivative of log S.
  private static double series(double a, double b, double x, Part part) {
    double sum = 1;
    double weighted = 0;
    double slope = 0;
    double term = 1;
    for (int n = 0; term > 1e-17 * (1 - x) * sum; n++) {
      double rise = a + b + n;
      double fall = a + 1 + n;
      term *= rise / fall * x;
      slope += part == Part.NEAR ? (1 - b) / (rise * fall) : 1 / rise;
      sum += term;
      weighted += term * slope;
    }
    return part == Part.TOTAL ? sum : weighted / sum;
  }

  /// What is wanted: the value, or the derivative of its log with respect to the near or the far shape.
  private enum Part { TOTAL, NEAR, FAR }

  /// log of x^a y^b / B(a, b).
  static double logFront(double a, double b, double x, double y) {
    if (Math.min(a, b) < 10) {
      return a * logOf(x, y) + b * logOf(y, x) - GammaFunctions.lbeta(a, b);
    }
    double d = a * y - b * x;
    double correction = GammaFunctions.stirlingError(a + b) - GammaFunctions.stirlingError(a)
        - GammaFunctions.stirlingError(b);
    double fall = a * LogSpace.log1pmx(-d / a, x * ((a + b) / a)) + b * LogSpace.log1pmx(d / b, y * ((a + b) / b));
    return fall + 0.5 * Math.log(a / (a + b) * b)
        - GammaFunctions.HALF_LOG_TWO_PI + correction;
  }

  /// log x, from the smaller of x and 1 - x.
  private static double logOf(double x, double complement) {
    return x < 0.5 ? Math.log(x) : Math.log1p(-complement);
  }

  /// digamma(a + b) - digamma(a).
  private static double logRise(double a, double b) {
    return GammaFunctions.digamma(a + b) - GammaFunctions.digamma(a);
  }

  private static double integral(double a, double b, double x, double y, Part part) {
    double scale = scale(a, b, x, y);
    double sum = 0;
    double moment = 0;
    for (int k = 0; k < TailQuadrature.COUNT; k++) {
      double u = scale * TailQuadrature.node(k);
      double exponent = exponent(a, b, x, y, u);
      if (exponent < TailQuadrature.NEGLIGIBLE) {
        break;
      }
      double f = TailQuadrature.weight(k) * Math.exp(exponent);
      sum += f;
      switch (part) {
        case TOTAL -> { }
        case NEAR -> moment += f * (x > 0.5 && u < 30 ? -grown(y, u) : -u - shrunk(x, y, u));
        case FAR -> moment -= f * shrunk(x, y, u);
      }
    }
    return part == Part.TOTAL ? scale * sum : moment / sum;
  }

  /// Where the exponent has fallen to about -1: by its slope and curvature at 0, or else by its asymptote.
  private static double scale(double a, double b, double x, double y) {
    double fall = a * y - b * x;
    double scale = 2 / (fall + Math.sqrt(fall * fall + 2 * (a + b) * x * y));
    return exponent(a, b, x, y, scale) < -0.3 ? scale : (1 - (a + b) * logOf(y, x)) / a;
  }

  /// -a u - (a + b) log(y + x exp(-u)), which is b u - (a + b) log(x + y exp(u)), written so that nothing cancels.
  private static double exponent(double a, double b, double x, double y, double u) {
    double n = a + b;
    if (u < 0.5) {
      double v = x <= 0.5 ? -u : u;
      double z = x <= 0.5 ? x : y;
      return -(a * y - b * x) * u - n * (z * TailQuadrature.expm1mx(v) + LogSpace.log1pmx(z * Math.expm1(v)));
    }
    return x > 0.5 && u < 30 ? b * u - n * grown(y, u) : -a * u - n * shrunk(x, y, u);
  }

  /// log(x + y exp(u)) for x = 1 - y.
  private static double grown(double y, double u) {
    return Math.log1p(y * Math.expm1(u));
  }

  /// log(y + x exp(-u)) for y = 1 - x.
  private static double shrunk(double x, double y, double u) {
    return x <= 0.5 ? Math.log1p(x * Math.expm1(-u)) : Math.log(y + x * Math.exp(-u));
  }
}
