package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.family.Chart;
import ppl.family.Factor;
import ppl.math.ErrorFunctions;
import ppl.math.LineIntegral;
import ppl.math.NormalQuantile;
import ppl.math.Roots;
import ppl.runtime.Block;
import ppl.runtime.Draws;
import ppl.runtime.Marginals;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Storage;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Quantiles;

/// The posterior itself, with the log evidence, where blocks do not depend on one another: at once, or given one number
/// that is then integrated out by quadrature. A regression with an unknown standard deviation is of the second kind,
/// whatever the prior of the standard deviation: given that, the weights are jointly normal.
public final class Exact implements Engine {
  private static final List<Knob> KNOBS = List.of(
      Knob.whole("draws", 1000, 2, 100_000_000, "draws from the posterior"));
  /// Weights of quadrature below this change no digit that is reported.
  private static final double SMALL = 1e-15;
  /// The share of an integral that its ends are, and the most of a mean that they may have. With a density that falls as
  /// 1 / x^2 they have two fifths of the mean between this share and the smallest weight, as 1 / x^2.2 less than a fifth.
  private static final double FAR_END = 1e-9;
  private static final double MOST_FAR = 0.25;
  /// At how many draws the closed form is compared with the model's density, which takes a pass over data for each.
  private static final int WITNESSES = 5;
  /// How much of the log evidence rounding may be.
  private static final double ACCURACY = 1e-12;
  /// Rounding of the log evidence that shows in its digits.
  private static final double SEEN = 1e-4;
  private static final double[] SHARES = {0.05, 0.5, 0.95};

  @Override
  public String name() {
    return "exact";
  }

  @Override
  public String doc() {
    return "the posterior in closed form, with the log evidence, for models that have one";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    var model = target.conjugate().filter(m -> !m.blocks().isEmpty());
    if (model.isEmpty()) return new Plan.Refused("no unknown has a closed form");
    var collapsed = Collapsed.of(target, model.get(), Hybrid.MOST_OPENED);
    if (!collapsed.exact()) return new Plan.Refused("its blocks of unknowns depend on one another");
    if (collapsed.dimension() > 1)
      return new Plan.Refused("more than one number would have to be integrated out; --method hybrid does that approximately");
    return new Plan.Ready((values, seed, progress) -> run(target, collapsed, values, seed, progress),
        () -> Structure.of(target, collapsed, "by quadrature"), true);
  }

  private static Posterior run(Target target, Collapsed collapsed, Values values, long seed, Progress progress)
      throws NoStart {
    var run = new Run(collapsed, target, values, seed, new Watch(progress));
    return collapsed.dimension() == 0 ? run.closed() : run.integrated();
  }

  private static final class Run {
    private final Collapsed collapsed;
    private final Blocks blocks;
    private final Target target;
    private final Values values;
    private final long seed;
    private final Watch watch;
    private final Clock clock = new Clock();
    private final RandomGenerator random;
    private final List<Verdict> verdicts = new ArrayList<>();
    /// Why the density could not be had at the first place where it could not.
    private Optional<String> hidden = Optional.empty();

    Run(Collapsed collapsed, Target target, Values values, long seed, Watch watch) {
      this.collapsed = collapsed;
      this.target = target;
      this.values = values;
      this.seed = seed;
      this.watch = watch;
      blocks = collapsed.blocks();
      random = Streams.of(seed, 1)[0];
    }

    private Posterior posterior(
        Draws draws, Draws columns, double evidence, double[] weights, double rounding, Marginals marginals) {
      var numbers = new LinkedHashMap<String, Double>();
      numbers.put("log_evidence", evidence);
      numbers.put("evidence_by_draws", Quantiles.mean(weights));
      boolean same = BlockCheck.constant(weights, rounding)
          && Math.abs(Quantiles.mean(weights) - evidence) <= 1e-6 * (1 + 1e-6 * Math.abs(evidence)) + rounding;
      Reported.few(draws, values.whole("draws"), watch.stopped()).ifPresent(verdicts::add);
      verdicts.addFirst(same
          ? Verdict.trustworthy("The answer is exact; the log evidence is " + shown(evidence)
              + (rounding < SEEN ? "." : NutsCheck.format(", which rounding may move by %.1g.", rounding)))
          : Verdict.unusable(NutsCheck.format("The closed form disagrees with the model's density: the log evidence is"
              + " %.8g in closed form, and from %.8g to %.8g by draws.", evidence, Arrays.stream(weights).min()
              .orElse(Double.NaN), Arrays.stream(weights).max().orElse(Double.NaN)),
              "This is a defect of the compiler: use --method nuts."));
      clock.lap("draws");
      return new Posterior("exact", seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(), draws,
          Pushed.COLUMNS, columns, Optional.of(marginals), Optional.empty(), numbers, verdicts, clock.seconds(),
          watch.stopped());
    }

