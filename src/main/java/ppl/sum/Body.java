package ppl.sum;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Kind;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;

/// How the value of a factor is computed.
sealed interface Body {
  /// The value at a place. Statements that it needs go to `inner`; those that are the same for all states may go to
  /// `outer`, which stands around.
  Expr in(Build outer, Build inner, Place place);

  /// As a model says it.
  ///
  /// @param block local arrays and what gives them
  record Written(Stmt.Block block, Expr value) implements Body {
    @Override
    public Expr in(Build outer, Build inner, Place place) {
      var out = Array.computed("value", Kind.REAL, List.of());
      var all = new ArrayList<>(block.statements());
      all.add(new Stmt.Add(out, List.of(), value));
      var copy = Rename.of(new Stmt.Block(block.arrays(), all), place.where(),
          a -> Optional.ofNullable(place.states().get(a)).map(e -> at -> e));
      var late = late(place.states().keySet());
      for (int i = 0; i < block.arrays().size(); i++)
        (late.contains(block.arrays().get(i)) ? inner : outer).declare(copy.arrays().get(i));
      for (int i = 0; i < block.statements().size(); i++)
        (isLate(block.statements().get(i), late) ? inner : outer).add(copy.statements().get(i));
      return ((Stmt.Add) copy.statements().getLast()).value();
    }

    /// The marks, and the arrays that depend on them.
    private Set<Array> late(Set<Array> marks) {
      var late = new HashSet<>(marks);
      for (int before = -1; before < late.size(); ) {
        before = late.size();
        for (var s : block.statements()) if (isLate(s, late)) late.addAll(Stmts.allWritten(s));
      }
      return late;
    }

    private static boolean isLate(Stmt s, Set<Array> late) {
      return Stmts.reads(s).stream().anyMatch(late::contains) || Stmts.allWritten(s).stream().anyMatch(late::contains);
    }

    /// All expressions of the body.
    List<Expr> expressions() {
      var all = new ArrayList<Expr>();
      Stmts.walk(block, s -> all.addAll(Stmts.expressions(s)));
      all.add(value);
      return all;
    }

    /// Whether computing it takes more than looking it up.
    boolean isPlain() {
      return block.isEmpty() && Graph.nodes(List.of(value)).stream()
          .allMatch(e -> e.kind() == Kind.INT || e instanceof Expr.Read || e instanceof Expr.Real);
    }
  }

  /// The sum of a factor over its loops.
  record Absorbed(Factor of) implements Body {
    @Override
    public Expr in(Build outer, Build inner, Place place) {
      var sum = inner.array("sum", Kind.REAL, List.of());
      inner.add(new Stmt.Fill(sum, Exprs.ZERO));
      var around = Subst.indices(place.where());
      var loops = of.loops().stream()
          .map(l -> new Loop(l.index(), around.apply(l.from()), around.apply(l.to()))).toList();
      Nest.over(inner, loops, false, (b, own) -> {
        var where = new HashMap<>(place.where());
        where.putAll(own);
        b.add(new Stmt.Add(sum, List.of(), of.value(b, b, new Place(where, place.states()), List.of())));
      });
      return sum.read();
    }
  }

  /// What elimination leaves.
  record Message(Elimination of) implements Body {
    @Override
    public Expr in(Build outer, Build inner, Place place) {
      return of.total(inner, place);
    }
  }
}
