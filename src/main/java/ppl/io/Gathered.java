package ppl.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The contents of all files, sorted by the names of the schema.
///
/// @param single  data outside tables
/// @param tables  of each table that was given, its columns
/// @param unknown undeclared names
/// @param files   all files that were read, in order
/// @param lost    files whose content, or some of it, could not be used; what they should hold is not reported as absent
record Gathered(
    Map<String, Given> single, Map<String, Map<String, Given>> tables, List<Unknown> unknown, List<String> files,
    List<String> lost) {
  /// A value and the file it comes from.
  record Given(Raw raw, String file) {}

  /// A name that is not declared; of a column, with its table.
  ///
  /// @param inside the names that stand in it, if it is an object
  record Unknown(String name, String file, boolean column, Set<String> inside) {}

  static Gathered empty() {
    return new Gathered(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }
}
