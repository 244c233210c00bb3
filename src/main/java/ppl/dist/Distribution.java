package ppl.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// A named family of distributions: signature, documentation and, for arguments, a [Law].
///
/// @param name    as written in a model
/// @param formula the density, for the language reference
/// @param about   one sentence: what it is for, or what to look out for
/// @param domain  of the variate, as far as it does not depend on arguments
/// @param shape   extents of one event
/// @param forms   the ways to write the arguments, the canonical one first; arguments by position alone mean that one
public record Distribution(
    String name, String formula, String about, Domain domain, List<Size> shape, List<Form> forms) {
  public Distribution {
    shape = List.copyOf(shape);
    forms = List.copyOf(forms);
  }

  /// A distribution on scalars.
  static Distribution scalar(String name, Domain domain, String formula, String about) {
    return new Distribution(name, formula, about, domain, List.of(), List.of());
  }

  /// A distribution on vectors of the named length.
  static Distribution vector(String name, Domain domain, String length, String formula, String about) {
    return new Distribution(name, formula, about, domain, List.of(new Size.Named(length)), List.of());
  }

  /// A distribution on square matrices.
  static Distribution square(String name, Domain domain, String length, String formula, String about) {
    var n = new Size.Named(length);
    return new Distribution(name, formula, about, domain, List.of(n, n), List.of());
  }

  /// The same with one more way to write the arguments.
  Distribution form(List<Parameter> parameters, Function<Args, Law> maker) {
    var more = new ArrayList<>(forms);
    more.add(new Form(parameters, maker));
    return new Distribution(name, formula, about, domain, shape, more);
  }

  public Kind kind() {
    return domain.kind();
  }

  /// Whether its values are whole numbers.
  public boolean isWhole() {
    return kind() == Kind.INT;
  }

  public int eventRank() {
    return shape.size();
  }

  public List<Parameter> parameters() {
    return forms.getFirst().parameters();
  }

  /// The form that so many arguments by position and these by name make; positional arguments alone make the
  /// canonical one. Empty where none fits.
  public Optional<Form> form(int positional, Set<String> named) {
    return forms.stream().filter(f -> f.accepts(positional, named)).findFirst();
  }

  /// What every law of this family can be asked for.
  public Set<Ability> abilities() {
    return forms.getFirst().abilities(shape);
  }

  /// The law for canonical arguments, of an event with extents `event`.
  public Law law(List<Arr> args, List<Expr> event) {
    return forms.getFirst().law(args, event);
  }

  /// The line of the language reference.
  public String reference() {
    return Docs.line(this);
  }
}
