package ppl.typed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The type of a value: what a scalar is, and the dimensions.
public record Type(Scalar scalar, List<Dim> dims) {
  public Type {
    dims = List.copyOf(dims);
  }

  /// What one element is.
  public sealed interface Scalar {
    /// A whole number; truth values too.
    record Int() implements Scalar {}

    record Real() implements Scalar {}

    /// A level of a factor or a row of a table; as a number it is its position from 1.
    record Level(Domain domain) implements Scalar {}
  }

  public static final Scalar INT_SCALAR = new Scalar.Int();
  public static final Scalar REAL_SCALAR = new Scalar.Real();
  public static final Type INT = new Type(INT_SCALAR, List.of());
  public static final Type REAL = new Type(REAL_SCALAR, List.of());

  public static Type level(Domain domain) {
    return new Type(new Scalar.Level(domain), List.of());
  }

  public int rank() {
    return dims.size();
  }

  public boolean isScalar() {
    return dims.isEmpty();
  }

  public boolean isReal() {
    return scalar instanceof Scalar.Real;
  }

  public Optional<Domain> level() {
    return scalar instanceof Scalar.Level(var d) ? Optional.of(d) : Optional.empty();
  }

  /// The same scalar with other dimensions.
  public Type with(List<Dim> dims) {
    return new Type(scalar, dims);
  }

  /// One element.
  public Type element() {
    return with(List.of());
  }

  /// A family of these: leading dimensions before its own.
  public Type family(List<Dim> leading) {
    return with(Stream.concat(leading.stream(), dims.stream()).toList());
  }

  /// As a user would write it: `real[county, 3]`.
  @Override
  public String toString() {
    var s = switch (scalar) {
      case Scalar.Int() -> "int";
      case Scalar.Real() -> "real";
      case Scalar.Level(var d) -> d.name();
    };
    return s + sizes();
  }

  /// The dimensions as text: `[N, K]`; empty for a scalar.
  public String sizes() {
    return dims.isEmpty() ? "" : dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
  }
}
