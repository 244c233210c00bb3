package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.lower.Model;

/// A discrete unknown of finitely many values, `lower`, `lower` + 1, ..
record Variable(Model.Unknown unknown, Expr lower, Expr count) {
  Array array() {
    return unknown.array();
  }

  List<Expr> dims() {
    return array().dims();
  }

  /// Whether there is an unknown at an element.
  Optional<Expr> isThere(List<Expr> at) {
    return unknown.discrete().flatMap(Model.Discrete::gaps).map(g -> lt(integer(0), g.read(at)));
  }

  /// Fresh indices of an element.
  List<Index> indices() {
    return IntStream.range(0, array().rank()).mapToObj(d -> new Index("n")).toList();
  }

  /// How many elements.
  Expr size() {
    return dims().stream().reduce(ONE, (a, b) -> mul(toReal(a), toReal(b)));
  }

  @Override
  public String toString() {
    return array().name();
  }
}
