package ppl.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.runtime.Block;
import ppl.runtime.Quantity;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// Judges factors of blocks: by importance weights of their draws, and where these cannot be trusted by short runs of a
/// Gibbs sampler that start in the draws. Weights that are all the same show that nothing was approximated. Weights of
/// labels do not see labels that the answer never draws, such as those of a part without members: chains are asked too.
///
/// @param advice what to use instead
record BlockCheck(Blocks blocks, List<Quantity> quantities, Map<String, Double> numbers, List<Verdict> verdicts,
    String advice) {
  private static final double SAME = 1e-6;
  /// Fewer draws say too little of their own spread to call a difference a defect.
  private static final int LEAST_COMPARED = 30;
  private static final int LEAST_MOVES = 4000;
  private static final long WORK = 100_000_000;
  private static final String STUCK = "some of their steps have no distribution to draw from";

  /// Whether log weights are those of an exact answer.
  ///
  /// @param rounding how far rounding may move each
  static boolean constant(double[] weights, double rounding) {
    return Quantiles.sd(weights) <= SAME * (1 + 1e-6 * Math.abs(weights[0])) + rounding;
  }

  void judge(Reported reported, double bound, int sweeps, boolean chains, RandomGenerator random, Progress progress) {
    var weights = reported.logWeight();
    var psis = Psis.of(weights);
    numbers.put("elbo_by_draws", Quantiles.mean(weights));
    numbers.put("elbo_mcse", Quantiles.sd(weights) / Math.sqrt(weights.length));
    double elbo = Quantiles.mean(reported.logWhole());
    double error = Quantiles.sd(reported.logWhole()) / Math.sqrt(weights.length);
    numbers.put("khat", psis.khat());
    numbers.put("ess_importance", psis.effectiveSize());
    var findings = new Findings(quantities, numbers, verdicts);
    boolean labelled = blocks.blocks.stream().anyMatch(b -> b.shape() instanceof Block.Discrete);
    boolean walks = chains && weights.length >= 8;
    if (weights.length >= LEAST_COMPARED && !(Math.abs(elbo - bound) <= 6 * error + SAME * (1 + Math.abs(bound)) + reported.rounding())) {
      verdicts.add(Verdict.unusable(NutsCheck.format("The closed form disagrees with the model's density: the bound is"
          + " %.6g in closed form and %.6g by draws.", bound, elbo), "This is a defect of the compiler: use --method nuts."));
    }
    if (constant(weights, reported.rounding())) {
      verdicts.add(Verdict.trustworthy("The answer is exact: the model's density at every draw is the evidence times that"
          + " of the answer."));
    } else if (Findings.competent(psis) && !(labelled && walks)) {
      byWeights(findings, psis, reported);
    } else if (walks) {
      int most = (int) Math.max(sweeps, Math.min(LEAST_MOVES, WORK / Math.max(1, blocks.size())));
      var walk = new Walk(blocks, random, Drift.chains(Math.min(weights.length, Math.max(8, most / 12))));
      var drift = Drift.of(quantities, walk, most, progress);
      if (Findings.competent(psis) && !Findings.biased(drift)) byWeights(findings, psis, reported);
      else findings.byChains(drift, psis.khat(), STUCK, advice);
    } else {
      verdicts.add(Verdict.doubtful(Findings.sentence(psis.khat()), advice));
    }
  }

  private void byWeights(Findings findings, Psis psis, Reported reported) {
    var draws = reported.draws().only(IntStream.range(0, reported.logWeight().length).toArray());
    findings.byWeights(psis, draws, draws, Findings.CLOSE, "the answer's own draws", advice);
  }

  /// Gibbs chains that start in draws of the factors.
  private static final class Walk implements Drift.Walk {
    private final Blocks chain;
    private final RandomGenerator random;
    private final double[][][] values;
    private boolean stuck;

    Walk(Blocks blocks, RandomGenerator random, int chains) {
      this.random = random;
      chain = new Blocks(blocks.model);
      values = new double[chains][][];
      for (int c = 0; c < chains; c++) {
        values[c] = blocks.values();
        blocks.draw(random, values[c]);
      }
      chain.align(blocks);
    }

    @Override
    public int chains() {
      return values.length;
    }

    @Override
    public void begin(int c, double[] out) {
      chain.model.report(values[c], chain.q, random, out);
    }

    @Override
    public int move(int c, boolean adapt, double[] out) {
      for (int b = 0; b < chain.count(); b++) chain.observe(b, values[c][b]);
      stuck = false;
      for (int b = 0; b < chain.count(); b++) stuck |= gibbs(c, b).isPresent();
      chain.model.report(values[c], chain.q, random, out);
      return 1;
    }

    private Optional<String> gibbs(int c, int b) {
      var objection = chain.conditional(b);
      if (objection.isPresent()) return objection;
      chain.factors[b].draw(random, values[c][b]);
      chain.observe(b, values[c][b]);
      return objection;
    }

    @Override
    public boolean diverged() {
      return stuck;
    }
  }
}
