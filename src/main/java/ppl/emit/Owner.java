package ppl.emit;

import java.util.List;

/// What has regions inside, or stands in one: a statement or a computed value.
sealed interface Owner permits Item, Val {
  /// Place among the statements of its region.
  int position();

  /// Its arms, or its loop's guard and body.
  List<Region> inner();

  /// Called when argument `index` has its place.
  void bind(int index, Val value);
}
