package ppl.stats;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;

/// Summary tables from draws.
public final class Summaries {
  private Summaries() {}

  /// One summary for every element of every quantity, in order. Chains of unequal length are cut to the shortest.
  public static List<Summary> of(Posterior posterior) {
    var columns = Columns.of(posterior.quantities());
    var wanted = new BitSet();
    for (int i = 0; i < columns.names.length; i++) wanted.set(i, posterior.summary(i).isEmpty());
    try (var crew = new Crew(posterior.threads())) {
      var others = Elements.map(wanted, posterior.draws(), crew,
          (column, i) -> column.summary(columns.names[i], columns.whole.get(i), markov(posterior.kind())));
      return IntStream.range(0, columns.names.length)
          .mapToObj(i -> exact(posterior.summary(i).or(() -> others.get(i)).orElseThrow(), i, posterior)).toList();
    }
  }

  /// What the draws of some quantities say, in the places of their columns.
  public static List<Optional<Summary>> of(List<Quantity> quantities, Draws draws, Posterior.Kind kind,
      Predicate<Quantity> which, Crew crew) {
    var columns = Columns.of(quantities);
    var wanted = new BitSet();
    int from = 0;
    for (var q : quantities) {
      wanted.set(from, from + q.size(), which.test(q));
      from += q.size();
    }
    return Elements.map(wanted, draws, crew,
        (column, i) -> column.summary(columns.names[i], columns.whole.get(i), markov(kind)));
  }

  /// The summary of one element, such as `theta[1]`.
  ///
  /// @throws IllegalArgumentException if nothing reported has this name
  public static Summary of(Posterior posterior, String element) {
    int column = posterior.column(element);
    return exact(posterior.summary(column).orElseGet(() -> drawn(posterior, element, column)), column, posterior);
  }

  private static Summary drawn(Posterior posterior, String element, int at) {
    var draws = posterior.draws();
    var column = new Column(draws.begun(), draws.shortest());
    draws.columns(at, at + 1, column.draws());
    return column.summary(element, Columns.of(posterior.quantities()).whole.get(at), markov(posterior.kind()));
  }

  private static boolean markov(Posterior.Kind kind) {
    return kind == Posterior.Kind.CHAINS;
  }

  /// What columns are called, and which hold whole numbers.
  private record Columns(String[] names, BitSet whole) {
    static Columns of(List<Quantity> quantities) {
      var names = quantities.stream().flatMap(q -> IntStream.range(0, q.size()).mapToObj(q::element)).toArray(String[]::new);
      var whole = new BitSet();
      int from = 0;
      for (var q : quantities) {
        whole.set(from, from + q.size(), q.integer());
        from += q.size();
      }
      return new Columns(names, whole);
    }
  }

  /// What is known in closed form stands in place of what draws say, and has no Monte Carlo error.
  private static Summary exact(Summary drawn, int column, Posterior posterior) {
    if (posterior.marginals().isEmpty()) return drawn;
    var m = posterior.marginals().get();
    return new Summary(drawn.name(), known(m.mean()[column], drawn.mean()), known(m.sd()[column], drawn.sd()),
        known(m.q5()[column], drawn.q5()), known(m.q50()[column], drawn.q50()), known(m.q95()[column], drawn.q95()),
        Double.isNaN(m.mean()[column]) ? drawn.mcseMean() : 0, drawn.essBulk(), drawn.essTail(), drawn.rhat());
  }

  private static double known(double exact, double drawn) {
    return Double.isNaN(exact) ? drawn : exact;
  }
}
