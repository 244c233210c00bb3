package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.math.Eigen;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Looks for directions in which a log density does not fall off however far one goes: then it has no finite integral,
/// and there is no posterior. That a few rays find none proves nothing.
///
/// @param names elements of unknowns that change along the direction
record Improper(List<String> names) {
  /// Lengths of a ray.
  private static final double[] FAR = {1, 10, 100, 1000};
  /// Nats by which it may fall over these. A density that falls as 1 / t, which is improper too, falls by 7.
  private static final double FALL = 1;
  /// Coordinates with which a curvature is cheap.
  private static final int MOST = 100;
  private static final int AXES = 2;
  private static final double STEP = 1e-3;
  private static final double SHARE = 1e-3;
  private static final int MOST_NAMES = 5;

  /// Along the widest axis of an approximation.
  static Optional<Improper> along(Target target, double[] centre, Whitening whitening, RandomGenerator random) {
    int d = target.dimension();
    var axis = new double[d];
    if (whitening.dense()) {
      // power iterations, from the coordinate with the largest scale
      var scales = whitening.scales();
      axis[IntStream.range(0, d).boxed().max((i, j) -> Double.compare(scales[i], scales[j])).orElse(0)] = 1;
      var work = new double[d];
      for (int i = 0; i < 20; i++) {
        whitening.multiplyTransposed(axis, work);
        whitening.multiply(work, axis);
        double size = norm(axis);
        if (!(size > 0) || size == Double.POSITIVE_INFINITY) return Optional.empty();
        for (int k = 0; k < d; k++) axis[k] /= size;
      }
      whitening.multiplyTransposed(axis, work);
      double sd = norm(work);
      for (int k = 0; k < d; k++) axis[k] *= sd;
    } else {
      int widest = IntStream.range(0, d).boxed().max((i, j) -> Double.compare(whitening.t()[i], whitening.t()[j])).orElse(0);
      axis[widest] = whitening.t()[widest];
    }
    return ray(target, centre, axis, random);
  }

  /// From where chains are: along their way from `start` to `end`, and along what is least curved at the end.
  static Optional<Improper> from(Target target, double[] start, double[] end, RandomGenerator random) {
    int d = target.dimension();
    var way = new double[d];
    for (int i = 0; i < d; i++) way[i] = end[i] - start[i];
    var found = ray(target, end, way, random);
    return found.isPresent() ? found : flattest(target, end, norm(way), random);
  }

  /// Along what is least curved at a point.
  ///
  /// @param length how far to go to begin with, if above 1
  static Optional<Improper> flattest(Target target, double[] end, double length, RandomGenerator random) {
    int d = target.dimension();
    if (d > MOST) return Optional.empty();
    try (var gang = new Gang(target, 1)) {
      // steps that are more than rounding however far out the point is
      var scale = Arrays.stream(end).map(x -> Math.max(1, Math.abs(x))).toArray();
      var curvature = Whitening.diagonal(scale).curvature(gang, end, STEP);
      var values = new double[d];
      var vectors = new double[d * d];
      if (curvature.isEmpty() || !Eigen.symmetric(curvature.get(), d, values, vectors)) return Optional.empty();
      var flattest = IntStream.range(0, d).boxed().sorted((i, j) -> Double.compare(Math.abs(values[i]), Math.abs(values[j])))
          .limit(AXES).toList();
      for (int k : flattest) {
        var axis = new double[d];
        for (int i = 0; i < d; i++) axis[i] = scale[i] * vectors[i * d + k];
        double longer = Math.max(1, length) / norm(axis);
        if (longer > 1) for (int i = 0; i < d; i++) axis[i] *= longer;
        var found = ray(target, end, axis, random);
        if (found.isPresent()) return found;
      }
    }
    return Optional.empty();
  }

  private static double norm(double[] x) {
    double s = 0;
    for (double v : x) s += v * v;
    return Math.sqrt(s);
  }

  private static Optional<Improper> ray(Target target, double[] centre, double[] axis, RandomGenerator random) {
    return flat(target, centre, axis, 1) || flat(target, centre, axis, -1)
        ? Optional.of(new Improper(names(target, centre, axis, random))) : Optional.empty();
  }

  /// Whether the density stays up as far as it can be had, but for the first two lengths at least.
  private static boolean flat(Target target, double[] centre, double[] axis, int sign) {
    double here = target.logDensity(centre);
    var z = new double[centre.length];
    int seen = 0;
    for (double far : FAR) {
      for (int i = 0; i < z.length; i++) z[i] = centre[i] + sign * far * axis[i];
      double there = target.logDensity(z);
      if (Double.isNaN(there) || there == Double.POSITIVE_INFINITY) break;
      if (!(there > here - FALL)) return false;
      seen++;
    }
    return seen > 1;
  }

  private static List<String> names(Target target, double[] centre, double[] axis, RandomGenerator random) {
    var near = Pushed.point(target, centre, random);
    var z = new double[centre.length];
    for (int i = 0; i < z.length; i++) z[i] = centre[i] + axis[i];
    var far = Pushed.point(target, z, random);
    var change = new double[near.length];
    for (int i = 0; i < change.length; i++) {
      double by = Math.abs(far[i] - near[i]);
      change[i] = by == Double.POSITIVE_INFINITY ? Double.MAX_VALUE : by;
    }
    var out = new ArrayList<String>();
    int column = 0;
    double most = 0;
    for (int round = 0; round < 2; round++, column = 0) {
      for (var quantity : target.quantities()) {
        for (int e = 0; e < quantity.size(); e++, column++) {
          if (quantity.role() != Quantity.Role.UNKNOWN || quantity.integer()) continue;
          if (round == 0 && !Double.isNaN(change[column])) most = Math.max(most, change[column]);
          if (round == 1 && change[column] > SHARE * most) out.add(quantity.element(e));
        }
      }
    }
    return out;
  }

  Verdict verdict() {
    var some = names.stream().limit(MOST_NAMES).toList();
    var which = some.isEmpty() ? "some unknowns" : String.join(", ", some)
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " others" : "");
    return Verdict.unusable("There is no posterior: the density does not fall off however far " + which + " go"
        + (names.size() == 1 ? "es" : names.isEmpty() ? "" : " together") + ", so it has no finite integral.",
        "The data do not determine " + (names.size() == 1 ? "it" : "them") + ": give proper priors instead of Flat(), or"
            + " leave out what cannot be told apart.");
  }
}
