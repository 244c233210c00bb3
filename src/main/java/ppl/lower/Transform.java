package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.dist.Law;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// A smooth bijection from unconstrained coordinates to one constrained event, stated in index notation: its values,
/// its log Jacobian, and its inverse. Shapes are those of an event of size `n` (a vector of n, or an n by n matrix).
///
/// Sources: Stan Reference Manual, chapter "Constraint Transforms"; the isometric log ratio of Egozcue et al. 2003 for
/// simplexes and zero-sum vectors.
public sealed interface Transform {
  /// Unconstrained coordinates of one event of size `n` (1 for scalars).
  Expr rawSize(Expr n);

  /// Sets the event `x` from `raw`, and gives the log Jacobian determinant.
  Expr forward(Build b, Raw raw, Event x, Expr n);

  /// Sets `raw` from the event `x`.
  void inverse(Build b, Event x, Raw raw, Expr n);

  /// A run of coordinates within the position array.
  record Raw(Array array, Expr offset) {
    Expr at(Expr i) {
      return array.read(add(offset, i));
    }

    Stmt set(Expr i, Expr value) {
      return new Stmt.Set(array, List.of(add(offset, i)), value);
    }
  }

  /// One event within a stored array: the elements that begin with the subscripts `lead`.
  record Event(Array array, List<Expr> lead) {
    Expr at(Expr... i) {
      return array.read(full(i));
    }

    Stmt set(Expr value, Expr... i) {
      return new Stmt.Set(array, full(i), value);
    }

    private List<Expr> full(Expr... i) {
      return Stream.concat(lead.stream(), Stream.of(i)).toList();
    }
  }

  /// A number between bounds; absent bounds are infinite. With a frame the coordinate is counted from the frame's location in
  /// units of its scale.
  record Between(Optional<Expr> lower, Optional<Expr> upper, Optional<Law.Frame.Scalar> frame) implements Transform {
    Between(Optional<Expr> lower, Optional<Expr> upper) {
      this(lower, upper, Optional.empty());
    }

    /// What a coordinate is, for people.
    String words() {
      var own = lower.isPresent() && upper.isPresent() ? "logit between the bounds"
          : lower.isPresent() ? "log of what is above the bound" : upper.isPresent() ? "log of what is below the bound" : "unbounded";
      return frame.isEmpty() ? own : own + ", relative to its prior";
    }

    public Expr rawSize(Expr n) {
      return integer(1);
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var own = raw.at(integer(0));
      if (frame.isEmpty()) return forward(b, own, x);
      var f = frame.get();
      return add(log(f.scale()), forward(b, add(f.location(), mul(f.scale(), own)), x));
    }

    private Expr forward(Build b, Expr q, Event x) {
      if (lower.isPresent() && upper.isPresent()) {
        var width = sub(upper.get(), lower.get());
        b.add(x.set(add(lower.get(), mul(width, apply(Prim.INV_LOGIT, q)))));
        return add(log(width), apply(Prim.LOG_INV_LOGIT, q), apply(Prim.LOG_INV_LOGIT, neg(q)));
      }
      if (lower.isPresent()) b.add(x.set(add(lower.get(), exp(q))));
      else if (upper.isPresent()) b.add(x.set(sub(upper.get(), exp(q))));
      else {
        b.add(x.set(q));
        return ZERO;
      }
      return q;
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      b.add(raw.set(integer(0), coordinate(x)));
    }

    /// The coordinate of a number.
    Expr coordinate(Event x) {
      var v = x.at();
      var q = lower.isPresent() && upper.isPresent()
          ? sub(log(sub(v, lower.get())), log(sub(upper.get(), v)))
          : lower.map(l -> log(sub(v, l))).or(() -> upper.map(u -> log(sub(u, v)))).orElse(v);
      return frame.map(f -> div(sub(q, f.location()), f.scale())).orElse(q);
    }
  }

  /// Rising numbers; the first is positive if `positive`.
  record Ordered(boolean positive) implements Transform {
    public Expr rawSize(Expr n) {
      return n;
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var first = raw.at(integer(0));
      b.add(when(lt(integer(0), n), x.set(positive ? exp(first) : first, integer(0))));
      b.add(recurrence(integer(1), n, false, i -> x.set(add(x.at(sub(i, integer(1))), exp(raw.at(i))), i)));
      var rest = total(integer(1), n, raw::at);
      return positive ? total(integer(0), n, raw::at) : rest;
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      var first = x.at(integer(0));
      b.add(when(lt(integer(0), n), raw.set(integer(0), positive ? log(first) : first)));
      b.add(each(integer(1), n, i -> raw.set(i, log(sub(x.at(i), x.at(sub(i, integer(1))))))));
    }
  }

  /// Numbers with sum 0, by an isometry: the Jacobian is constant and left out.
  record SumToZero() implements Transform {
    public Expr rawSize(Expr n) {
      return sub(n, integer(1));
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      suffixSums(b, raw, n, (i, value) -> x.set(value, i));
      return ZERO;
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      fromSuffixSums(b, raw, n, x::at);
    }
  }