    /// With as many digits as tell models apart; rounding of a sum of nothing is 0.
    private static String shown(double evidence) {
      double size = Math.abs(evidence);
      return size < 1e-9 ? "0" : NutsCheck.format(size < 1 ? "%.4g" : size < 1e7 ? "%.4f" : "%.6g", evidence);
    }

    /// All blocks are independent.
    Posterior closed() throws NoStart {
      var here = new double[0];
      solve(here);
      if (centred(collapsed.logDensity(here))) solve(here);
      double evidence = collapsed.logDensity(here);
      clock.lap("fit");
      var reported = Reported.of(blocks, target, Reported.affordable(target, values.whole("draws")), WITNESSES, random,
          watch);
      return posterior(reported.draws(), reported.columns(), evidence, reported.logWeight(), reported.rounding(),
          Reported.marginals(blocks.model, blocks.factors));
    }

    private void solve(double[] u) throws NoStart {
      if (Double.isNaN(collapsed.solve(u))) throw new NoStart(Cavi.trouble(collapsed.trouble().orElseThrow()));
    }

    /// One number is integrated out.
    Posterior integrated() throws NoStart {
      var imagined = Imagined.of(collapsed, 0);
      var integral = LineIntegral.near(this::at, 0, imagined.hints());
      // the mode of what is only rounding lies anywhere
      double start = integral.end() == LineIntegral.End.WHOLE ? integral.mode() : 0;
      if (anew(integral)) integral = LineIntegral.near(this::at, start, imagined.hints());
      if (!integral.proper()) throw without(integral);
      if (integral.end() == LineIntegral.End.PART)
        verdicts.add(Verdict.doubtful("Beside the peak that was integrated the density seems to be high elsewhere, where it"
            + " could not be integrated.", "Compare --method nuts."));
      if (!imagined.whole())
        verdicts.add(Verdict.doubtful("Where parts of a mixture lie could not be told for the number that is integrated out: narrow"
            + " ones may have been missed.", "Compare --method nuts."));
      double evidence = at(integral.mode()) + integral.log();
      clock.lap("fit");
      var marginals = marginals(integral);
      clock.lap("marginals");
      return drawn(integral, evidence, marginals);
    }

    /// Whether there is another density to integrate, with less rounding: what is only that has no integral.
    private boolean anew(LineIntegral integral) throws NoStart {
      if (integral.end() == LineIntegral.End.WHOLE) {
        solve(new double[] {integral.mode()});
        return centred(at(integral.mode()) + integral.log());
      }
      if (!blocks.centred() || !Double.isFinite(at(0)) && !Double.isFinite(at(integral.mode()))) return false;
      collapsed.centreHere();
      return true;
    }

    /// Why there is no integral.
    private NoStart without(LineIntegral integral) {
      var trouble = hidden;
      double from = Double.isFinite(at(0)) ? 0 : integral.mode();
      return Improper.along(collapsed, from, random).map(i -> new NoStart(i.verdict())).orElseGet(() -> new NoStart(
          "The integral over one number, by which `exact` would know the posterior, did not come to an end: "
              + trouble.map(t -> "given some of its values, " + t).orElse(switch (integral.end()) {
                case WHOLE, PART, ROUGH -> "its density is too rugged, or lost in rounding";
                case ENDLESS -> "its density does not fall off on all sides, as far as was seen";
              }) + ". Use --method nuts, and give proper priors if that finds no end either."));
    }

    /// Whether joint normals were centred anew, because sums over data about the old centres cancel so far that the
    /// evidence would show it.
    private boolean centred(double evidence) {
      if (blocks.distance() * Math.ulp(1.0) <= ACCURACY * (1 + Math.abs(evidence))) return false;
      collapsed.centreHere();
      return true;
    }

    /// NaN where some block has no distribution that could be found, which is no density of 0.
    private double at(double u) {
      double log = collapsed.logDensity(new double[] {u});
      if (Double.isNaN(log)) hidden = hidden.or(collapsed::trouble);
      return log;
    }

