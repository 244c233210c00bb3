package ppl.ast;

import java.util.List;
import ppl.source.Source;

/// A file as written.
public record Ast(Source source, List<Stmt> statements) {}
