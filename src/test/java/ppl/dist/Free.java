package ppl.dist;

import java.util.stream.IntStream;

/// Unbounded coordinates of an event and the log Jacobian of the way back, relative to the measure of its density.
enum Free {
  VECTOR {
    double[] coordinates(double[] x) {
      return x.clone();
    }

    double[] event(double[] u) {
      return u.clone();
    }

    double logJacobian(double[] u) {
      return 0;
    }
  },
  /// (mean, precision), the mean in units of its own spread, which has heavier tails by itself.
  MEAN_AND_PRECISION {
    double[] coordinates(double[] x) {
      return new double[] {x[0] * Math.sqrt(x[1]), Math.log(x[1])};
    }

    double[] event(double[] u) {
      return new double[] {u[0] * Math.exp(-u[1] / 2), Math.exp(u[1])};
    }

    double logJacobian(double[] u) {
      return u[1] / 2;
    }
  },
  /// Logs relative to the last element.
  SIMPLEX {
    double[] coordinates(double[] x) {
      return IntStream.range(0, x.length - 1).mapToDouble(i -> Math.log(x[i] / x[x.length - 1])).toArray();
    }

    double[] event(double[] u) {
      double total = 1 + IntStream.range(0, u.length).mapToDouble(i -> Math.exp(u[i])).sum();
      return IntStream.rangeClosed(0, u.length).mapToDouble(i -> (i < u.length ? Math.exp(u[i]) : 1) / total).toArray();
    }

    double logJacobian(double[] u) {
      return IntStream.rangeClosed(0, u.length).mapToDouble(i -> Math.log(event(u)[i])).sum();
    }
  },
  COV_CHOLESKY {
    double[] coordinates(double[] x) {
      int n = side(x);
      return IntStream.range(0, n * n).filter(k -> k % n <= k / n)
          .mapToDouble(k -> k % n == k / n ? Math.log(x[k]) : x[k]).toArray();
    }

    double[] event(double[] u) {
      int n = rows(u.length);
      var l = new double[n * n];
      int k = 0;
      for (int i = 0; i < n; i++)
        for (int j = 0; j <= i; j++, k++) l[i * n + j] = i == j ? Math.exp(u[k]) : u[k];
      return l;
    }

    double logJacobian(double[] u) {
      var l = event(u);
      int n = side(l);
      return IntStream.range(0, n).mapToDouble(i -> Math.log(l[i * n + i])).sum();
    }
  },
  COV {
    double[] coordinates(double[] x) {
      return COV_CHOLESKY.coordinates(factor(x));
    }

    double[] event(double[] u) {
      return outer(COV_CHOLESKY.event(u));
    }

    double logJacobian(double[] u) {
      var l = COV_CHOLESKY.event(u);
      int n = side(l);
      return COV_CHOLESKY.logJacobian(u) + n * Math.log(2)
          + IntStream.range(0, n).mapToDouble(i -> (n - i) * Math.log(l[i * n + i])).sum();
    }
  },
  /// Each row below the diagonal by tanh of what is left of its unit length.
  CORR_CHOLESKY {
    double[] coordinates(double[] x) {
      int n = side(x);
      var u = new double[n * (n - 1) / 2];
      int k = 0;
      for (int i = 1; i < n; i++) {
        double left = 1;
        for (int j = 0; j < i; j++, k++) {
          double t = x[i * n + j] / Math.sqrt(left);
          u[k] = 0.5 * Math.log((1 + t) / (1 - t));
          left -= x[i * n + j] * x[i * n + j];
        }
      }
      return u;
    }

    double[] event(double[] u) {
      int n = rows(u.length) + 1;
      var l = new double[n * n];
      l[0] = 1;
      int k = 0;
      for (int i = 1; i < n; i++) {
        double left = 1;
        for (int j = 0; j < i; j++, k++) {
          l[i * n + j] = Math.tanh(u[k]) * Math.sqrt(left);
          left /= Math.pow(Math.cosh(u[k]), 2);
        }
        l[i * n + i] = Math.sqrt(left);
      }
      return l;
    }

    double logJacobian(double[] u) {
      double total = 0;
      int k = 0;
      for (int i = 1; k < u.length; i++) {
        double logLeft = 0;
        for (int j = 0; j < i; j++, k++) {
          double shrink = 2 * Math.log(Math.cosh(u[k]));
          total += 0.5 * logLeft - shrink;
          logLeft -= shrink;
        }
      }
      return total;
    }
  },
  CORR {
    double[] coordinates(double[] x) {
      return CORR_CHOLESKY.coordinates(factor(x));
    }

    double[] event(double[] u) {
      return outer(CORR_CHOLESKY.event(u));
    }

    double logJacobian(double[] u) {
      var l = CORR_CHOLESKY.event(u);
      int n = side(l);
      return CORR_CHOLESKY.logJacobian(u)
          + IntStream.range(1, n).mapToDouble(i -> (n - 1 - i) * Math.log(l[i * n + i])).sum();
    }
  };

  abstract double[] coordinates(double[] x);

  abstract double[] event(double[] u);

  abstract double logJacobian(double[] u);

  static Free of(Distribution d) {
    return switch (d.domain()) {
      case SIMPLEX -> SIMPLEX;
      case COV -> COV;
      case CORR -> CORR;
      case COV_CHOLESKY -> COV_CHOLESKY;
      case CORR_CHOLESKY -> CORR_CHOLESKY;
      case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT, POSITIVE_INT, ORDERED ->
          d.shape().getFirst() instanceof Size.Fixed ? MEAN_AND_PRECISION : VECTOR;
    };
  }

  Free cholesky() {
    return this == COV ? COV_CHOLESKY : CORR_CHOLESKY;
  }

  private static int side(double[] x) {
    return (int) Math.round(Math.sqrt(x.length));
  }

  /// n with n (n + 1) / 2 elements.
  private static int rows(int elements) {
    return (int) Math.round((Math.sqrt(8.0 * elements + 1) - 1) / 2);
  }

  private static double[] outer(double[] l) {
    int n = side(l);
    var a = new double[n * n];
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) for (int k = 0; k < n; k++) a[i * n + j] += l[i * n + k] * l[j * n + k];
    return a;
  }

  private static double[] factor(double[] a) {
    int n = side(a);
    var l = new double[n * n];
    for (int i = 0; i < n; i++)
      for (int j = 0; j <= i; j++) {
        double s = a[i * n + j];
        for (int k = 0; k < j; k++) s -= l[i * n + k] * l[j * n + k];
        l[i * n + j] = i == j ? Math.sqrt(s) : s / l[j * n + j];
      }
    return l;
  }
}
