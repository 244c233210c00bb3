package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What every engine returns.
///
/// @param method the engine's name
/// @param seed the seed; the same seed gives the same bits
/// @param settings the settings used, name to value, in the engine's order
/// @param kind how the draws relate to one another
/// @param quantities what the columns of `draws` are, in order, row-major
/// @param draws draws of the reported quantities
/// @param columns names of the columns of `sampler`, such as `lp__`
/// @param sampler what the engine knows of each draw; as many draws a chain as `draws`
/// @param summaries what the draws say of columns, each in its place, as far as the engine has asked that
/// @param marginals what is known of the marginal distributions beyond the draws
/// @param mode the most probable point pushed through the model's transforms, where the engine looks for one
/// @param diagnostics named numbers about the run, in the order of printing
/// @param verdicts findings in words, at least one
/// @param seconds wall time of the run's phases, in seconds
/// @param interrupted whether the run was stopped before its end; what it had is kept
public record Posterior(
    String method, long seed, Map<String, String> settings, Kind kind,
    List<Quantity> quantities, Draws draws, List<String> columns, Draws sampler,
    List<Optional<Summary>> summaries, Optional<Marginals> marginals, Optional<double[]> mode,
    Map<String, Double> diagnostics, List<Verdict> verdicts, Map<String, Double> seconds, boolean interrupted) {
  /// A posterior of which the draws are all that is known.
  public Posterior(
      String method, long seed, Map<String, String> settings, Kind kind,
      List<Quantity> quantities, Draws draws, List<String> columns, Draws sampler, Optional<double[]> mode,
      Map<String, Double> diagnostics, List<Verdict> verdicts, Map<String, Double> seconds, boolean interrupted) {
    this(method, seed, settings, kind, quantities, draws, columns, sampler, List.of(), Optional.empty(), mode, diagnostics,
        verdicts, seconds, interrupted);
  }

  /// A posterior of which nothing is summed up yet.
  public Posterior(
      String method, long seed, Map<String, String> settings, Kind kind,
      List<Quantity> quantities, Draws draws, List<String> columns, Draws sampler, Optional<Marginals> marginals,
      Optional<double[]> mode, Map<String, Double> diagnostics, List<Verdict> verdicts, Map<String, Double> seconds,
      boolean interrupted) {
    this(method, seed, settings, kind, quantities, draws, columns, sampler, List.of(), marginals, mode, diagnostics,
        verdicts, seconds, interrupted);
  }

  /// A posterior of which the draws are all that is known, some of them summed up.
  public Posterior(
      String method, long seed, Map<String, String> settings, Kind kind,
      List<Quantity> quantities, Draws draws, List<String> columns, Draws sampler, List<Optional<Summary>> summaries,
      Map<String, Double> diagnostics, List<Verdict> verdicts, Map<String, Double> seconds, boolean interrupted) {
    this(method, seed, settings, kind, quantities, draws, columns, sampler, summaries, Optional.empty(), Optional.empty(),
        diagnostics, verdicts, seconds, interrupted);
  }

  /// How draws relate: autocorrelated chains, or independent draws from an approximation.
  public enum Kind { CHAINS, INDEPENDENT }

  /// The worst level among the verdicts.
  public Verdict.Level level() {
    return verdicts.stream().map(Verdict::level).max(Comparator.naturalOrder()).orElse(Verdict.Level.TRUSTWORTHY);
  }

  /// What the draws of a column say, if the engine has asked that.
  public Optional<Summary> summary(int column) {
    return column < summaries.size() ? summaries.get(column) : Optional.empty();
  }

  /// Threads that the engine was allowed, at most.
  public int threads() {
    int asked = Integer.parseInt(settings.getOrDefault("threads", "0"));
    return asked > 0 ? asked : Runtime.getRuntime().availableProcessors();
  }

  /// The same with other times.
  public Posterior timed(Map<String, Double> seconds) {
    return with(diagnostics, verdicts, seconds);
  }

  /// The same with other findings and times.
  public Posterior with(Map<String, Double> diagnostics, List<Verdict> verdicts, Map<String, Double> seconds) {
    return new Posterior(method, seed, settings, kind, quantities, draws, columns, sampler, summaries, marginals, mode,
        diagnostics, verdicts, seconds, interrupted);
  }

  /// The same, the answer of a run that was stopped before it came to a better one.
  public Posterior interrupted(String finding) {
    var findings = new ArrayList<>(verdicts);
    findings.add(Verdict.doubtful(finding, "Let it run to its end."));
    return new Posterior(method, seed, settings, kind, quantities, draws, columns, sampler, summaries, marginals, mode,
        diagnostics, findings, seconds, true);
  }

  /// The same with some quantities alone; what was found about the others still counts.
  public Posterior keeping(Predicate<Quantity> kept) {
    var columns = new ArrayList<Integer>();
    int from = 0;
    for (var q : quantities) {
      if (kept.test(q)) for (int i = 0; i < q.size(); i++) columns.add(from + i);
      from += q.size();
    }
    if (columns.size() == from) return this;
    var picked = columns.stream().mapToInt(Integer::intValue).toArray();
    return new Posterior(method, seed, settings, kind, quantities.stream().filter(kept).toList(),
        draws.picking(picked), this.columns, sampler, columns.stream().map(this::summary).toList(),
        marginals.map(m -> m.keeping(picked)),
        mode.map(m -> Arrays.stream(picked).mapToDouble(c -> m[c]).toArray()), diagnostics, verdicts, seconds, interrupted);
  }

  /// The draws of one element, `tau`, `theta[1]` or `alpha[ANOKA]`, chain after chain.
  ///
  /// @throws IllegalArgumentException if nothing reported has this name
  public double[] draws(String element) {
    int column = column(element);
    return IntStream.range(0, draws.chains().size()).boxed()
        .flatMapToDouble(c -> Arrays.stream(draws.column(c, column))).toArray();
  }

  /// The column of `draws` that holds an element.
  ///
  /// @throws IllegalArgumentException if nothing reported has this name
  public int column(String element) {
    int from = 0;
    for (var q : quantities) {
      int size = element.startsWith(q.name()) ? q.size() : 0;
      for (int i = 0; i < size; i++) if (q.element(i).equals(element)) return from + i;
      from += q.size();
    }
    throw new IllegalArgumentException("no " + element + " is reported; there are "
        + quantities.stream().map(Posterior::shown).collect(Collectors.joining(", ")));
  }

  private static String shown(Quantity q) {
    return q.dims().isEmpty() || q.size() == 0 ? q.name() : q.element(0) + " .. " + q.element(q.size() - 1);
  }
}
