package ppl.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A size known when data are bound: a polynomial with whole coefficients over atoms, in normal form, so that sizes
/// are compared as symbols: `N + 1` and `1 + N` are equal, `N` and `M` are not.
///
/// @param terms from a sorted list of atom names (with repetition; empty for the constant) to its coefficient, never 0
/// @param atoms what each atom's name stands for
public record Size(TreeMap<String, Term> terms) {
  /// One monomial.
  public record Term(long coefficient, List<Atom> atoms) {}

  /// What a size is made of.
  public sealed interface Atom {
    String key();

    /// A data scalar, or a function's size parameter.
    record Scalar(Symbol symbol) implements Atom {
      public String key() {
        return symbol.name();
      }
    }

    /// The number of levels or rows.
    record Of(Domain domain) implements Atom {
      public String key() {
        return "|" + domain.name() + "|";
      }
    }

    /// Anything else over data and constants; compared by its text.
    record Opaque(TExpr value, String text) implements Atom {
      public String key() {
        return "(" + text + ")";
      }
    }
  }

  public static Size of(long value) {
    var t = new TreeMap<String, Term>();
    if (value != 0) t.put("", new Term(value, List.of()));
    return new Size(t);
  }

  public static Size of(Atom atom) {
    var t = new TreeMap<String, Term>();
    t.put(atom.key(), new Term(1, List.of(atom)));
    return new Size(t);
  }

  public Size plus(Size that) {
    var t = new TreeMap<>(terms);
    that.terms.forEach((k, v) -> t.merge(k, v, (a, b) ->
        a.coefficient + b.coefficient == 0 ? null : new Term(a.coefficient + b.coefficient, a.atoms)));
    return new Size(t);
  }

  public Size times(Size that) {
    var result = of(0);
    for (var a : terms.values())
      for (var b : that.terms.values()) {
        var atoms = new ArrayList<>(a.atoms);
        atoms.addAll(b.atoms);
        atoms.sort(java.util.Comparator.comparing(Atom::key));
        var t = new TreeMap<String, Term>();
        t.put(atoms.stream().map(Atom::key).collect(Collectors.joining("*")),
            new Term(Math.multiplyExact(a.coefficient, b.coefficient), List.copyOf(atoms)));
        result = result.plus(new Size(t));
      }
    return result;
  }

  public Size minus(Size that) {
    return plus(that.times(of(-1)));
  }

  /// What can be said of two sizes before data are bound.
  public enum Match { SAME, DIFFERENT, LATER }

  /// Compares as symbols: `N` and `M` differ. A number beside a symbol, and anything computed, is for later,
  /// as is a size of a function's argument beside one of the data.
  public Match match(Size that) {
    if (equals(that)) return Match.SAME;
    if (minus(that).constant().isPresent()) return Match.DIFFERENT;
    if (constant().isPresent() || that.constant().isPresent() || computed() || that.computed()) return Match.LATER;
    boolean arguments = has(Symbol.Role.PARAMETER) || that.has(Symbol.Role.PARAMETER);
    return arguments || has(Symbol.Role.SIZE) != that.has(Symbol.Role.SIZE) ? Match.LATER : Match.DIFFERENT;
  }

  /// Whether a scalar of this role is in it: those of functions are known at each call.
  private boolean has(Symbol.Role role) {
    return terms.values().stream().flatMap(t -> t.atoms().stream())
        .anyMatch(a -> a instanceof Atom.Scalar(var symbol) && symbol.role() == role);
  }

  private boolean computed() {
    return terms.values().stream().flatMap(t -> t.atoms().stream()).anyMatch(a -> a instanceof Atom.Opaque);
  }

  /// The value, if it is a number.
  public OptionalInt constant() {
    if (terms.isEmpty()) return OptionalInt.of(0);
    return terms.size() == 1 && terms.containsKey("")
        ? OptionalInt.of(Math.toIntExact(terms.get("").coefficient))
        : OptionalInt.empty();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Size s && key().equals(s.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  private Map<String, Long> key() {
    return terms.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().coefficient()));
  }

  /// As a user would write it.
  @Override
  public String toString() {
    if (terms.isEmpty()) return "0";
    var s = new StringBuilder();
    terms.entrySet().stream().sorted(Map.Entry.<String, Term>comparingByKey().reversed()).forEach(e -> {
      long c = e.getValue().coefficient();
      var atoms = e.getValue().atoms().stream().map(a -> switch (a) {
        case Atom.Scalar(var symbol) -> symbol.name();
        case Atom.Of(Domain.Factor f) -> "levels(" + f.name() + ")";
        case Atom.Of(Domain.Rows r) -> "size(" + r.name() + ")";
        case Atom.Opaque(var v, var text) -> text;
      }).collect(Collectors.joining(" * "));
      if (!s.isEmpty()) s.append(c < 0 ? " - " : " + ");
      else if (c < 0) s.append("-");
      long m = Math.abs(c);
      s.append(atoms.isEmpty() ? String.valueOf(m) : m == 1 ? atoms : m + " * " + atoms);
    });
    return s.toString();
  }
}
