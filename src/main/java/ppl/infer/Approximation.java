package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.math.DenseMatrix;
import ppl.runtime.Storage;
import ppl.stats.Psis;

/// A fitted normal approximation: mean and scale, independent coordinates or a factor of the covariance.
///
/// @param mean its mean, on the unconstrained scale
/// @param sd its marginal standard deviations
/// @param factor row-major F with covariance F F', empty for independent coordinates
/// @param logDeterminant log |det F|, or the sum of the log standard deviations
record Approximation(double[] mean, double[] sd, double[] factor, double logDeterminant) {
  static Approximation of(Family family, double[] x) {
    int d = family.centre().length;
    var mean = new double[d];
    family.prepare(x, mean);
    double logDeterminant = family.logScale() + family.entropy(x);
    return switch (family) {
      case Family.MeanField f -> new Approximation(mean, f.sd().clone(), new double[0], logDeterminant);
      case Family.FullRank f -> {
        var factor = DenseMatrix.product(f.whitening().matrix(), f.b(), d);
        var sd = new Whitening(d, true, factor, 0).scales();
        yield new Approximation(mean, sd, factor, logDeterminant);
      }
    };
  }

  /// Draws in antithetic pairs from well-spread noise, with their log weights `log p - log q`.
  ///
  /// @param z positions, row-major
  /// @param logDensity log p at each
  /// @param logWeight log p - log q at each
  record Sample(int size, double[] z, double[] logDensity, double[] logWeight) {
    Sample first(int n) {
      return n == size ? this : chosen(IntStream.range(0, n).toArray());
    }

    /// The draws at `index`, which may name one more than once.
    Sample chosen(int[] index) {
      int d = z.length / size;
      var at = new double[index.length * d];
      var density = new double[index.length];
      var weight = new double[index.length];
      for (int k = 0; k < index.length; k++) {
        System.arraycopy(z, index[k] * d, at, k * d, d);
        density[k] = logDensity[index[k]];
        weight[k] = logWeight[index[k]];
      }
      return new Sample(index.length, at, density, weight);
    }
  }

  /// The normal with the mean and covariance of weighted draws; empty where these span too little.
  static Optional<Approximation> of(Sample draws, Psis weights) {
    int d = draws.z.length / draws.size;
    var mean = new double[d];
    var covariance = new double[d * d];
    for (int k = 0; k < draws.size; k++) {
      double w = Math.exp(weights.logWeights()[k]);
      for (int i = 0; i < d; i++) mean[i] += w * draws.z[k * d + i];
    }
    for (int k = 0; k < draws.size; k++) {
      double w = Math.exp(weights.logWeights()[k]);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++)
          covariance[i * d + j] += w * (draws.z[k * d + i] - mean[i]) * (draws.z[k * d + j] - mean[j]);
      }
    }
    return DenseMatrix.cholesky(covariance, d).map(factor -> {
      var sd = new double[d];
      double logDeterminant = 0;
      for (int i = 0; i < d; i++) {
        sd[i] = Math.sqrt(covariance[i * d + i]);
        logDeterminant += Math.log(factor[i * d + i]);
      }
      return new Approximation(mean, sd, factor, logDeterminant);
    });
  }

  /// With scales so many times as large.
  Approximation times(double scale) {
    return new Approximation(mean, Arrays.stream(sd).map(x -> scale * x).toArray(),
        Arrays.stream(factor).map(x -> scale * x).toArray(), logDeterminant + mean.length * Math.log(scale));
  }

  Sample sample(Gang gang, RandomGenerator random, int count) {
    return sample(gang, random, count, new Grace(Progress.SILENT));
  }

  /// The first of `count` draws, as many as there may be.
  Sample sample(Gang gang, RandomGenerator random, int count, Grace grace) {
    int d = mean.length;
    var noise = Noise.of(random, (count + 1) / 2, d);
    var z = Storage.reals((long) count * d);
    var logDensity = new double[count];
    var logWeight = new double[count];
    var made = new boolean[count];
    gang.each(count, gang.target().abreast(), (w, from, to) -> {
      int end = from;
      for (; end < to && grace.allows(end, count); end++) {
        int offset = end / 2 * d;
        double square = 0;
        for (int i = 0; i < d; i++) square += noise.values()[offset + i] * noise.values()[offset + i];
        logWeight[end] = 0.5 * (square + d * Math.log(2 * Math.PI));
        place(noise.values(), offset, end % 2 == 0 ? 1 : -1, w.at[end - from]);
      }
      w.target.logDensities(end - from, w.at, w.values);
      for (int k = from; k < end; k++) {
        logDensity[k] = w.values[k - from];
        logWeight[k] = logDensity[k] + logDeterminant + logWeight[k];
        System.arraycopy(w.at[k - from], 0, z, k * d, d);
        made[k] = true;
      }
    });
    var all = new Sample(count, z, logDensity, logWeight);
    int size = IntStream.range(0, count).filter(k -> !made[k]).findFirst().orElse(count);
    return size == count ? all : all.first(size);
  }

  /// out = mean + sign F e, for the noise at `offset`.
  void place(double[] e, int offset, double sign, double[] out) {
    int d = mean.length;
    for (int i = 0; i < d; i++) {
      double s = factor.length == 0 ? sd[i] * e[offset + i] : 0;
      if (factor.length > 0) {
        for (int j = 0; j < d; j++) s += factor[i * d + j] * e[offset + j];
      }
      out[i] = mean[i] + sign * s;
    }
  }

  /// The approximation half-way between two: means and scales averaged (the later factor's shape is kept).
  Approximation averaged(Approximation other) {
    int d = mean.length;
    var m = new double[d];
    for (int i = 0; i < d; i++) m[i] = 0.5 * (mean[i] + other.mean[i]);
    if (factor.length > 0) return new Approximation(m, other.sd, other.factor, other.logDeterminant);
    var s = new double[d];
    double log = 0;
    for (int i = 0; i < d; i++) {
      s[i] = Math.sqrt(sd[i] * other.sd[i]);
      log += Math.log(s[i]);
    }
    return new Approximation(m, s, factor, log);
  }
}
