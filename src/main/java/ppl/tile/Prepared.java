package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// What is computed from data when these are bound, where there are enough iterations for tiles.
final class Prepared {
  private final int least;
  private final Expr condition;
  final List<Array> arrays = new ArrayList<>();
  final List<Stmt> statements = new ArrayList<>();

  /// @param least     iterations that are enough
  /// @param condition on data, without which nothing of it is needed
  Prepared(int least, Expr condition) {
    this.least = least;
    this.condition = condition;
  }

  int least() {
    return least;
  }

  private static Expr isEnough(Expr iterations, int least) {
    return le(integer(least), iterations);
  }

  Array array(String name, Kind kind, List<Expr> dims) {
    var a = Array.computed(name, kind, dims);
    arrays.add(a);
    return a;
  }

  /// A number, 0 until it is set.
  Array number(String name) {
    return array(name, Kind.INT, List.of());
  }

  /// Does something if there are `n` iterations enough.
  void add(Expr n, Stmt s) {
    add(n, least, s);
  }

  /// Does something if there are `n` iterations, and `least` of these.
  void add(Expr n, int least, Stmt s) {
    statements.add(new Stmt.If(and(isEnough(n, least), condition), new Stmt.Block(List.of(), List.of(s)), Stmt.Block.EMPTY));
  }
}
