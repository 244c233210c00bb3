package ppl.ir;

import java.util.List;

/// What is compiled to one class: data slots, arrays computed once from data, and routines.
///
/// @param name     a legal class name
/// @param data     arrays that are bound, in slot order
/// @param prepared arrays that `prepare` writes when data are bound; routines read them
/// @param prepare  statements over data alone
/// @param routines the functions of the class
public record Unit(String name, List<Array> data, List<Array> prepared, Stmt.Block prepare, List<Routine> routines) {
  /// A function of the class. Returns the value of [Array#TARGET], which starts at 0.
  ///
  /// @param name      `logDensity`, `gradient`, ..: the names of `ppl.runtime.Kernel`
  /// @param groups    arrays of role [Array.Role#ARGUMENT] that come as an array of arrays each, before the others
  /// @param arguments arrays of role [Array.Role#ARGUMENT], in the method's order; an argument that is written
  ///                  (a gradient, an output) is written by [Stmt.Set], [Stmt.Add] or [Stmt.Fill]
  /// @param random    whether the method takes a random generator, after the arguments
  /// @param body      its own arrays are workspace of the instance
  public record Routine(
      String name, List<List<Array>> groups, List<Array> arguments, boolean random, Stmt.Block body) {
    public Routine(String name, List<Array> arguments, boolean random, Stmt.Block body) {
      this(name, List.of(), arguments, random, body);
    }

    /// The same with another body.
    public Routine with(Stmt.Block other) {
      return new Routine(name, groups, arguments, random, other);
    }
  }
}