    private Posterior drawn(LineIntegral integral, double evidence, Marginals marginals) {
      int count = Reported.affordable(target, values.whole("draws"));
      int width = target.outputSize();
      int checked = Math.min(WITNESSES, count);
      var all = Storage.reals((long) count * width);
      var columns = new double[2 * count];
      var weights = new double[checked];
      var out = new double[width];
      var u = new double[1];
      double rounding = 0;
      int drawn = 0;
      for (int k = 0; k < count && (k < 2 || watch.report(0, k + 1, count, Progress.Phase.DRAWING)); k++, drawn++) {
        u[0] = integral.quantile(random.nextDouble());
        double log = at(u[0]);
        double jacobian = collapsed.place(u);
        var x = collapsed.draw(random);
        double joint = k < checked ? blocks.model.joint(x, blocks.q) : Double.NaN;
        columns[2 * k] = joint;
        columns[2 * k + 1] = joint + jacobian - collapsed.logFactors() - log + evidence;
        if (k < checked) {
          weights[k] = columns[2 * k + 1];
          rounding = Math.max(rounding, blocks.rounding(x));
        }
        blocks.model.report(x, blocks.q, random, out);
        System.arraycopy(out, 0, all, k * width, width);
      }
      return posterior(Draws.of(width, List.of(Storage.first(all, drawn * width))),
          Draws.of(2, List.of(Storage.first(columns, 2 * drawn))), evidence,
          Arrays.copyOf(weights, Math.min(drawn, checked)), rounding, marginals);
    }

    /// Those of the number itself, and mixtures over it of those of normal values; of other values draws tell quantiles.
    private Marginals marginals(LineIntegral integral) {
      var places = blocks.model.places();
      var m = Marginals.unknown(places.length);
      int kept = (int) Arrays.stream(integral.weight()).filter(w -> w > SMALL).count();
      var weight = new double[kept];
      var mean = new double[kept][places.length];
      var sd = new double[kept][places.length];
      int n = 0;
      for (int k = 0; k < integral.u().length; k++) {
        if (!(integral.weight()[k] > SMALL)) continue;
        weight[n] = integral.weight()[k];
        collapsed.solve(new double[] {integral.u()[k]});
        for (int i = 0; i < places.length; i++) {
          if (places[i] < 0 || opened(places[i])) continue;
          Factor f = blocks.factors[(int) (places[i] >> 32)];
          mean[n][i] = f.mean((int) places[i]);
          sd[n][i] = f.sd((int) places[i]);
        }
        n++;
      }
      numbers(integral, m);
      for (int i = 0; i < places.length; i++) {
        if (places[i] < 0) continue;
        if (opened(places[i])) number(integral, m, i);
        else mixture(weight, mean, sd, m, i, normal(places[i]));
      }
      return m;
    }

    /// What is reported of the number that is integrated out, where no block has it: an unknown that rises or falls with it.
    private void numbers(LineIntegral integral, Marginals m) {
      if (blocks.q.length != 1) return;
      int[] told = own();
      if (told.length == 0) return;
      // nodes of one interval of the rule come in any order
      int[] kept = IntStream.range(0, integral.u().length).filter(k -> integral.weight()[k] > SMALL).boxed()
          .sorted(Comparator.comparingDouble(k -> integral.u()[k])).mapToInt(k -> k).toArray();
      var weight = Arrays.stream(kept).mapToDouble(k -> integral.weight()[k]).toArray();
      var seen = Arrays.stream(kept).mapToObj(k -> picked(integral.u()[k], told)).toList();
      var at = Arrays.stream(SHARES).mapToObj(p -> picked(integral.quantile(p), told)).toList();
      for (int i = 0; i < told.length; i++) {
        int element = i;
        var x = seen.stream().mapToDouble(r -> r[element]).toArray();
        if (monotone(x, 1) || monotone(x, -1))
          set(m, told[i], weight, x, at.stream().mapToDouble(r -> r[element]).sorted().toArray());
      }
    }

    private double[] picked(double u, int[] elements) {
      var reported = collapsed.reported(u);
      return Arrays.stream(elements).mapToDouble(i -> reported[i]).toArray();
    }

    /// The elements of real unknowns that no block has.
    private int[] own() {
      var places = blocks.model.places();
      var unknown = target.quantities().stream().flatMap(q -> Collections.nCopies(q.size(),
          q.role() == Quantity.Role.UNKNOWN && !q.integer()).stream()).toList();
      return IntStream.range(0, places.length).filter(i -> unknown.get(i) && places[i] < 0).toArray();
    }

    private static boolean monotone(double[] x, int sign) {
      boolean changes = false;
      for (int k = 1; k < x.length; k++) {
        if (!(sign * (x[k] - x[k - 1]) >= 0)) return false;
        changes |= x[k] != x[k - 1];
      }
      return changes;
    }