  /// Positive numbers with sum 1: softmax of a zero-sum vector; log |J| = sum log x + log(n) / 2.
  record Simplex() implements Transform {
    public Expr rawSize(Expr n) {
      return sub(n, integer(1));
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var z = b.array("z", Kind.REAL, List.of(n));
      suffixSums(b, raw, n, (i, value) -> new Stmt.Set(z, List.of(i), value));
      var lse = b.array("norm", Kind.REAL, List.of());
      b.add(new Stmt.Set(lse, List.of(), logSumExp(n, z::read)));
      b.add(each(integer(0), n, i -> x.set(exp(sub(z.read(i), lse.read())), i)));
      return sub(mul(real(0.5), log(n)), mul(n, lse.read()));
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      var mean = b.array("mean", Kind.REAL, List.of());
      b.add(new Stmt.Set(mean, List.of(), div(sum(n, i -> log(x.at(i))), n)));
      fromSuffixSums(b, raw, n, i -> sub(log(x.at(i)), mean.read()));
    }
  }

  /// Vectors of length 1: a normalised standard normal vector, whose density is the Jacobian term.
  record UnitVector() implements Transform {
    public Expr rawSize(Expr n) {
      return n;
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var square = b.array("square", Kind.REAL, List.of());
      b.add(new Stmt.Set(square, List.of(), sum(n, i -> square(raw.at(i)))));
      b.add(each(integer(0), n, i -> x.set(div(raw.at(i), sqrt(square.read())), i)));
      return mul(real(-0.5), square.read());
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      b.add(each(integer(0), n, i -> raw.set(i, x.at(i))));
    }
  }

  /// Lower-triangular factors with positive diagonal; coordinates run along rows.
  record CovCholesky() implements Transform {
    public Expr rawSize(Expr n) {
      return triangle(add(n, integer(1)));
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      b.add(each(integer(0), n, i -> each(integer(0), n, j -> x.set(
          select(lt(i, j), ZERO, select(eq(i, j), exp(entry(raw, i, j)), entry(raw, i, j))), i, j))));
      return sum(n, i -> entry(raw, i, i));
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      b.add(each(integer(0), n, i -> each(integer(0), add(i, integer(1)), j -> raw.set(
          add(triangle(add(i, integer(1))), j), select(eq(i, j), log(x.at(i, j)), x.at(i, j))))));
    }

    private static Expr entry(Raw raw, Expr i, Expr j) {
      return raw.at(add(triangle(add(i, integer(1))), j));
    }
  }

  /// Cholesky factors of correlation matrices, by canonical partial correlations (Lewandowski, Kurowicka and Joe 2009).
  record CorrCholesky() implements Transform {
    public Expr rawSize(Expr n) {
      return triangle(n);
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var left = b.array("left", Kind.REAL, List.of(n, n));
      remaining(b, left, n, (i, j) -> log1mTanhSquared(entry(raw, i, j)));
      b.add(each(integer(0), n, i -> each(integer(0), n, j -> x.set(
          select(lt(i, j), ZERO, mul(exp(mul(real(0.5), left.read(i, j))),
              select(eq(i, j), ONE, apply(Prim.TANH, entry(raw, i, j))))), i, j))));
      return sum(n, i -> sum(i, j -> add(log1mTanhSquared(entry(raw, i, j)), mul(real(0.5), left.read(i, j)))));
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      b.add(each(integer(0), n, i -> each(integer(0), i, j -> raw.set(
          add(triangle(i), j),
          apply(Prim.ATANH, div(x.at(i, j),
              sqrt(sub(ONE, sum(j, k -> square(x.at(i, k)))))))))));
    }

    private static Expr entry(Raw raw, Expr i, Expr j) {
      return raw.at(add(triangle(i), j));
    }

    /// log(1 - tanh(q)^2), also where tanh(q) rounds to 1.
    private static Expr log1mTanhSquared(Expr q) {
      return mul(real(2), sub(sub(real(Math.log(2)), q), apply(Prim.LOG1P_EXP, mul(real(-2), q))));
    }

    /// left[i, j] = log of what columns before j leave of row i's unit length.
    private static void remaining(Build b, Array left, Expr n, java.util.function.BinaryOperator<Expr> step) {
      b.add(each(integer(0), n, i -> new Stmt.Block(List.of(), List.of(
          new Stmt.Set(left, List.of(i, integer(0)), ZERO),
          recurrence(integer(0), i, false, j -> new Stmt.Set(left, List.of(i, add(j, integer(1))),
              add(left.read(i, j), step.apply(i, j))))))));
    }
  }

  /// Symmetric positive definite matrices, through `factor`: [CovCholesky] or, for correlations, [CorrCholesky].
  record OfCholesky(Transform factor, boolean correlation) implements Transform {
    public Expr rawSize(Expr n) {
      return factor.rawSize(n);
    }

