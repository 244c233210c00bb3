package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.math.Eigen;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Looks for directions in which a log density does not fall off however far one goes: then it has no finite integral,
/// and there is no posterior. That a few rays find none proves nothing. A single ray would prove nothing either: along the
/// spine of a funnel the density rises without end, and is integrable; so rays beside it have to stay up too.
///
/// @param names elements of unknowns that change along the direction
record Improper(List<String> names) {
  /// Lengths of a ray.
  private static final double[] FAR = {1, 3, 10, 100, 1000};
  /// Nats by which it may fall over these. A density that falls as 1 / t, which is improper too, falls by 7.
  private static final double FALL = 1;
  /// Coordinates with which a curvature is cheap.
  private static final int MOST = 100;
  private static final int AXES = 2;
  private static final double STEP = 1e-3;
  /// Of a number, from which on a step shows in what follows from it.
  private static final double SEEN = 1e-8;
  /// Of [#FALL], which rounding may hide.
  private static final double HIDDEN = 1e-3;
  /// Standard deviations, given all else, beyond which a coordinate's own is as good as infinite: rays so long end in rounding.
  private static final double ENDLESS = 1e7;
  private static final int BESIDE = 3;
  private static final double SHARE = 1e-3;
  /// Where what is drawn given a line changes too.
  private static final double MAINLY = 0.5;
  private static final int MOST_NAMES = 5;
  /// Of a log, so that what goes along goes far; a few hundred are as far as numbers go.
  private static final double LONG = 10;
  /// Nats by which a line that is level falls over e times the way.
  private static final double LEVEL = 1e-5;
  /// And over which one falls that does not stay up.
  private static final double DOWN = 1e-3;
  /// What is left of its slope from step to step at most, and how often that has to be seen.
  private static final double DYING = 0.9;
  private static final int ENOUGH = 4;
  private static final double LEVEL_MOST = 30;
  /// Nats below which nothing is seen of a density.
  private static final double DEEP = 50;

  /// About an approximation: along its widest axis, and along what is least curved.
  static Optional<Improper> about(Target target, double[] centre, Whitening whitening, RandomGenerator random) {
    return at(target, centre, widest(whitening), Optional.of(whitening.scales()), random);
  }

  /// From where a chain is: along its way from `start`, and along what is least curved at its end.
  static Optional<Improper> from(Target target, double[] start, double[] end, RandomGenerator random) {
    var way = new double[end.length];
    for (int i = 0; i < way.length; i++) way[i] = end[i] - start[i];
    return at(target, end, way, Optional.empty(), random);
  }

  /// Of a single coordinate.
  static Optional<Improper> along(Target line, double from, RandomGenerator random) {
    return at(line, new double[] {from}, new double[] {LONG}, Optional.empty(), random).filter(_ -> stays(line, from, 1) || stays(line, from, -1))
        .or(() -> level(line, from, random));
  }

  /// Whether a line stays up on one side and is not on its way down there, as a very wide prior is.
  private static boolean stays(Target line, double from, int sign) {
    var slope = new double[1];
    line.gradient(new double[] {from + sign * LONG}, slope);
    return flat(line, new double[] {from}, new double[] {LONG}, sign) && !(sign * slope[0] * LONG < -DOWN);
  }

  /// Whether the slope of a line dies away, step by step, until nothing is left of it, before rounding is all that there is: a
  /// density that has an integral falls, sooner or later, by more than one nat each time that the way gets longer by a factor of e.
  private static Optional<Improper> level(Target line, double from, RandomGenerator random) {
    double here = line.logDensity(new double[] {from});
    var slope = new double[1];
    for (int sign = 1; sign >= -1; sign -= 2) {
      double before = here;
      double steep = Double.NaN;
      int dying = 0;
      int seen = 0;
      for (double far = 1; far <= LEVEL_MOST; far++) {
        double there = line.gradient(new double[] {from + sign * far}, slope);
        if (!Double.isFinite(there) || there < here - DEEP) break;
        double size = Math.abs(slope[0]);
        seen = size * far < LEVEL && Math.abs(there - before) < LEVEL ? seen + 1 : 0;
        if (size <= DYING * steep) dying++;
        else if (dying > 0 && seen == 0) break;
        if (seen >= 2 && dying >= ENOUGH) return Optional.of(new Improper(names(line, new double[] {from}, new double[] {sign * far}, MAINLY, random)));
        before = there;
        steep = size;
      }
    }
    return Optional.empty();
  }

