package ppl.fmt;

import static ppl.fmt.Doc.brackets;
import static ppl.fmt.Doc.commas;
import static ppl.fmt.Doc.group;
import static ppl.fmt.Doc.indent;
import static ppl.fmt.Doc.line;
import static ppl.fmt.Doc.seq;
import static ppl.fmt.Doc.space;
import static ppl.fmt.Doc.word;
import static ppl.fmt.Doc.words;

import java.util.List;
import ppl.ast.Ast;
import ppl.ast.Expr;
import ppl.ast.Name;
import ppl.ast.Stmt;
import ppl.ast.TypeExpr;

/// Statements as documents: one a line, blocks two columns further in.
final class StmtDoc {
  private StmtDoc() {}

  static Doc file(Ast ast) {
    return seq(lines(ast.statements().stream().map(StmtDoc::of).toList()), new Doc.Dangling());
  }

  static Doc of(Stmt statement) {
    return switch (statement) {
      case Stmt.Data s -> documented(s.doc(), words(word("data"), typed(s.name(), s.type())));
      case Stmt.Table s -> documented(s.doc(), words(word("data"), table(s)));
      case Stmt.Declare s -> documented(s.doc(),
          seq(typed(s.name(), s.type()), s.given().map(StmtDoc::given).orElse(Doc.empty())));
      case Stmt.Assign s -> documented(s.doc(), relation(s.place(), "=", s.value()));
      case Stmt.Sample s -> documented(s.doc(), relation(s.left(), "~", s.distribution()));
      case Stmt.For s -> words(word("for"), ExprDoc.binders(s.binders()), block(s.body()));
      case Stmt.If s -> branch(s);
      case Stmt.Target s -> words(word("target"), word("+="), ExprDoc.of(s.value()));
      case Stmt.Learn s -> documented(s.doc(), words(word("learn"), seq(typed(s.name(), s.type()),
          s.initial().map(e -> follows("=", e)).orElse(Doc.empty()))));
      case Stmt.Fun s -> documented(s.doc(),
          seq(word("fun"), space(), head(s.name(), s.parameters()), word(":"), space(),
          ExprDoc.type(s.result()), body(s.body())));
      case Stmt.Dist s -> documented(s.doc(), seq(word("dist"), space(), head(s.name(), s.parameters()),
          words(word("on"), ExprDoc.type(s.on()), braces(s.methods().stream().map(StmtDoc::method).toList()))));
      case Stmt.Return s -> words(word("return"), ExprDoc.of(s.value()));
      case Stmt.Generate s -> words(word("generate"), block(s.body()));
      case Stmt.Guide s -> words(word("guide"), block(s.body()));
      case Stmt.Import s -> words(word("import"), ExprDoc.of(s.path()));
    };
  }

  private static Doc documented(String doc, Doc statement) {
    return seq(new Doc.Documentation(doc), statement);
  }

  private static Doc name(Name name) {
    return word(Spelling.name(name));
  }

  private static Doc typed(Name name, TypeExpr type) {
    return words(name(name), word(":"), ExprDoc.type(type));
  }

  private static Doc follows(String sign, Expr e) {
    return seq(space(), word(sign), space(), ExprDoc.of(e));
  }

  private static Doc given(Stmt.Given given) {
    return switch (given) {
      case Stmt.Given.Prior(var distribution) -> follows("~", distribution);
      case Stmt.Given.Value(var value) -> follows("=", value);
    };
  }

  private static Doc relation(Expr left, String sign, Expr right) {
    return seq(ExprDoc.of(left), follows(sign, right));
  }

  private static Doc table(Stmt.Table s) {
    var columns = s.columns().stream().map(c -> documented(c.doc(), typed(c.name(), c.type()))).toList();
    var by = s.by().map(b -> seq(word("by"), space(), name(b), space())).orElse(Doc.empty());
    return seq(name(s.name()), space(), by, braces(columns));
  }

  private static Doc branch(Stmt.If s) {
    var head = words(word("if"), ExprDoc.of(s.condition()), block(s.then()));
    return s.otherwise().map(o -> words(head, word("else"), otherwise(s, o))).orElse(head);
  }

  /// An `else` that holds nothing but an `if` is an `else if`, unless it is written with braces, which then end later.
  private static Doc otherwise(Stmt.If outer, List<Stmt> statements) {
    return statements.size() == 1 && statements.getFirst() instanceof Stmt.If inner
        && inner.span().end() == outer.span().end() ? branch(inner) : block(statements);
  }

  private static Doc head(Name name, List<Stmt.Parameter> parameters) {
    if (parameters.isEmpty()) return seq(name(name), word("("), word(")"), space());
    var all = parameters.stream().map(p -> typed(p.name(), p.type())).toList();
    return seq(name(name), brackets("(", commas(all), ")"), space());
  }

  private static Doc body(Stmt.Body body) {
    return switch (body) {
      case Stmt.Body.Of(var value) -> seq(space(), word("="), group(indent(line(), ExprDoc.of(value))));
      case Stmt.Body.Block(var statements) -> seq(space(), block(statements));
    };
  }

  private static Doc method(Stmt.Method m) {
    var argument = m.argument().map(a -> seq(word("("), name(a), word(")"))).orElse(Doc.empty());
    return seq(name(m.name()), argument, body(m.body()));
  }

  private static Doc block(List<Stmt> statements) {
    return braces(statements.stream().map(StmtDoc::of).toList());
  }

  private static Doc braces(List<Doc> lines) {
    if (lines.isEmpty()) return seq(word("{"), indent(new Doc.Dangling()), word("}"));
    var inside = indent(new Doc.NewLine(false), lines(lines), new Doc.Dangling());
    return seq(word("{"), inside, new Doc.NewLine(false), word("}"));
  }

  private static Doc lines(List<Doc> statements) {
    return Doc.separated(statements, new Doc.NewLine(true));
  }
}
