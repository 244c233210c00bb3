package ppl.ast;

import java.util.List;
import java.util.Optional;
import ppl.source.Span;

/// A statement as written. `doc` is the text of the `///` comments before it, empty if none.
public sealed interface Stmt {
  Span span();

  /// `data x : T`.
  record Data(Name name, TypeExpr type, String doc, Span span) implements Stmt {}

  /// `data homes { .. }`, `data counties by county { .. }`.
  record Table(Name name, Optional<Name> by, List<Column> columns, String doc, Span span) implements Stmt {}

  /// One column of a table.
  record Column(Name name, TypeExpr type, String doc, Span span) {}

  /// `x : T`, `x : T ~ D(..)`, `x : T = e`.
  record Declare(Name name, TypeExpr type, Optional<Given> given, String doc, Span span) implements Stmt {}

  /// What a declaration says of its value.
  sealed interface Given {
    /// `~ D(..)`.
    record Prior(Expr distribution) implements Given {}

    /// `= e`.
    record Value(Expr value) implements Given {}
  }

  /// `x = e`, `x[i] = e`; the place is a [Expr.Ref] or an [Expr.Index].
  record Assign(Expr place, Expr value, String doc, Span span) implements Stmt {}

  /// `x ~ D(..)`, `x[i] ~ D(..)`, `log(x) ~ D(..)`.
  record Sample(Expr left, Expr distribution, String doc, Span span) implements Stmt {}

  /// `for i in domain, j in domain { .. }`.
  record For(List<Expr.Binder> binders, List<Stmt> body, Span span) implements Stmt {}

  /// `if c { .. } else { .. }`; `else if` is an `otherwise` with one `If`.
  record If(Expr condition, List<Stmt> then, Optional<List<Stmt>> otherwise, Span span) implements Stmt {}

  /// `target += e`.
  record Target(Expr value, Span span) implements Stmt {}

  /// `learn w : T`, `learn w : T = init`.
  record Learn(Name name, TypeExpr type, Optional<Expr> initial, String doc, Span span) implements Stmt {}

  /// `fun f(x : real[M], s : real) : real = e` or with a block.
  record Fun(Name name, List<Parameter> parameters, TypeExpr result, Body body, String doc, Span span)
      implements Stmt {}

  /// `dist D(a : real) on real { logpdf(x) = e  cdf(x) = e  sample = e }`.
  record Dist(Name name, List<Parameter> parameters, TypeExpr on, List<Method> methods, String doc, Span span)
      implements Stmt {}

  /// One line of a user distribution: `logpdf`, `cdf` (with an argument) or `sample`.
  record Method(Name name, Optional<Name> argument, Body body, Span span) {}

  record Parameter(Name name, TypeExpr type, Span span) {}

  /// What a function does.
  sealed interface Body {
    record Of(Expr value) implements Body {}

    record Block(List<Stmt> statements) implements Body {}
  }

  /// `return e`, inside a function.
  record Return(Expr value, Span span) implements Stmt {}

  /// `generate { .. }`.
  record Generate(List<Stmt> body, Span span) implements Stmt {}

  /// `guide { .. }`.
  record Guide(List<Stmt> body, Span span) implements Stmt {}

  /// `import "lib.ppl"`.
  record Import(Expr.StringLit path, Span span) implements Stmt {}
}
