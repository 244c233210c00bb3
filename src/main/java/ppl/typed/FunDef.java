package ppl.typed;

import java.util.List;

/// A user function; it sees its parameters, data and constants.
///
/// @param sizes   size parameters that the arguments' types bind, role [Symbol.Role#SIZE]
/// @param lets    statements before the result: [TStmt.Give] to locals, loops, ifs
public record FunDef(String name, List<Symbol> parameters, List<Symbol> sizes, List<TStmt> lets, TExpr result) {
  public boolean equals(Object o) {
    return this == o;
  }

  public int hashCode() {
    return System.identityHashCode(this);
  }
}
