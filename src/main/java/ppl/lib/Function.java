package ppl.lib;

import java.util.List;
import java.util.Optional;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.typed.Interval;
import ppl.typed.SizeCheck;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// A library function or operator: everything the compiler knows of it.
///
/// @param name   as users write it; operators have their symbol
/// @param typing the type of the result, or why the arguments will not do
/// @param lowering the result in index notation; statements that it needs go to the build
/// @param range  where elements of the result lie
/// @param reads  of a function that reads one triangle of its first argument: what it takes for granted
/// @param doc    one line: signature and meaning
public record Function(String name, Typing typing, Lowering lowering, Ranging range, Optional<Symmetry> reads, String doc) {
  @FunctionalInterface
  public interface Typing {
    Outcome of(List<TExpr> args);
  }

  @FunctionalInterface
  public interface Lowering {
    Arr of(Build build, List<Arr> args);
  }

  /// An interval that holds every element of the result, from such intervals of the arguments.
  @FunctionalInterface
  public interface Ranging {
    Interval of(Operands args);
  }

  /// Arguments as far as the range of a result depends on them.
  ///
  /// @param values where their elements lie
  /// @param ranks  their numbers of dimensions
  /// @param alike  whether all are one and the same expression
  public record Operands(List<Interval> values, List<Integer> ranks, boolean alike) {
    public Interval get(int i) {
      return values.get(i);
    }
  }

  /// What comes of a call.
  public sealed interface Outcome {
    /// A type; it holds if the checks do, when data are bound.
    record Ok(Type type, List<SizeCheck> checks) implements Outcome {}

    /// A sentence that says what is wrong, with the positions of the arguments at fault (none for the call).
    record Wrong(String message, List<Integer> arguments) implements Outcome {}
  }

  public boolean equals(Object o) {
    return this == o;
  }

  public int hashCode() {
    return System.identityHashCode(this);
  }
}
