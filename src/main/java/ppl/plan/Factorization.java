package ppl.plan;

import java.util.Arrays;
import java.util.List;
import ppl.ir.Array;

/// Which unknowns may share a block, where the user says so: `alpha, beta | gamma` has those two in one factor of a
/// posterior approximation, as far as they have a joint closed form, and that one in another. All others, named or not,
/// are in neither.
///
/// @param factors names of unknowns; empty where the structure alone decides
public record Factorization(List<List<String>> factors) {
  public static final Factorization FREE = new Factorization(List.of());

  public Factorization {
    factors = factors.stream().map(List::copyOf).toList();
  }

  /// Factors apart by `|`, names by commas.
  public static Factorization parse(String text) {
    return new Factorization(Arrays.stream(text.split("\\|", -1))
        .map(f -> Arrays.stream(f.split(",", -1)).map(String::strip).toList()).toList());
  }

  public List<String> names() {
    return factors.stream().flatMap(List::stream).toList();
  }

  /// Whether one block may have all of these.
  boolean joins(List<Array> unknowns) {
    return unknowns.stream().map(u -> factor(u.name())).distinct().count() <= 1;
  }

  /// The number of the factor, or -1 for what no factor names.
  private int factor(String name) {
    for (int i = 0; i < factors.size(); i++) if (factors.get(i).contains(name)) return i;
    return -1;
  }
}
