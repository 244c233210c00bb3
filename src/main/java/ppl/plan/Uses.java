package ppl.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.form.Bound;
import ppl.form.Facts;
import ppl.form.Term;
import ppl.ir.Array;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// How one unknown enters a log joint.
///
/// @param by      its statistics, for each statement
/// @param pairs   terms that multiply two of its statistics
/// @param many    a term that multiplies more than two
/// @param opaque  a term in which it is no statistic
/// @param bounded statements that bound it by data
record Uses(Map<Span, Set<Statistic>> by, List<Term> pairs, Optional<Term> many, Optional<Term> opaque, Set<Span> bounded) {
  static Uses of(Array unknown, List<Term> terms, List<Bound> bounds, Facts facts) {
    var by = new LinkedHashMap<Span, Set<Statistic>>();
    var pairs = new ArrayList<Term>();
    Optional<Term> many = Optional.empty();
    Optional<Term> opaque = Optional.empty();
    for (var t : terms) {
      int n = 0;
      for (var f : t.factors())
        switch (f) {
          case Term.Stat(var x, var statistic, var at) -> {
            if (x == unknown) {
              n++;
              by.computeIfAbsent(t.span(), s -> new LinkedHashSet<>()).add(statistic);
            }
          }
          case Term.Opaque o -> {
            if (opaque.isEmpty() && facts.unknowns(o.value()).contains(unknown)) opaque = Optional.of(t);
          }
        }
      if (n == 2) pairs.add(t);
      if (n > 2 && many.isEmpty()) many = Optional.of(t);
    }
    var bounded = new LinkedHashSet<Span>();
    for (var b : bounds) if (b.unknown() == unknown) bounded.add(b.span());
    return new Uses(by, pairs, many, opaque, bounded);
  }

  /// All statistics, in an order of their own.
  List<Statistic> statistics() {
    var all = new LinkedHashSet<Statistic>();
    by.values().forEach(all::addAll);
    return sorted(all);
  }

  static List<Statistic> sorted(java.util.Collection<Statistic> all) {
    return all.stream().sorted(java.util.Comparator.comparingInt(Uses::rank).thenComparingDouble(Uses::exponent)).toList();
  }

  private static int rank(Statistic s) {
    return switch (s) {
      case Statistic.Log l -> 0;
      case Statistic.Log1m l -> 1;
      case Statistic.LogDeterminant d -> 2;
      case Statistic.Power p -> 3;
      case Statistic.Inverse i -> 4;
      case Statistic.Indicator i -> 5;
    };
  }

  private static double exponent(Statistic s) {
    return s instanceof Statistic.Power(double p) ? Math.abs(p) + (p < 0 ? 0.25 : 0) : 0;
  }
}
