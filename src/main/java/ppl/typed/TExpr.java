package ppl.typed;

import java.util.List;
import java.util.Optional;
import ppl.lib.Function;
import ppl.source.Span;

/// An expression with its type. Operators are functions of `ppl.lib`; broadcasting is implied by the types: dimensions
/// match from the right.
public sealed interface TExpr {
  Type type();

  Span span();

  /// The type as a user would write it, of a name with its declared support.
  default String written() {
    return this instanceof Ref(var symbol, var span) ? symbol.written() : type().toString();
  }

  /// A number, or a constant's value.
  record Num(double value, Type type, Span span) implements TExpr {}

  /// The value of a name: all of it.
  record Ref(Symbol symbol, Span span) implements TExpr {
    public Type type() {
      return symbol.type();
    }
  }

  /// A level written as a label, `"ANOKA"`; its position is known when data are bound.
  record Label(String text, Type type, Span span) implements TExpr {}

  /// A size as a value: `size(homes)`, `levels(county)`, the size of an array.
  record SizeOf(Size size, Span span) implements TExpr {
    public Type type() {
      return Type.INT;
    }
  }

  /// A library function or operator.
  record Apply(Function function, List<TExpr> args, Type type, Span span) implements TExpr {}

  /// A user function. Where `stretched`, the function takes and gives scalars and is applied element by element.
  ///
  /// @param sizes the values of the function's size parameters, in their order
  record CallFun(FunDef function, List<TExpr> args, List<Size> sizes, boolean stretched, Type type, Span span)
      implements TExpr {}

  /// `condition ? yes : no`, elementwise.
  record Select(TExpr condition, TExpr yes, TExpr no, Type type, Span span) implements TExpr {}

  /// Indexing. Subscripts are as many as the base has dimensions (missing ones are filled with [Sub.All]). All
  /// one-dimensional index arrays pair up into one dimension, placed where the first of them stands.
  record Index(TExpr base, List<Sub> subs, Type type, Span span) implements TExpr {}

  /// `from..to` as an array of whole numbers.
  record Range(TExpr from, TExpr to, Type type, Span span) implements TExpr {}

  /// `[a, b, c]`; elements have equal types.
  record ArrayLit(List<TExpr> elements, Type type, Span span) implements TExpr {}

  /// `[body for i in .., j in ..]`; the binders' dimensions come first.
  record Comprehension(List<Binder> binders, TExpr body, Type type, Span span) implements TExpr {}

  /// `sum(i in .. : body)`; `function` is a reduction of one array argument, the body is a scalar.
  record Reduce(Function function, List<Binder> binders, TExpr body, Type type, Span span) implements TExpr {}

  /// A function of a distribution; elementwise over `x` (one event an element of the result) for the first four.
  record OfDist(DistFunction which, TDist dist, Optional<TExpr> x, Type type, Span span) implements TExpr {}

  enum DistFunction { LOGPDF, CDF, LOGCDF, LOGCCDF, MEAN, SD, DRAW }

  /// `i in from..to`, or over a domain (then from 1 to its size).
  record Binder(Symbol variable, TExpr from, TExpr to) {}

  /// One subscript.
  sealed interface Sub {
    /// A scalar or one-dimensional array of positions from 1, or levels.
    record At(TExpr index) implements Sub {}

    /// `from..to`: keeps the dimension.
    record Slice(TExpr from, TExpr to) implements Sub {}

    /// All of the dimension.
    record All() implements Sub {}
  }
}
