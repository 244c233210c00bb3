package ppl.runtime;

import java.util.List;
import java.util.Optional;
import ppl.source.Span;

/// What data a compiled model wants: the contract between the model and the readers of files. It holds no data and no
/// compiler structures; sizes and limits are rules over data that have been bound before (see [Lookup]).
///
/// @param slots   data names and table columns, in declaration order
/// @param tables  tables, in declaration order
/// @param factors factors, in declaration order
public record Schema(List<Slot> slots, List<Table> tables, List<Factor> factors) {
  /// One data name, or one column of a table (its name is then unique in the table only).
  ///
  /// @param declared  the type as the user wrote it, for messages
  /// @param element   what one value is
  /// @param dims      extents, outermost first; for a column the first is its table's rows
  /// @param limits    bounds of the values
  /// @param shape     a restriction of trailing dimensions: `simplex`, `ordered`, `cov`, .., or empty
  /// @param missing   whether missing values are allowed (modelled numbers): they become unknowns
  /// @param table     the table that the column belongs to
  public record Slot(
      String name, String declared, Element element, List<Extent> dims, Limits limits, Optional<String> shape,
      boolean missing, Optional<String> table, Span span) {}

  /// What one value is.
  public sealed interface Element {
    record Int() implements Element {}

    record Real() implements Element {}

    /// A label, stored as the position of its level from 1.
    record Level(String factor) implements Element {}
  }

  /// An extent: its text for messages, the factor or table that indexes it, and its value.
  ///
  /// @param free a name of a data scalar if the extent is just that (for messages such as "N is 10")
  public record Extent(String text, Optional<String> domain, Optional<String> free, Count count) {}

  /// Bounds of values; `strictLower` excludes the lower bound itself.
  public record Limits(Optional<Limit> lower, Optional<Limit> upper, boolean strictLower) {
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), false);
  }

  /// A bound with its text for messages.
  public record Limit(String text, Bound bound) {}

  /// A size, from data bound before.
  @FunctionalInterface
  public interface Count {
    int of(Lookup data);
  }

  /// The bounds of all elements, from data bound before.
  @FunctionalInterface
  public interface Bound {
    Bounds of(Lookup data);
  }

  /// A bound for every element.
  @FunctionalInterface
  public interface Bounds {
    /// The bound of the element at `index` (subscripts from 0, outermost first).
    double at(int[] index);
  }

  /// Data bound before.
  public interface Lookup {
    /// The values of a slot, row-major.
    double[] values(Slot slot);

    /// Number of levels of a factor or rows of a table.
    int size(String domain);

    /// The position of a factor's level from 1; 0 if there is no such level.
    int position(String factor, String label);
  }

  /// A table; `by` a factor it has one row a level.
  public record Table(String name, Optional<String> by, List<Slot> columns, Span span) {}

  /// A factor; levels in the order written, or empty where they are the sorted labels found in its columns.
  public record Factor(String name, Optional<List<String>> levels, Span span) {}
}
