package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.List;

/// The improper prior of constant density 1, of any shape that its support gives it. It cannot be drawn from.
final class Flat {
  private Flat() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Flat", Domain.REAL, "1", "Improper: the declared support is all that it says.")
      .form(List.of(), a -> Law.real(Support.REAL, x -> ZERO));
}
