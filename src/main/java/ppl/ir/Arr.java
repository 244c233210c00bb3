package ppl.ir;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An array that is not stored: extents and a rule for its elements (subscripts from 0). Element rules are pure:
/// whatever needs statements has been stored by a [Build] before.
public record Arr(Kind kind, List<Expr> dims, Function<List<Expr>, Expr> rule) {
  public Arr {
    dims = List.copyOf(dims);
  }

  /// A scalar.
  public static Arr of(Expr scalar) {
    return new Arr(scalar.kind(), List.of(), at -> scalar);
  }

  /// All of a stored array.
  public static Arr of(Array array) {
    return new Arr(array.kind(), array.dims(), new Stored(array));
  }

  /// The rule of an array that is stored as it is.
  private record Stored(Array array) implements Function<List<Expr>, Expr> {
    @Override
    public Expr apply(List<Expr> at) {
      return array.read(at);
    }
  }

  /// The array that it is all of, if there is one.
  public Optional<Array> stored() {
    return rule instanceof Stored(Array array) ? Optional.of(array) : Optional.empty();
  }

  public int rank() {
    return dims.size();
  }

  /// Whether its extents are known when data are bound, and so the same in every turn of a loop.
  public boolean isFixed() {
    return dims.stream().allMatch(Array::isFixed);
  }

  public Expr at(List<Expr> at) {
    if (at.size() != rank()) throw new IllegalArgumentException("rank " + rank() + ", subscripts " + at.size());
    return rule.apply(at);
  }

  public Expr at(Expr... at) {
    return at(List.of(at));
  }

  /// The value of a scalar.
  public Expr scalar() {
    return at(List.of());
  }

  /// The sub-array at leading subscripts.
  public Arr slice(List<Expr> leading) {
    return new Arr(kind, dims.subList(leading.size(), rank()),
        at -> rule.apply(Stream.concat(leading.stream(), at.stream()).toList()));
  }

  /// Fresh index variables, one for each dimension.
  public List<Index> indices(String hint) {
    return IntStream.range(0, rank()).mapToObj(d -> new Index(hint + (d == 0 ? "" : d))).toList();
  }
}
