package ppl.lib;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// One way to call a function; several rows with one name are one [Function].
///
/// @param range where elements of the result lie; any number where a row does not say it
/// @param reads what it takes for granted of a matrix of which it reads one triangle
record Row(Signature signature, Function.Typing typing, Function.Lowering lowering, Function.Ranging range,
    Optional<Symmetry> reads, String doc) {
  private Row(Signature signature, Function.Typing typing, Function.Lowering lowering, String doc) {
    this(signature, typing, lowering, Ranges.ANY, Optional.empty(), doc);
  }

  /// The same with what is known of its results.
  Row in(Function.Ranging range) {
    return new Row(signature, typing, lowering, range, reads, doc);
  }

  /// The same, which reads one triangle of its first argument.
  Row reading(Symmetry granted) {
    return new Row(signature, typing, lowering, range, Optional.of(granted), doc);
  }

  /// What a function of scalars does.
  @FunctionalInterface
  interface Each {
    Expr of(List<Expr> x);
  }

  /// A function of scalars, applied element by element.
  static Row each(String signature, String doc, Each each) {
    var s = Signature.of(signature);
    return new Row(s, args -> Typing.each(s, args), (b, args) -> lower(s, args, each), doc);
  }

  /// A primitive, under its own name.
  static Row prim(Prim prim, String doc, String... arguments) {
    var parameters = IntStream.range(0, arguments.length)
        .mapToObj(i -> arguments[i] + " : " + word(prim.parameters().get(i)))
            .collect(Collectors.joining(", ", "(", ")"));
    return each(prim.symbol() + parameters + " : " + word(prim.result()), doc, x -> Exprs.apply(prim, x));
  }

  private static String word(Kind kind) {
    return kind == Kind.INT ? "int" : "real";
  }

  static Row each1(String signature, String doc, UnaryOperator<Expr> each) {
    return each(signature, doc, x -> each.apply(x.get(0)));
  }

  static Row each2(String signature, String doc, BinaryOperator<Expr> each) {
    return each(signature, doc, x -> each.apply(x.get(0), x.get(1)));
  }

  /// A function of arrays. Its lowering may use elements of arguments as often as it likes.
  static Row whole(String signature, String doc, Function.Lowering lowering) {
    var s = Signature.of(signature);
    return new Row(s, args -> Typing.whole(s, args),
        (b, args) -> lowering.of(b, args.stream().map(a -> Stored.of(b, a)).toList()), doc);
  }

  /// A reduction of an array of any shape, or of nothing but a number.
  static Row total(String signature, String doc, Function.Lowering lowering) {
    var s = Signature.of(signature);
    return new Row(s, args -> Typing.total(s, args), lowering, doc);
  }

  static Row special(String signature, String doc, Function.Typing typing, Function.Lowering lowering) {
    return new Row(Signature.of(signature), typing, lowering, doc);
  }

  private static Arr lower(Signature s, List<Arr> args, Each each) {
    var longest = args.stream().reduce((a, b) -> b.rank() > a.rank() ? b : a).orElseThrow();
    var kind = kind(s, args);
    return new Arr(kind, longest.dims(), at -> {
      var e = each.of(args.stream().map(a -> a.at(at.subList(at.size() - a.rank(), at.size()))).toList());
      return kind == Kind.REAL ? Exprs.toReal(e) : e;
    });
  }

  private static Kind kind(Signature s, List<Arr> args) {
    return switch (s.result().kind()) {
      case REAL -> Kind.REAL;
      case INT -> Kind.INT;
      case ANY -> args.stream().allMatch(a -> a.kind() == Kind.INT) ? Kind.INT : Kind.REAL;
    };
  }
}
