package ppl.runtime;

import java.util.List;
import java.util.Optional;

/// A named array among the outputs of a [Target], row-major.
///
/// @param name the user's name
/// @param dims extents, empty for a scalar
/// @param labels for each dimension the level labels of its factor or table, or empty where it is numbered from 1
/// @param role what it is in the model
/// @param integer whether its values are whole numbers
public record Quantity(
    String name, List<Integer> dims, List<Optional<List<String>>> labels, Role role, boolean integer) {
  /// Where a reported quantity comes from.
  public enum Role { UNKNOWN, DETERMINISTIC, GENERATED, REPLICATE }

  /// Number of elements: the product of the extents.
  public int size() {
    return dims.stream().reduce(1, Math::multiplyExact);
  }

  /// The name of element `flat` (row-major, from 0): `name`, `name[2]`, `name[2,3]`, `name[ANOKA]`.
  public String element(int flat) {
    if (dims.isEmpty()) return name;
    var parts = new String[dims.size()];
    for (int d = dims.size() - 1, rest = flat; d >= 0; d--) {
      int i = rest % dims.get(d);
      rest /= dims.get(d);
      parts[d] = labels.get(d).map(l -> l.get(i)).orElse(String.valueOf(i + 1));
    }
    return name + "[" + String.join(",", parts) + "]";
  }
}
