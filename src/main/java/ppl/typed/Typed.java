package ppl.typed;

import java.util.List;
import java.util.Optional;

/// A checked model: names resolved, types and shapes known, imports spliced in.
///
/// @param domains       factors and tables, in declaration order
/// @param tables        which columns a table has
/// @param data          data names and table columns, in declaration order
/// @param unknowns      unknowns and learned parameters, in declaration order
/// @param deterministic top-level quantities given by `=`, in declaration order
/// @param body          statements in source order; lowering orders them by dependency
/// @param generate      statements of the `generate` blocks
/// @param generated     names that `generate` declares
/// @param checks        sizes to compare when data are bound
/// @param doubts        arguments of distributions that have to be tested
/// @param definitions   constants, functions and distributions
public record Typed(
    String name, String doc, List<Domain> domains, List<Table> tables, List<Symbol> data, List<Symbol> unknowns,
    List<Symbol> deterministic, List<TStmt> body, List<TStmt> generate, List<Symbol> generated,
    List<SizeCheck> checks, List<Doubt> doubts, Defined definitions) {
  /// The same with other doubts.
  public Typed doubting(List<Doubt> others) {
    return new Typed(name, doc, domains, tables, data, unknowns, deterministic, body, generate, generated, checks,
        List.copyOf(others), definitions);
  }

  /// A table: its row domain (for a table `by` a factor, the factor) and its columns.
  public record Table(String name, Domain rows, Optional<Domain.Factor> by, List<Symbol> columns) {}
}