    private boolean opened(long place) {
      return collapsed.opened().contains(blocks.blocks.get((int) (place >> 32)));
    }

    private boolean normal(long place) {
      return blocks.blocks.get((int) (place >> 32)).shape() instanceof Block.Gaussian;
    }

    private void number(LineIntegral integral, Marginals m, int i) {
      var shape = (Block.Independent) collapsed.opened().getFirst().shape();
      var chart = new Chart(shape.lower()[0], shape.upper()[0]);
      boolean falling = chart.slope(0) < 0;
      var q = new double[SHARES.length];
      for (int s = 0; s < q.length; s++) q[s] = chart.x(integral.quantile(falling ? 1 - SHARES[s] : SHARES[s]));
      set(m, i, integral.weight(), Arrays.stream(integral.u()).map(chart::x).toArray(), q);
    }

    /// By the weights of values x.
    private static void set(Marginals m, int i, double[] weight, double[] x, double[] q) {
      double mean = 0;
      for (int k = 0; k < x.length; k++) if (weight[k] > 0) mean += weight[k] * x[k];
      double square = 0;
      for (int k = 0; k < x.length; k++) if (weight[k] > 0) square += weight[k] * (x[k] - mean) * (x[k] - mean);
      double centre = mean;
      m.mean()[i] = endless(weight, k -> Math.abs(x[k])) ? Double.POSITIVE_INFINITY : mean;
      m.sd()[i] = endless(weight, k -> Math.pow(x[k] - centre, 2)) ? Double.POSITIVE_INFINITY : Math.sqrt(square);
      set(m, i, q);
    }

    private static void set(Marginals m, int i, double[] q) {
      m.q5()[i] = q[0];
      m.q50()[i] = q[1];
      m.q95()[i] = q[2];
    }

    /// Whether the mean of something positive at the nodes lies with the ends of the integral, which have next to nothing of
    /// it: then it grows however far one goes, and there is none.
    private static boolean endless(double[] weight, IntToDoubleFunction size) {
      double all = 0;
      for (int k = 0; k < weight.length; k++) if (weight[k] > SMALL) all += weight[k] * size.applyAsDouble(k);
      double far = 0;
      double share = 0;
      for (int k = 0; k < weight.length && (share += weight[k]) < FAR_END; k++)
        if (weight[k] > SMALL) far += weight[k] * size.applyAsDouble(k);
      share = 0;
      for (int k = weight.length - 1; k >= 0 && (share += weight[k]) < FAR_END; k--)
        if (weight[k] > SMALL) far += weight[k] * size.applyAsDouble(k);
      return far > MOST_FAR * all;
    }

    private static void mixture(double[] weight, double[][] mean, double[][] sd, Marginals m, int i, boolean normal) {
      double centre = 0;
      for (int k = 0; k < weight.length; k++) centre += weight[k] * mean[k][i];
      double square = 0;
      for (int k = 0; k < weight.length; k++) {
        double d = mean[k][i] - centre;
        square += weight[k] * (d * d + sd[k][i] * sd[k][i]);
      }
      m.mean()[i] = centre;
      double from = centre;
      boolean endless = endless(weight, k -> Math.pow(mean[k][i] - from, 2) + sd[k][i] * sd[k][i]);
      m.sd()[i] = endless ? Double.POSITIVE_INFINITY : Math.sqrt(square);
      if (!normal) return;
      var q = new double[SHARES.length];
      double spread = Math.sqrt(square);
      for (int s = 0; s < q.length; s++) {
        double share = SHARES[s];
        double start = centre + spread * NormalQuantile.inv_Phi(share);
        q[s] = Roots.increasing(x -> cdf(weight, mean, sd, i, x) - share, x -> density(weight, mean, sd, i, x), start,
            spread);
      }
      set(m, i, q);
    }

    private static double cdf(double[] weight, double[][] mean, double[][] sd, int i, double x) {
      double s = 0;
      for (int k = 0; k < weight.length; k++) s += weight[k] * ErrorFunctions.Phi((x - mean[k][i]) / sd[k][i]);
      return s;
    }

    private static double density(double[] weight, double[][] mean, double[][] sd, int i, double x) {
      double s = 0;
      for (int k = 0; k < weight.length; k++) {
        double z = (x - mean[k][i]) / sd[k][i];
        s += weight[k] * Math.exp(-0.5 * z * z) / (sd[k][i] * Math.sqrt(2 * Math.PI));
      }
      return s;
    }
  }
}
