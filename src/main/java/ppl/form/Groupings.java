package ppl.form;

import java.util.ArrayList;
import java.util.List;
import ppl.ir.Build;
import ppl.ir.Interner;

/// The groups of rows of one statement, each found once.
///
/// @param build takes what finds them
record Groupings(Build build, List<Found> found, Interner interner) {
  record Found(Reduced by, Table.Groups groups) {}

  Groupings(Build build) {
    this(build, new ArrayList<>(), new Interner());
  }

  /// The rows of `r` by its gathered subscripts.
  Table.Groups of(Reduced r) {
    for (var f : found)
      if (f.by.rows().equals(r.rows()) && interner.intern(f.by.piece().guards()).equals(interner.intern(r.piece().guards()))
          && interner.intern(f.by.gathers()).equals(interner.intern(r.gathers())))
        return f.groups.with(r.gathers());
    var groups = r.table().group(build, r.gathers(), r.piece().guards(), r.room());
    found.add(new Found(r, groups));
    return groups;
  }
}
