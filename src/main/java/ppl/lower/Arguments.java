package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Domain;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.typed.Mentions;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// The arguments of a distribution, through all that it is made of, with what each has to be.
final class Arguments {
  /// A component of a mixture, counted from 0.
  record Frame(Index component, Expr count) {}

  /// What takes an argument.
  enum Taker {
    /// A law of the library: its density is no number where a matrix has no Cholesky factor.
    LIBRARY,
    /// A law that the model defines.
    DEFINED,
    /// The value below which another law is cut off.
    LOWER,
    /// The value above which it is.
    UPPER;

    /// What stands for no limit, of a limit.
    Optional<String> none() {
      return switch (this) {
        case LIBRARY, DEFINED -> Optional.empty();
        case LOWER -> Optional.of("-infinity");
        case UPPER -> Optional.of("infinity");
      };
    }
  }

  /// One argument.
  ///
  /// @param over    the mixtures that it is a component's argument of, from outside in
  /// @param text    as it is written
  /// @param rank    how many of its last dimensions one event takes
  /// @param support what it has to be
  /// @param of      what takes it
  record Argument(
      List<Frame> over, String law, String name, TExpr text, Arr value, int rank, Support support, Taker of) {
    /// As the event at some batch subscripts has it; its dimensions before broadcast over the batch.
    Arr at(List<Expr> batch) {
      int lead = value.rank() - rank;
      return value.slice(batch.subList(batch.size() - lead, batch.size()));
    }

    /// The name that it is, or is a part of.
    Optional<Symbol> source() {
      return source(text);
    }

    private static Optional<Symbol> source(TExpr e) {
      return switch (e) {
        case TExpr.Ref r -> Optional.of(r.symbol());
        case TExpr.Index i -> source(i.base());
        default -> Optional.empty();
      };
    }

    /// Whether all events of a statement have the same.
    boolean isAlike() {
      var symbols = new ArrayList<Symbol>();
      Mentions.of(text, symbols::add);
      return value.rank() == rank && over.isEmpty()
          && symbols.stream().noneMatch(s -> s.role() == Symbol.Role.LOOP || s.role() == Symbol.Role.LOCAL);
    }

    /// Whether it is what it has to be there, whatever the component, as far as densities do not tell.
    Expr holds(Build b, List<Expr> batch) {
      return of != Taker.DEFINED || !over.isEmpty() ? holds(batch) : wholly(b, batch);
    }

    /// The same, if nothing else tells.
    Expr wholly(Build b, List<Expr> batch) {
      return over.isEmpty() ? and(holds(batch), Restrictions.isDefinite(support, at(batch), b)) : holds(batch);
    }

    private Expr holds(List<Expr> batch) {
      Expr each = Restrictions.holds(support, at(batch));
      for (var f : over.reversed())
        each = new Expr.Reduce(Expr.Reducer.PRODUCT, f.component(), integer(0), f.count(), each);
      return each;
    }
  }

  private static final Support ANY = Support.REAL;

  private final Expressions expressions;
  private final Predicate<TExpr> wanted;

  /// @param wanted which arguments are looked at
  Arguments(Expressions expressions, Predicate<TExpr> wanted) {
    this.expressions = expressions;
    this.wanted = wanted;
  }

  List<Argument> of(TDist dist, Build b, Scope scope) {
    return of(dist, List.of(), b, scope).toList();
  }

