package ppl.parse;

import java.util.List;
import ppl.ast.Stmt;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Refuses statements where they cannot stand: most of the language only at top level, `return` only in functions.
final class Placement {
  private enum Where { TOP, BLOCK, FUNCTION }

  private Placement() {}

  static void check(List<Stmt> statements, Diagnostics diagnostics) {
    statements.forEach(s -> check(s, Where.TOP, diagnostics));
  }

  private static void check(Stmt statement, Where where, Diagnostics out) {
    switch (statement) {
      case Stmt.Data s -> topOnly(s, "`data`", where, out);
      case Stmt.Table s -> topOnly(s, "`data`", where, out);
      case Stmt.Learn s -> topOnly(s, "`learn`", where, out);
      case Stmt.Import s -> topOnly(s, "`import`", where, out);
      case Stmt.Fun s -> {
        topOnly(s, "`fun`", where, out);
        body(s.body(), out);
      }
      case Stmt.Dist s -> {
        topOnly(s, "`dist`", where, out);
        s.methods().forEach(m -> body(m.body(), out));
      }
      case Stmt.Generate s -> {
        topOnly(s, "`generate`", where, out);
        inside(s.body(), Where.BLOCK, out);
      }
      case Stmt.Guide s -> {
        topOnly(s, "`guide`", where, out);
        inside(s.body(), Where.BLOCK, out);
      }
      case Stmt.For s -> inside(s.body(), within(where), out);
      case Stmt.If s -> {
        inside(s.then(), within(where), out);
        s.otherwise().ifPresent(b -> inside(b, within(where), out));
      }
      case Stmt.Return s -> {
        if (where != Where.FUNCTION)
          out.add(Diagnostic.error("E0129", s.span(), "`return` stands only in a function")
              .help("outside of functions a value gets a name: `result = ..`"));
      }
      case Stmt.Declare _, Stmt.Assign _, Stmt.Sample _, Stmt.Target _ -> {}
    }
  }

  private static Where within(Where where) {
    return where == Where.FUNCTION ? Where.FUNCTION : Where.BLOCK;
  }

  private static void body(Stmt.Body body, Diagnostics out) {
    if (body instanceof Stmt.Body.Block(var statements)) inside(statements, Where.FUNCTION, out);
  }

  private static void inside(List<Stmt> statements, Where where, Diagnostics out) {
    statements.forEach(s -> check(s, where, out));
  }

  private static void topOnly(Stmt s, String what, Where where, Diagnostics out) {
    if (where != Where.TOP)
      out.add(Diagnostic.error("E0129", s.span(), "%s cannot stand inside a block", what)
          .help("move it out of the braces"));
  }
}
