package ppl.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a file says, before it is compared with what the model wants.
sealed interface Raw {
  /// A number or a nested array, row-major; a single value has no dimensions.
  ///
  /// @param flaws where it is not rectangular, in words; if there are any, `dims` and `cells` mean nothing
  record Grid(Cells cells, List<Integer> dims, List<String> flaws) implements Raw {
    String shape() {
      return dims.isEmpty() ? "a single value" : Shapes.show(dims);
    }
  }

  /// Named values.
  record Fields(Map<String, Raw> byName) implements Raw {}

  /// A table: row objects, or a CSV file. The first dimension of every column is the row.
  ///
  /// @param flaws rows that do not fit the others, in words
  record Rows(int count, LinkedHashMap<String, Raw> columns, List<String> flaws) implements Raw {}

  /// Something undeclared that was passed over.
  ///
  /// @param names what it is made of, if it is an object
  record Ignored(Set<String> names) implements Raw {
    Ignored() {
      this(Set.of());
    }
  }
}
