package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// What a statement adds to the log joint, put into arrays: for what depends on arrays that live within the statement.
final class Hoist {
  /// One addition: its value as an element of an array.
  record Part(List<Definitions.Frame> frames, Expr value) {}

  record Hoisted(Stmt.Block block, List<Part> parts) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<Stmt> fills = new ArrayList<>();

  private Hoist() {}

  static Hoisted of(Stmt.Block block) {
    var hoist = new Hoist();
    var body = (Stmt.Block) hoist.statement(block, List.of());
    var statements = new ArrayList<>(hoist.fills);
    statements.add(body);
    return new Hoisted(new Stmt.Block(List.of(), statements), hoist.parts);
  }

  private Stmt statement(Stmt s, List<Definitions.Frame> frames) {
    return switch (s) {
      case Stmt.Block b -> block(b, frames);
      case Stmt.For f ->
          f.with(block(f.body(), plus(frames, new Definitions.Frame.Loop(f.index(), f.from(), f.to()))));
      case Stmt.If(Expr c, var then, var otherwise) -> new Stmt.If(c, block(then, plus(frames, new Definitions.Frame.When(c))),
          block(otherwise, plus(frames, new Definitions.Frame.When(not(c)))));
      case Stmt.Add(Array a, var at, Expr value) -> a == Array.TARGET ? put(value, frames) : s;
      case Stmt.Set x -> s;
      case Stmt.Fill x -> s;
      case Stmt.Call x -> s;
      case Stmt.Draw x -> s;
    };
  }

  private Stmt.Block block(Stmt.Block b, List<Definitions.Frame> frames) {
    return b.map(s -> statement(s, frames));
  }

  private static List<Definitions.Frame> plus(List<Definitions.Frame> frames, Definitions.Frame more) {
    var all = new ArrayList<>(frames);
    all.add(more);
    return all;
  }

  /// Sets one element where the loops around have extents of their own, else adds to the element of those outside.
  private Stmt put(Expr value, List<Definitions.Frame> frames) {
    var dims = new ArrayList<Expr>();
    var at = new ArrayList<Expr>();
    var kept = new ArrayList<Definitions.Frame>();
    boolean all = true;
    for (var f : frames)
      if (f instanceof Definitions.Frame.Loop l) {
        all &= new Graph.Free().of(sub(l.to(), l.from())).isEmpty();
        if (!all) break;
        dims.add(sub(l.to(), l.from()));
        at.add(sub(Exprs.var(l.index()), l.from()));
        kept.add(f);
      } else if (all) kept.add(f);
    var part = Array.computed("part", Kind.REAL, dims);
    parts.add(new Part(kept, part.read(at)));
    if (all) return new Stmt.Set(part, at, value);
    fills.add(new Stmt.Fill(part, ZERO));
    return new Stmt.Add(part, at, value);
  }
}
