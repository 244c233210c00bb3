package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Storage;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Models without unknowns: there is nothing to infer, but quantities to generate.
final class Fixed {
  private Fixed() {}

  static Posterior draws(
      Engine engine, Target target, Values values, long seed, SplittableGenerator[] streams, int chains, int draws) {
    var q = new double[0];
    double logDensity = target.logDensity(q);
    var out = new double[target.outputSize()];
    var kept = new ArrayList<double[]>();
    var sampler = new ArrayList<double[]>();
    for (int c = 0; c < chains; c++) {
      var chain = Storage.reals((long) draws * out.length);
      for (int i = 0; i < draws; i++) {
        target.constrain(q, streams[c], out);
        System.arraycopy(out, 0, chain, i * out.length, out.length);
      }
      kept.add(chain);
      var column = new double[draws];
      Arrays.fill(column, logDensity);
      sampler.add(column);
    }
    boolean drawn = target.quantities().stream().anyMatch(of -> of.role() == Quantity.Role.UNKNOWN);
    boolean fixed = false;
    boolean forward = false;
    int from = 0;
    for (var of : target.quantities()) {
      boolean real = of.role() == Quantity.Role.UNKNOWN && !of.integer();
      boolean varies = varies(kept.getFirst(), from, of.size(), out.length);
      fixed |= real && !varies;
      forward |= real && varies;
      from += of.size();
    }
    var verdict = Double.isFinite(logDensity)
        ? Verdict.trustworthy(fixed ? "The declared supports leave the unknowns no freedom; nothing is uncertain in them."
            : forward ? "What is missing is drawn from distributions that data decide; the draws are independent and exact."
            : drawn ? "The model has no continuous unknowns; the draws are independent and exact."
            : NutsCheck.format("The model has no unknowns, so there is nothing to infer. Its log density is %.6g.", logDensity)
                + (out.length > 0 ? " The draws are independent and exact." : ""))
        : Verdict.unusable("The model has no " + (drawn ? "continuous unknowns" : "unknowns, so there is nothing to infer")
            + ", and its data are impossible: the log density is " + logDensity + ".", "Look at the data's supports.");
    return new Posterior(engine.name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(),
        Draws.of(out.length, kept), List.of("lp__"), Draws.of(1, sampler), Optional.empty(),
        Map.of("log_density", logDensity), List.of(verdict), Map.of(), false);
  }

  /// Whether some of `size` columns from `from` on differ between draws: missing outcomes have no coordinates, and are drawn.
  private static boolean varies(double[] chain, int from, int size, int width) {
    for (int i = from + width; i < chain.length; i += width)
      for (int c = 0; c < size; c++) if (chain[i + c] != chain[from + c]) return true;
    return false;
  }
}
