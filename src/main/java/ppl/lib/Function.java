package ppl.lib;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.typed.SizeCheck;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// A library function or operator: everything the compiler knows of it.
///
/// @param name   as users write it; operators have their symbol
/// @param typing the type of the result, or why the arguments will not do
/// @param lowering the result in index notation; statements that it needs go to the build
/// @param doc    one line: signature and meaning
public record Function(String name, Typing typing, Lowering lowering, String doc) {
  @FunctionalInterface
  public interface Typing {
    Outcome of(List<TExpr> args);
  }

  @FunctionalInterface
  public interface Lowering {
    Arr of(Build build, List<Arr> args);
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
