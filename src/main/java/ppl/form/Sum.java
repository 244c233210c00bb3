package ppl.form;

import java.util.List;

/// A sum of monomials. At most one of them is known, plain and thus the additive constant.
record Sum(List<Monomial> monomials) {
  static final Sum ZERO = new Sum(List.of());

  Sum {
    monomials = List.copyOf(monomials);
  }

  int size() {
    return monomials.size();
  }
}
