package ppl.sum;

import java.util.List;
import ppl.ir.Build;
import ppl.ir.Expr;

/// How some unknowns are summed out: what is left is a factor over elements of others.
sealed interface Elimination permits Plates, Chain {
  Group group();

  /// The loops of the factor that is left.
  List<Loop> loops();

  /// What the factor that is left depends on.
  List<Slot> outside();

  /// The log of the sum over all states, at a place of the factor that is left.
  Expr total(Build b, Place place);

  /// Adds the same to the target.
  void add(Build b, Place place);

  /// Draws the unknowns given everything else, for all places.
  void draw(Build b);

  /// How many values are added up in one evaluation for each state of what is outside, as a real.
  Expr cost();

  /// For people: how, and what it takes.
  String words();
}
