package ppl.lower;

import java.util.Map;
import java.util.Set;
import ppl.ir.Array;

/// What is known of data when a model is compiled for them.
///
/// @param missing names in which values are missing: these become unknowns
/// @param forms   how data are held, by name, where it is not the usual way
public record Known(Set<String> missing, Map<String, Array.Form> forms) {
  public static final Known NOTHING = missing(Set.of());

  public static Known missing(Set<String> names) {
    return new Known(names, Map.of());
  }

  /// The same with such forms.
  public Known held(Map<String, Array.Form> forms) {
    return new Known(missing, forms);
  }

  Array.Form form(String name) {
    return forms.getOrDefault(name, Array.Form.USUAL);
  }
}
