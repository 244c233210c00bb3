package ppl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Size;
import ppl.typed.SizeCheck;
import ppl.typed.Symbol;

/// Arrays that would have fewer than no elements.
final class Outnumbered {
  private Outnumbered() {}

  /// Reports a size that is negative, or notes one that may be, unless a condition or a loop decides whether there is such
  /// an array at all; false where it was reported.
  static boolean check(Size size, String what, Span span, Env env) {
    return check(size, what, span, env, n -> what + " would have a dimension of " + n + " elements");
  }

  /// @param left how many elements there are beyond those that there must be
  static boolean check(Size left, String what, Span span, Env env, IntFunction<String> never) {
    var n = left.constant();
    if (n.isPresent() && n.getAsInt() < 0)
      env.report(Diagnostic.error("E0248", span, "%s", never.apply(n.getAsInt())));
    boolean always = !env.scope().within(Scope.Kind.IF) && !env.scope().within(Scope.Kind.FOR);
    if (n.isEmpty() && always) env.checks().add(new SizeCheck(SizeCheck.Must.EXIST, left, left, what, span));
    return n.isEmpty() || n.getAsInt() >= 0;
  }

  /// Whether data have to be asked.
  static boolean isOpen(SizeCheck c, List<Symbol> data) {
    if (c.must() == SizeCheck.Must.EQUAL) return true;
    var extents = new HashSet<Size>();
    data.forEach(d -> d.type().dims().forEach(x -> extents.add(x.size())));
    return !extents.contains(c.left())
        && !c.left().terms().values().stream().allMatch(t -> t.coefficient() > 0
            && t.atoms().stream().allMatch(a -> isCount(a, extents)));
  }

  private static boolean isCount(Size.Atom atom, Set<Size> extents) {
    return switch (atom) {
      case Size.Atom.Of _ -> true;
      case Size.Atom.Opaque _ -> false;
      case Size.Atom.Scalar(Symbol symbol) -> extents.contains(Size.of(atom)) || new Ranges().declared(symbol).low() >= 0;
    };
  }
}