  private Stream<Argument> of(TDist dist, List<Frame> over, Build b, Scope scope) {
    return switch (dist) {
      case TDist.Named(var d, var form, var args, var span) -> IntStream.range(0, args.size()).boxed().flatMap(i -> {
        var p = form.parameters().get(i);
        return one(over, d.name(), p.name(), args.get(i), p.rank(), support(p.domain()), Taker.LIBRARY, b, scope);
      });
      case TDist.User(var def, var args, var sizes, var span) -> IntStream.range(0, args.size()).boxed().flatMap(i -> {
        var p = def.parameters().get(i);
        return one(over, def.name(), p.name(), args.get(i), p.type().rank(), constant(p.support()), Taker.DEFINED, b, scope);
      });
      case TDist.Truncated(var inner, var lower, var upper, var span) ->
          Stream.concat(of(inner, over, b, scope), bounds(over, "truncated", lower, upper, b, scope));
      case TDist.Censored(var inner, var lower, var upper, var span) ->
          Stream.concat(of(inner, over, b, scope), bounds(over, "censored", lower, upper, b, scope));
      case TDist.Mixture(var weights, var components, var span) -> Stream.concat(
          one(over, "mixture", "weights", weights, 1, support(Domain.SIMPLEX), Taker.LIBRARY, b, scope),
          components.stream().flatMap(c -> of(c, over, b, scope)));
      case TDist.MixtureOver(var weights, var binder, var component, var span) -> {
        var k = new Index(binder.variable().name());
        var from = expressions.scalar(binder.from(), b, scope);
        var count = expressions.lower(weights, b, scope).dims().getLast();
        yield Stream.concat(one(over, "mixture", "weights", weights, 1, support(Domain.SIMPLEX), Taker.LIBRARY, b, scope),
            of(component, Stream.concat(over.stream(), Stream.of(new Frame(k, count))).toList(), b,
                scope.inner().bind(binder.variable(), Arr.of(add(from, var(k))))));
      }
      case TDist.ZeroInflated(var p, var inner, var span) -> Stream.concat(
          one(over, "zero_inflated", "p", p, 0, Support.UNIT, Taker.LIBRARY, b, scope), of(inner, over, b, scope));
      case TDist.Hurdle(var p, var inner, var span) -> Stream.concat(
          one(over, "hurdle", "p", p, 0, Support.UNIT, Taker.LIBRARY, b, scope), of(inner, over, b, scope));
    };
  }

  private Stream<Argument> bounds(
      List<Frame> over, String law, Optional<TExpr> lower, Optional<TExpr> upper, Build b, Scope scope) {
    return Stream.concat(lower.stream().flatMap(e -> one(over, law, "lower", e, 0, ANY, Taker.LOWER, b, scope)),
        upper.stream().flatMap(e -> one(over, law, "upper", e, 0, ANY, Taker.UPPER, b, scope)));
  }

  private Stream<Argument> one(
      List<Frame> over, String law, String name, TExpr arg, int rank, Support support, Taker of, Build b,
      Scope scope) {
    return wanted.test(arg)
        ? Stream.of(new Argument(over, law, name, arg, expressions.lower(arg, b, scope), rank, support, of))
        : Stream.empty();
  }

  private static Support support(Domain domain) {
    return switch (domain) {
      case REAL, INT -> ANY;
      case POSITIVE -> Support.POSITIVE;
      case NONNEGATIVE -> Support.NONNEGATIVE;
      case UNIT -> Support.UNIT;
      case BINARY -> Support.BINARY;
      case COUNT -> Support.COUNT;
      case POSITIVE_INT -> new Support.Ints(Optional.of(integer(1)), Optional.empty());
      case SIMPLEX, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> new Support.Whole(domain);
    };
  }

  /// A declared support whose bounds are numbers; anything else is not looked at.
  private static Support constant(ppl.typed.Support support) {
    return switch (support) {
      case ppl.typed.Support.All all -> ANY;
      case ppl.typed.Support.Between(var lower, var upper, var strict) ->
          new Support.Reals(number(lower), number(upper), strict);
      case ppl.typed.Support.Shaped(var shape) -> Shapes.domain(shape).<Support>map(Support.Whole::new).orElse(ANY);
    };
  }

  private static Optional<Expr> number(Optional<TExpr> bound) {
    return bound.flatMap(e -> e instanceof TExpr.Num n ? Optional.of(real(n.value())) : Optional.empty());
  }
}
