package ppl.dist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;

/// Combinators over several inner laws, at random arguments.
final class CombinatorCases {
  private CombinatorCases() {}

  /// A named way to make a law.
  record Case(String name, BiFunction<BoundLaw.Arguments, Random, Law> maker) {
    BoundLaw bind(long seed) {
      var arguments = new BoundLaw.Arguments();
      return arguments.bind(name, maker.apply(arguments, new Random(31 * name.hashCode() + seed)));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Law normal(BoundLaw.Arguments a, Random r) {
    return Normal.law(a.real(r.nextGaussian()), a.real(0.5 + r.nextDouble()));
  }

  private static Law of(String name, BoundLaw.Arguments a, double... values) {
    var d = Distributions.find(name).orElseThrow();
    var args = Arrays.stream(values).mapToObj(v -> Arr.of(a.real(v))).toList();
    return d.law(args, List.of());
  }

  private static Law binomial(BoundLaw.Arguments a, int n, double p) {
    return Distributions.find("Binomial").orElseThrow()
        .law(List.of(Arr.of(a.integer(n)), Arr.of(a.real(p))), List.of());
  }

  private static Optional<Expr> some(Expr e) {
    return Optional.of(e);
  }

  /// Proper densities or masses.
  static List<Case> all() {
    var cases = new ArrayList<Case>();
    cases.addAll(truncated());
    cases.addAll(mixtures());
    cases.addAll(zeros());
    return cases;
  }

  private static List<Case> truncated() {
    return List.of(
        new Case("truncated(Normal, lower)", (a, r) ->
            Truncated.of(normal(a, r), some(a.real(r.nextGaussian())), Optional.empty())),
        new Case("truncated(Normal, upper)", (a, r) ->
            Truncated.of(normal(a, r), Optional.empty(), some(a.real(-r.nextDouble())))),
        new Case("truncated(Normal, far tail)", (a, r) -> Truncated.of(
            of("Normal", a, 0, 1), some(a.real(9 + r.nextDouble())), some(a.real(11 + r.nextDouble())))),
        new Case("truncated(StudentT, both)", (a, r) -> Truncated.of(
            of("StudentT", a, 1 + 3 * r.nextDouble(), 0, 1), some(a.real(-r.nextDouble())), some(a.real(3)))),
        new Case("truncated(Gamma, both)", (a, r) -> Truncated.of(
            of("Gamma", a, 0.5 + 3 * r.nextDouble(), 1), some(a.real(0.2)), some(a.real(4 + r.nextDouble())))),
        new Case("truncated(LogNormal, upper)", (a, r) -> Truncated.of(
            of("LogNormal", a, 0, 1), Optional.empty(), some(a.real(1 + r.nextDouble())))),
        new Case("truncated(Poisson, lower)", (a, r) ->
            Truncated.of(of("Poisson", a, 3 * r.nextDouble()), some(a.integer(1 + r.nextInt(3))), Optional.empty())),
        new Case("truncated(NegativeBinomial, both)", (a, r) -> Truncated.of(
            of("NegativeBinomial", a, 4, 1 + r.nextDouble()), some(a.integer(2)), some(a.integer(3 + r.nextInt(5))))),
        new Case("truncated(Binomial, upper)", (a, r) ->
            Truncated.of(binomial(a, 9, r.nextDouble()), Optional.empty(), some(a.integer(r.nextInt(6))))),
        new Case("truncated(mixture)", (a, r) -> Truncated.of(
            Mixture.of(a.vector(0.4, 0.6), List.of(normal(a, r), normal(a, r))), some(a.real(-0.5)), some(a.real(2)))));
  }

  private static List<Case> mixtures() {
    return List.of(
        new Case("mixture(Normal, Normal)", (a, r) ->
            Mixture.of(a.vector(0.3, 0.7), List.of(normal(a, r), normal(a, r)))),
        new Case("mixture(Gamma, Uniform, HalfNormal)", (a, r) -> Mixture.of(a.vector(0.2, 0.5, 0.3), List.of(
            of("Gamma", a, 2, 1), of("Uniform", a, -1, r.nextDouble()), of("HalfNormal", a, 1)))),
        new Case("mixture(Poisson, Geometric)", (a, r) ->
            Mixture.of(a.vector(0.5, 0.5), List.of(of("Poisson", a, 1 + 5 * r.nextDouble()), of("Geometric", a, 0.4)))),
        new Case("mixture(k : Normal)", (a, r) -> {
          var mean = a.vector(-2, 0, 3 * r.nextDouble());
          var sd = a.vector(0.5, 1, 1.5);
          return Mixture.over(a.vector(0.2, 0.5, 0.3), k -> Normal.law(mean.at(k), sd.at(k)));
        }),
        new Case("mixture(k : Uniform)", (a, r) -> {
          var lower = a.vector(-2, 0);
          return Mixture.over(a.vector(0.25, 0.75), k ->
              Uniform.law(lower.at(k), Exprs.add(lower.at(k), Exprs.real(1.5))));
        }),
        new Case("mixture(k : zero_inflated(Poisson))", (a, r) -> {
          var rate = a.vector(1, 6 * r.nextDouble());
          var poisson = Distributions.find("Poisson").orElseThrow();
          var p = a.real(0.3);
          return Mixture.over(a.vector(0.6, 0.4), k -> ZeroInflated.of(
              p, poisson.law(List.of(Arr.of(rate.at(k))), List.of())));
        }));
  }

  private static List<Case> zeros() {
    return List.of(
        new Case("zero_inflated(Poisson)", (a, r) ->
            ZeroInflated.of(a.real(r.nextDouble()), of("Poisson", a, 4 * r.nextDouble()))),
        new Case("zero_inflated(NegativeBinomial)", (a, r) ->
            ZeroInflated.of(a.real(r.nextDouble()), of("NegativeBinomial", a, 4 * r.nextDouble(), 2))),
        new Case("hurdle(Poisson)", (a, r) -> Hurdle.of(a.real(r.nextDouble()), of("Poisson", a, 4 * r.nextDouble()))),
        new Case("hurdle(Geometric)", (a, r) -> Hurdle.of(a.real(0.2), of("Geometric", a, 0.2 + 0.5 * r.nextDouble()))),
        new Case("zero_inflated(Binomial)", (a, r) -> ZeroInflated.of(a.real(0.5), binomial(a, 7, r.nextDouble()))));
  }
}
