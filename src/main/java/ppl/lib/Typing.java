package ppl.lib;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ppl.lib.Function.Outcome;
import ppl.lib.Signature.Kind;
import ppl.typed.Dim;
import ppl.typed.Size;
import ppl.typed.SizeCheck;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Typing by signature.
final class Typing {
  private Typing() {}

  /// Every element for itself: arguments broadcast.
  static Outcome each(Signature s, List<TExpr> args) {
    for (int i = 0; i < args.size(); i++) {
      var wrong = kind(s, i, args.get(i));
      if (wrong != null) return wrong;
    }
    return Shapes.broadcast(scalar(s.result().kind(), args), args);
  }

  /// Arguments of the signature's own dimensions.
  static Outcome whole(Signature s, List<TExpr> args) {
    Map<String, Dim> bound = new HashMap<>();
    Map<String, Integer> binder = new HashMap<>();
    var checks = new ArrayList<SizeCheck>();
    for (int i = 0; i < args.size(); i++) {
      var wrong = kind(s, i, args.get(i));
      if (wrong == null) wrong = rank(s, i, args.get(i));
      if (wrong != null) return wrong;
      var p = s.parameters().get(i);
      if (p.dims().isEmpty() && p.kind() == Kind.INT && !p.anyRank()) bound.put(p.name(),
          Dim.of(Sizes.of(args.get(i))));
      for (int d = 0; d < p.dims().size(); d++) {
        var letter = p.dims().get(d);
        var dim = args.get(i).type().dims().get(d);
        var before = bound.putIfAbsent(letter, dim);
        int owner = binder.getOrDefault(letter, i);
        binder.putIfAbsent(letter, i);
        if (before == null) continue;
        if (owner == i && before.size().match(dim.size()) == Size.Match.DIFFERENT)
          return wrong(i, "`%s` wants a square matrix, and %s has type %s", s.name(), Shapes.name(args.get(i)),
              args.get(i).written());
        var apart = Shapes.agree(before, args.get(owner), dim, args.get(i), checks);
        if (apart.isPresent()) return new Outcome.Wrong("`" + s.name() + "`: " + apart.get(), List.of(owner, i));
      }
    }
    return new Outcome.Ok(new Type(scalar(s.result().kind(), args), dims(s, bound)), List.copyOf(checks));
  }

  /// A scalar from an array of any shape.
  static Outcome total(Signature s, List<TExpr> args) {
    var wrong = kind(s, 0, args.getFirst());
    return wrong != null ? wrong : new Outcome.Ok(new Type(scalar(s.result().kind(), args), List.of()), List.of());
  }

  private static List<Dim> dims(Signature s, Map<String, Dim> bound) {
    Map<String, Size> sizes = new HashMap<>();
    bound.forEach((k, v) -> sizes.put(k, v.size()));
    return s.result().dims().stream()
        .map(d -> bound.containsKey(d) ? bound.get(d) : Dim.of(Sizes.polynomial(d, sizes)))
        .toList();
  }

  private static Type.Scalar scalar(Kind kind, List<TExpr> args) {
    return switch (kind) {
      case REAL -> Type.REAL_SCALAR;
      case INT -> Type.INT_SCALAR;
      case ANY -> Shapes.join(args);
    };
  }

  private static Outcome kind(Signature s, int i, TExpr arg) {
    if (!Shapes.isNumber(arg.type()))
      return wrong(i, "%s is a category, not a number", Shapes.name(arg));
    return s.parameters().get(i).kind() == Kind.INT && arg.type().isReal()
        ? wrong(i, "`%s` wants a whole number here, and %s is real", s.name(), Shapes.name(arg))
        : null;
  }

  private static Outcome rank(Signature s, int i, TExpr arg) {
    var p = s.parameters().get(i);
    if (p.fitsRank(arg.type().rank())) return null;
    return wrong(i, "`%s` wants %s here, and %s has type %s", s.name(), shape(p.dims().size()), Shapes.name(arg),
        arg.written());
  }

  static String shape(int rank) {
    return switch (rank) {
      case 0 -> "one number";
      case 1 -> "an array of one dimension";
      case 2 -> "a matrix";
      default -> "an array of " + rank + " dimensions";
    };
  }

  static Outcome wrong(int argument, String pattern, Object... args) {
    return new Outcome.Wrong(pattern.formatted(args), List.of(argument));
  }
}
