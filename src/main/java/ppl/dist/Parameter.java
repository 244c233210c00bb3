package ppl.dist;

import java.util.List;
import ppl.ir.Kind;

/// An argument of a distribution for one event.
///
/// @param name   as written in a model: `sd`
/// @param domain what it may be
/// @param shape  extents of the argument of one event: none for a scalar, one for a vector, two for a matrix
public record Parameter(String name, Domain domain, List<Size> shape) {
  public Parameter {
    shape = List.copyOf(shape);
    if (shape.size() < domain.rank())
      throw new IllegalArgumentException(name + ": " + domain + " needs more dimensions");
  }

  public Kind kind() {
    return domain.kind();
  }

  public int rank() {
    return shape.size();
  }

  /// A scalar parameter.
  public static Parameter scalar(String name, Domain domain) {
    return new Parameter(name, domain, List.of());
  }

  /// A vector parameter of the named length.
  public static Parameter vector(String name, Domain domain, String length) {
    return new Parameter(name, domain, List.of(new Size.Named(length)));
  }

  /// A square matrix parameter.
  public static Parameter matrix(String name, Domain domain, String length) {
    return new Parameter(name, domain, List.of(new Size.Named(length), new Size.Named(length)));
  }
}
