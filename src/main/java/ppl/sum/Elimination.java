package ppl.sum;

import static ppl.ir.Exprs.ZERO;

import java.util.List;
import java.util.function.Consumer;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// How some unknowns are summed out: what is left is a factor over elements of others.
sealed interface Elimination permits Plates, Chain {
  Group group();

  /// The loops of the factor that is left.
  List<Loop> loops();

  /// What the factor that is left depends on.
  List<Slot> outside();

  /// The log of the sum over all states, at a place of the factor that is left.
  Expr total(Build b, Place place);

  /// The same, where `add` adds it to an array.
  static Expr total(Build b, Consumer<Array> add) {
    var total = b.array("total", Kind.REAL, List.of());
    b.add(new Stmt.Fill(total, ZERO));
    add.accept(total);
    return total.read();
  }

  /// Adds the same to the target.
  void add(Build b, Place place);

  /// Draws the unknowns given everything else, for all places.
  void draw(Build b);

  /// How many values are added up in one evaluation for each state of what is outside, as a real.
  Expr cost();

  /// For people: how, and what it takes.
  String words();
}
