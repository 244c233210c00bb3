package ppl.lower;

import java.util.List;
import java.util.Optional;
import ppl.dist.Support;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;
import ppl.source.Span;
import ppl.typed.Symbol;

/// One thing that has to hold of every event of a statement for its log density to be finite. The expressions have
/// values where something is added to `fault`.
///
/// @param fault to which 0 is added where it holds, anything else where it does not
/// @param event which event that is
/// @param must  what has to hold
public record Probe(Array fault, Event event, Must must) {
  /// An event of a statement.
  ///
  /// @param symbol the name that it is part of; empty where an expression is observed
  /// @param text   that name or expression
  /// @param at     its subscripts from 0; empty ones are whole dimensions
  public record Event(Optional<Symbol> symbol, String text, List<Optional<Expr>> at) {}

  /// What has to hold.
  public sealed interface Must {
    /// The event lies where the law has its mass.
    record Lie(String law, Arr value, Support support) implements Must {}

    /// A quantity has the shape that it is declared to have: `simplex`, `ordered`, ..
    record Shape(Arr value, String word) implements Must {}

    /// An argument of a law lies where it has to.
    record Argue(Argument argument) implements Must {}

    /// A matrix is what a function takes it to be.
    record Symmetric(Arr value, String function, String words) implements Must {}

    /// Something lies between `lower` and `upper`, so there must be room.
    record Room(Expr lower, Expr upper) implements Must {}

    /// The log density is finite.
    ///
    /// @param within where the event lies, if it is observed
    record Finite(Expr density, Optional<Arr> value, List<Argument> arguments, Optional<Lie> within) implements Must {}
  }

  /// An argument of a law, as one event has it.
  ///
  /// @param of    the name that it is, or is a part of, if so
  /// @param alike whether all events of the statement have the same
  /// @param none  what stands for no limit, if it is where another law is cut off
  public record Argument(String law, String name, Optional<Symbol> of, boolean alike, Arr value, Support support, Optional<String> none) {}

  /// The probes of one statement.
  ///
  /// @param block adds to their faults
  public record Statement(Span span, Stmt.Block block, List<Probe> probes) {}
}
