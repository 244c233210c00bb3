package ppl.ir;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Random;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/// Whole-array primitives on random arguments that they are defined for.
final class ArrayOpPrograms {
  private ArrayOpPrograms() {}

  /// Adds a call on arrays of extent `k` made of random scalars; `known` gets the result and its rank.
  static void add(Build b, Random random, String name, Expr k, Supplier<Expr> real, ObjIntConsumer<Array> known) {
    known.accept(b.store(name, new Arr(Kind.REAL, List.of(k), at -> real.get())), 1);
  }
}
