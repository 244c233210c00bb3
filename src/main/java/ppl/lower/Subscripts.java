package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ir.Arr;
import ppl.ir.Expr;

/// Which elements of an array some subscripts pick: the dimensions of the part, and where its element `at` lies in
/// the whole. All index arrays pair up in one dimension, placed where the first of them stands.
record Subscripts(List<Pick> picks, List<Expr> dims) {
  /// What one subscript says, counted from 0.
  sealed interface Pick {
    /// One position.
    record One(Expr position) implements Pick {}

    /// Positions given by an array of numbers from 1.
    record Paired(Arr positions) implements Pick {}

    /// A run that keeps its dimension.
    record Run(Expr start, Expr length) implements Pick {}
  }

  static Subscripts of(List<Pick> picks) {
    var dims = new ArrayList<Expr>();
    boolean paired = false;
    for (var p : picks)
      switch (p) {
        case Pick.One one -> {}
        case Pick.Run(var start, var length) -> dims.add(length);
        case Pick.Paired(var positions) -> {
          if (!paired) dims.add(positions.dims().getFirst());
          paired = true;
        }
      }
    return new Subscripts(List.copyOf(picks), List.copyOf(dims));
  }

  /// The subscripts in the whole of element `at` of the part.
  List<Expr> full(List<Expr> at) {
    var full = new ArrayList<Expr>();
    int next = 0;
    Optional<Expr> pair = Optional.empty();
    for (var p : picks)
      switch (p) {
        case Pick.One(var position) -> full.add(position);
        case Pick.Run(var start, var length) -> full.add(add(start, at.get(next++)));
        case Pick.Paired(var positions) -> {
          if (pair.isEmpty()) pair = Optional.of(at.get(next++));
          full.add(sub(positions.at(pair.get()), integer(1)));
        }
      }
    return full;
  }

  Arr of(Arr whole) {
    return new Arr(whole.kind(), dims, at -> whole.at(full(at)));
  }
}
