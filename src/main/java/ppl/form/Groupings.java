package ppl.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Subst;

/// Groups of rows, each found once however its loop variables are called.
final class Groupings {
  private final Build build;
  private final Interner interner = new Interner();
  /// Variables that stand for those of rows, by their place.
  private final List<Index> places = new ArrayList<>();
  private final Map<List<Expr>, Table.Groups> found = new HashMap<>();

  /// @param build takes what finds them
  Groupings(Build build) {
    this.build = build;
  }

  Build build() {
    return build;
  }

  /// The rows of `r` by its gathered subscripts.
  Table.Groups of(Reduced r) {
    var key = key(r);
    var groups = found.get(key);
    if (groups == null) {
      groups = r.table().group(build, r.gathers(), r.rowGuards(), r.room());
      found.put(key, groups);
    }
    return groups.with(r.gathers());
  }

  private List<Expr> key(Reduced r) {
    var standard = new HashMap<Index, Expr>();
    var key = new ArrayList<Expr>();
    for (int i = 0; i < r.rows().size(); i++) {
      if (i == places.size()) places.add(new Index("row" + i));
      standard.put(r.rows().get(i).index(), Exprs.var(places.get(i)));
      key.add(r.rows().get(i).from());
      key.add(r.rows().get(i).to());
    }
    key.add(Exprs.integer(r.gathers().size()));
    key.addAll(r.gathers());
    key.addAll(r.rowGuards());
    var subst = Subst.indices(standard);
    return interner.intern(subst.apply(key));
  }
}