    public Expr forward(Build b, Raw raw, Event x, Expr n) {
      var l = b.array("L", Kind.REAL, List.of(n, n));
      var jacobian = factor.forward(b, raw, new Event(l, List.of()), n);
      b.add(each(integer(0), n, i -> each(integer(0), n, j -> x.set(
          select(lt(j, i), dot(l, i, j, j), dot(l, i, j, i)), i, j))));
      return correlation
          ? add(jacobian, sum(n, i -> mul(sub(sub(n, i), integer(1)), log(l.read(i, i)))))
          : add(jacobian, mul(n, real(Math.log(2))), sum(n, i -> mul(sub(n, i), log(l.read(i, i)))));
    }

    public void inverse(Build b, Event x, Raw raw, Expr n) {
      var l = b.array("L", Kind.REAL, List.of(n, n));
      b.add(each(integer(0), n, i -> each(integer(0), n, j -> new Stmt.If(lt(i, j),
          Build.block(c -> c.add(new Stmt.Set(l, List.of(i, j), ZERO))), Stmt.Block.EMPTY))));
      b.add(recurrence(integer(0), n, false, i -> new Stmt.Block(List.of(), List.of(
          recurrence(integer(0), i, false, j -> new Stmt.Set(l, List.of(i, j),
              div(sub(x.at(i, j), sum(j, k -> mul(l.read(i, k), l.read(j, k)))), l.read(j, j)))),
          new Stmt.Set(l, List.of(i, i), sqrt(sub(x.at(i, i), sum(i, k -> square(l.read(i, k))))))))));
      factor.inverse(b, new Event(l, List.of()), raw, n);
    }

    private static Expr dot(Array l, Expr i, Expr j, Expr last) {
      return total(integer(0), add(last, integer(1)), k -> mul(l.read(i, k), l.read(j, k)));
    }
  }

  private static void suffixSums(Build b, Raw raw, Expr n, java.util.function.BiFunction<Expr, Expr, Stmt> set) {
    var s = b.array("s", Kind.REAL, List.of(n));
    b.add(when(lt(integer(0), n), new Stmt.Set(s, List.of(sub(n, integer(1))), ZERO)));
    b.add(recurrence(integer(0), sub(n, integer(1)), true, i -> new Stmt.Set(s, List.of(i),
        add(s.read(add(i, integer(1))), scaled(raw, i)))));
    b.add(each(integer(0), n, i -> set.apply(i, select(eq(i, integer(0)), s.read(i),
        sub(s.read(i), mul(i, scaled(raw, sub(i, integer(1)))))))));
  }

  private static Expr scaled(Raw raw, Expr i) {
    return div(raw.at(i), sqrt(mul(toReal(add(i, integer(1))), toReal(add(i, integer(2))))));
  }

  private static void fromSuffixSums(Build b, Raw raw, Expr n, java.util.function.UnaryOperator<Expr> z) {
    var s = b.array("s", Kind.REAL, List.of(n));
    b.add(when(lt(integer(0), n), new Stmt.Set(s, List.of(sub(n, integer(1))), ZERO)));
    b.add(recurrence(integer(1), n, true, i -> {
      var w = div(sub(s.read(i), z.apply(i)), i);
      return new Stmt.Block(List.of(), List.of(
          new Stmt.Set(s, List.of(sub(i, integer(1))), add(s.read(i), w)),
          raw.set(sub(i, integer(1)), mul(w, sqrt(mul(toReal(i), toReal(add(i, integer(1)))))))));
    }));
  }

  /// n (n - 1) / 2.
  private static Expr triangle(Expr n) {
    return apply(Prim.IDIV, mul(n, sub(n, integer(1))), integer(2));
  }

  private static Stmt each(Expr from, Expr to, java.util.function.Function<Expr, Stmt> body) {
    return loop(from, to, false, true, body);
  }

  private static Stmt recurrence(Expr from, Expr to, boolean reverse, java.util.function.Function<Expr, Stmt> body) {
    return loop(from, to, reverse, false, body);
  }

  private static Stmt loop(
      Expr from, Expr to, boolean reverse, boolean independent, java.util.function.Function<Expr, Stmt> body) {
    var i = new Index("i");
    return new Stmt.For(i, from, to, reverse, independent, new Stmt.Block(List.of(), List.of(body.apply(var(i)))));
  }

  private static Stmt when(Expr condition, Stmt then) {
    return new Stmt.If(condition, new Stmt.Block(List.of(), List.of(then)), Stmt.Block.EMPTY);
  }

  private static Expr total(Expr from, Expr to, java.util.function.UnaryOperator<Expr> body) {
    var i = new Index("k");
    return new Expr.Reduce(Expr.Reducer.SUM, i, from, to, body.apply(var(i)));
  }
}
