package ppl.lib;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
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
    Outcome of(List<Type> args);
  }

  @FunctionalInterface
  public interface Lowering {
    Arr of(Build build, List<Arr> args);
  }

  /// A type, or a sentence that says what is wrong, with the position of the argument at fault (-1 for the call).
  public sealed interface Outcome {
    record Ok(Type type) implements Outcome {}

    record Wrong(String message, int argument) implements Outcome {}
  }

  public boolean equals(Object o) {
    return this == o;
  }

  public int hashCode() {
    return System.identityHashCode(this);
  }
}
