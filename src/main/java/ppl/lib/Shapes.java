package ppl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.lib.Function.Outcome;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.SizeCheck;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Shapes that must agree, and what comes of them.
public final class Shapes {
  private Shapes() {}

  /// The scalar that whole numbers and reals make together; categories are no numbers.
  static Type.Scalar join(List<TExpr> args) {
    return args.stream().anyMatch(a -> a.type().isReal()) ? Type.REAL_SCALAR : Type.INT_SCALAR;
  }

  /// Whether a value counts as a number: rows of a table do, levels of a factor do not.
  public static boolean isNumber(Type type) {
    return !(type.level().orElse(null) instanceof Domain.Factor);
  }

  /// The dimensions of an elementwise result: from the right, missing leading ones added.
  public static Outcome broadcast(Type.Scalar scalar, List<TExpr> args) {
    var dims = new ArrayList<Dim>();
    var owners = new ArrayList<Integer>();
    var checks = new ArrayList<SizeCheck>();
    for (int a = 0; a < args.size(); a++) {
      var own = args.get(a).type().dims();
      for (int back = 1; back <= own.size(); back++) {
        var mine = own.get(own.size() - back);
        if (back > dims.size()) {
          dims.addFirst(mine);
          owners.addFirst(a);
          continue;
        }
        int at = dims.size() - back;
        var wrong = agree(dims.get(at), args.get(owners.get(at)), mine, args.get(a), checks);
        if (wrong.isPresent()) return new Outcome.Wrong(wrong.get(), List.of(owners.get(at), a));
        dims.set(at, merge(dims.get(at), mine));
      }
    }
    return new Outcome.Ok(new Type(scalar, dims), List.copyOf(checks));
  }

  /// Of two equal dimensions the one that says more.
  public static Dim merge(Dim a, Dim b) {
    return a.domain().isPresent() || b.domain().isEmpty() && a.size().constant().isPresent() ? a : b;
  }

  /// Demands that two dimensions have one size: now, or when data are bound. The sentence if they have not.
  public static Optional<String> agree(Dim a, TExpr ofA, Dim b, TExpr ofB, List<SizeCheck> checks) {
    var sentence = "%s has %s where %s has %s".formatted(name(ofA), count(a), name(ofB), count(b));
    return switch (a.size().match(b.size())) {
      case SAME -> Optional.empty();
      case DIFFERENT -> Optional.of(sentence);
      case LATER -> {
        checks.add(new SizeCheck(a.size(), b.size(), sentence, ofB.span()));
        yield Optional.empty();
      }
    };
  }

  /// A short expression in quotes, a long one as `this`.
  public static String name(TExpr e) {
    var text = e.span().text();
    return text.length() <= 40 && text.lines().count() == 1 ? "`" + text + "`" : "this";
  }

  /// A dimension in words: "N elements", "one element a county".
  public static String count(Dim d) {
    if (d.domain().isPresent()) return "one element per " + d.domain().get().name();
    return d.size().constant().isPresent() && d.size().constant()
        .getAsInt() == 1 ? "1 element" : d.size() + " elements";
  }
}
