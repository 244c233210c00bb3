package ppl.typed;

import java.util.Optional;

/// One dimension of an array: its size, and the set that indexes it where that is a factor or a table.
public record Dim(Size size, Optional<Domain> domain) {
  public static Dim of(Size size) {
    return new Dim(size, Optional.empty());
  }

  public static Dim of(Domain domain) {
    return new Dim(Size.of(new Size.Atom.Of(domain)), Optional.of(domain));
  }

  @Override
  public String toString() {
    return domain.map(Domain::name).orElse(size.toString());
  }
}
