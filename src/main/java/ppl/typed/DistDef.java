package ppl.typed;

import java.util.List;
import java.util.Optional;

/// A user distribution. Each method is a function of the value (for `logpdf` and `cdf`, the last parameter) and of the
/// distribution's parameters.
///
/// @param parameters arguments with their declared supports
/// @param on         the type of a value, and where it lies
public record DistDef(
    String name, List<Symbol> parameters, List<Symbol> sizes, Type on, Support support, FunDef logpdf,
    Optional<FunDef> cdf, Optional<FunDef> sample) {
  public boolean equals(Object o) {
    return this == o;
  }

  public int hashCode() {
    return System.identityHashCode(this);
  }
}