  /// @param spread standard deviations, if they are known
  private static Optional<Improper> at(Target target, double[] centre, double[] way, Optional<double[]> spread,
      RandomGenerator random) {
    int d = centre.length;
    var local = new double[d];
    for (int i = 0; i < d; i++) local[i] = spread.isEmpty() ? 1 : Math.min(1, spread.get()[i]);
    var axes = new ArrayList<double[]>();
    // a chain that was stopped before its first step has gone nowhere
    if (norm(way) > 0) axes.add(way);
    if (d <= MOST) {
      // steps that are more than rounding however far out the point is, and no longer than what is known of the spread
      var scale = IntStream.range(0, d).mapToDouble(i -> {
        double far = Math.max(1, Math.abs(centre[i]));
        return spread.isEmpty() || !Double.isFinite(spread.get()[i]) ? far : Math.clamp(spread.get()[i], SEEN * far, far);
      }).toArray();
      var values = new double[d];
      var vectors = new double[d * d];
      try (var gang = new Gang(target, 1)) {
        var curvature = Whitening.diagonal(scale).curvature(gang, centre, STEP);
        boolean endless = false;
        for (int i = 0; i < d && curvature.isPresent(); i++) {
          double conditional = scale[i] / Math.sqrt(Math.abs(curvature.get()[i * d + i]));
          if (conditional < local[i]) local[i] = conditional;
          // on the spine of a funnel, far in, everything is endless beside what is left
          endless |= spread.isPresent() && conditional > SEEN * Math.max(1, Math.abs(centre[i])) && spread.get()[i] > ENDLESS * conditional;
        }
        if (endless) return Optional.of(new Improper(names(target, centre, way, random)));
        if (curvature.isPresent() && Eigen.symmetric(curvature.get(), d, values, vectors)) {
          IntStream.range(0, d).boxed().sorted((i, j) -> Double.compare(Math.abs(values[i]), Math.abs(values[j])))
              .limit(AXES).forEach(k -> axes.add(axis(k, scale, vectors, norm(way))));
        }
      }
    }
    for (var axis : axes) {
      for (int sign = 1; sign >= -1; sign -= 2) {
        if (flat(target, centre, axis, sign) && beside(target, centre, axis, sign, local, random))
          return Optional.of(new Improper(names(target, centre, axis, random)));
      }
    }
    return Optional.empty();
  }

  /// An eigenvector, as long as `length` but not below 1.
  private static double[] axis(int k, double[] scale, double[] vectors, double length) {
    int d = scale.length;
    var axis = new double[d];
    for (int i = 0; i < d; i++) axis[i] = scale[i] * vectors[i * d + k];
    double longer = Math.max(1, length) / norm(axis);
    for (int i = 0; i < d; i++) axis[i] *= longer;
    return axis;
  }

  /// One standard deviation along the widest axis, by power iterations.
  private static double[] widest(Whitening whitening) {
    int d = whitening.d();
    var scales = whitening.scales();
    var axis = new double[d];
    int first = IntStream.range(0, d).boxed().max((i, j) -> Double.compare(scales[i], scales[j])).orElse(0);
    axis[first] = scales[first];
    if (!whitening.dense()) return axis;
    var work = new double[d];
    for (int i = 0; i < 20; i++) {
      double size = norm(axis);
      if (!(size > 0) || size == Double.POSITIVE_INFINITY) break;
      for (int k = 0; k < d; k++) axis[k] /= size;
      whitening.multiplyTransposed(axis, work);
      double sd = norm(work);
      whitening.multiply(work, axis);
      double longer = sd / norm(axis);
      for (int k = 0; k < d; k++) axis[k] *= longer;
    }
    return axis;
  }

  private static double norm(double[] x) {
    double s = 0;
    for (double v : x) s += v * v;
    return Math.sqrt(s);
  }

  private static boolean beside(Target target, double[] centre, double[] axis, int sign, double[] local,
      RandomGenerator random) {
    var z = new double[centre.length];
    for (int k = 0; k < BESIDE; k++) {
      for (int i = 0; i < z.length; i++) z[i] = centre[i] + local[i] * random.nextGaussian();
      if (!flat(target, z, axis, sign)) return false;
    }
    return true;
  }

  /// Whether the density stays up as far as it can be had, but for the first two lengths at least.
  private static boolean flat(Target target, double[] centre, double[] axis, int sign) {
    double here = target.logDensity(centre);
    if (!Double.isFinite(here) || Math.ulp(here) > HIDDEN * FALL) return false;
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
    return names(target, centre, axis, SHARE, random);
  }

  /// @param share of the largest change, from which on an element is named
  private static List<String> names(Target target, double[] centre, double[] axis, double share, RandomGenerator random) {
    // what is drawn given the position is drawn with the same noise, and changes with the position alone
    long seed = random.nextLong();
    var near = Pushed.point(target, centre, new SplittableRandom(seed));
    var z = new double[centre.length];
    for (int i = 0; i < z.length; i++) z[i] = centre[i] + axis[i];
    var far = Pushed.point(target, z, new SplittableRandom(seed));
    var change = new double[near.length];
    for (int i = 0; i < change.length; i++) {
      double by = Math.abs(far[i] - near[i]);
      change[i] = by == Double.POSITIVE_INFINITY ? Double.MAX_VALUE : by;
    }
    var out = new ArrayList<String>();
    double most = 0;
    for (int round = 0; round < 2; round++) {
      int column = 0;
      for (var quantity : target.quantities()) {
        for (int e = 0; e < quantity.size(); e++, column++) {
          if (quantity.role() != Quantity.Role.UNKNOWN || quantity.integer()) continue;
          if (round == 0 && !Double.isNaN(change[column])) most = Math.max(most, change[column]);
          if (round == 1 && change[column] > share * most) out.add(quantity.element(e));
        }
      }
    }
    return out;
  }

  Verdict verdict() {
    var some = names.stream().limit(MOST_NAMES).toList();
    var which = some.isEmpty() ? "some unknowns" : String.join(", ", some)
        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + (names.size() > MOST_NAMES + 1 ? " others" : " other") : "");
    return Verdict.noPosterior("There is no posterior: the density does not fall off however far " + which + " go"
        + (names.size() == 1 ? "es" : names.isEmpty() ? "" : " together") + ", so it has no finite integral.",
        "The data do not determine " + (names.size() == 1 ? "it" : "them") + ": give proper priors instead of Flat(), or"
            + " leave out what cannot be told apart.");
  }
}
