package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// A weighted mean of laws: one component is chosen with the probability that is its weight. All components are of one
/// kind and shape.
public final class Mixture {
  private Mixture() {}

  /// The components: written one by one, or one for each index below a count.
  private sealed interface Components {
    record Listed(List<Law> laws) implements Components {}

    record Counted(Expr count, Function<Expr, Law> law) implements Components {}
  }

  /// A mixture of the listed laws.
  ///
  /// @param weights a simplex of as many elements
  public static Law of(Arr weights, List<Law> laws) {
    return of(weights, new Components.Listed(List.copyOf(laws)));
  }

  /// A mixture of `component` at 0, 1, .., one for each weight.
  public static Law over(Arr weights, Function<Expr, Law> component) {
    return of(weights, new Components.Counted(weights.dims().getFirst(), component));
  }

  private static Law of(Arr weights, Components components) {
    var any = any(components);
    var law = Law.event(any.kind(), any.dims(), support(components),
        (b, x) -> total(b, weights, components, (inner, c) -> c.logpdf(inner, x)));
    if (all(components, c -> c.tails().isPresent()))
      law = law.withTails(new Law.Tails(
          (b, x) -> total(b, weights, components, (inner, c) -> summand(c.logcdf(inner, x))),
          (b, x) -> total(b, weights, components, (inner, c) -> summand(c.logccdf(inner, x)))));
    if (all(components, c -> c.mean().isPresent())) law = law.withMean(mean(weights, components, any));
    if (all(components, c -> c.mean().isPresent() && c.sd().isPresent()))
      law = law.withSd(sd(weights, components, any, law.mean().orElseThrow()));
    return all(components, c -> c.draw().isPresent()) ? law.withDraws(b -> draw(b, weights, components, any)) : law;
  }

  /// log of the weighted sum of exp(f).
  private static Expr total(Build b, Arr weights, Components components, BiFunction<Build, Law, Expr> f) {
    return switch (components) {
      case Components.Listed(var laws) -> IntStream.range(0, laws.size())
          .mapToObj(k -> add(log(weights.at(integer(k))), f.apply(b, laws.get(k))))
          .reduce(Functions::logAddExp).orElseThrow();
      case Components.Counted(var count, var law) -> {
        var terms = Elementwise.each(b, List.of(count), (inner, at) ->
            add(log(weights.at(at)), f.apply(inner, law.apply(at.getFirst()))));
        yield logSumExp(count, k -> terms.at(k));
      }
    };
  }

  /// The weighted sum of `f`.
  private static Expr weighted(Arr weights, Components components, Function<Law, Expr> f) {
    return switch (components) {
      case Components.Listed(var laws) -> IntStream.range(0, laws.size())
          .mapToObj(k -> mul(weights.at(integer(k)), f.apply(laws.get(k)))).reduce(Exprs::add).orElseThrow();
      case Components.Counted(var count, var law) -> sum(count, k -> mul(weights.at(k), f.apply(law.apply(k))));
    };
  }

  private static Arr mean(Arr weights, Components components, Law any) {
    return new Arr(Kind.REAL, any.dims(), at -> weighted(weights, components, c -> c.mean().orElseThrow().at(at)));
  }

  private static Arr sd(Arr weights, Components components, Law any, Arr mean) {
    return new Arr(Kind.REAL, any.dims(), at -> sqrt(weighted(weights, components, c -> add(
        square(c.sd().orElseThrow().at(at)), square(sub(c.mean().orElseThrow().at(at), mean.at(at)))))));
  }

  private static Arr draw(Build b, Arr weights, Components components, Law any) {
    var k = sub(Draws.category(b, weights), integer(1));
    var out = b.array("drawn", any.kind(), any.dims());
    switch (components) {
      case Components.Counted(var count, var law) -> law.apply(k).draw(b, out, List.of());
      case Components.Listed(var laws) -> b.add(choice(k, laws, 0, out));
    }
    return Arr.of(out);
  }

  private static Stmt.Block choice(Expr k, List<Law> laws, int i, Array out) {
    var draw = Build.block(b -> laws.get(i).draw(b, out, List.of()));
    if (i == laws.size() - 1) return draw;
    return new Stmt.Block(List.of(), List.of(new Stmt.If(eq(k, integer(i)), draw, choice(k, laws, i + 1, out))));
  }

  private static Support support(Components components) {
    return switch (components) {
      case Components.Listed(var laws) -> laws.stream().map(Law::support).reduce(Support::union).orElseThrow();
      case Components.Counted(var count, var law) -> {
        var k = new Index("k");
        yield law.apply(var(k)).support().over(k, count);
      }
    };
  }

  private static boolean all(Components components, Predicate<Law> test) {
    return switch (components) {
      case Components.Listed(var laws) -> laws.stream().allMatch(test);
      case Components.Counted c -> test.test(any(c));
    };
  }

  /// One component, for what all have in common.
  private static Law any(Components components) {
    return switch (components) {
      case Components.Listed(var laws) -> laws.getFirst();
      case Components.Counted(var count, var law) -> law.apply(integer(0));
    };
  }
}
