package ppl.dist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Kind;

/// One way to write the arguments of a distribution: `Gamma(shape, rate)`, `Gamma(mean, sd)`.
///
/// @param parameters in the order in which they may be given by position
/// @param maker      the law that the arguments make
public record Form(List<Parameter> parameters, Function<Args, Law> maker) {
  public Form {
    parameters = List.copyOf(parameters);
  }

  /// The law of one event of extents `event`. Whole numbers that stand for reals are converted.
  public Law law(List<Arr> args, List<Expr> event) {
    if (args.size() != parameters.size()) throw new IllegalArgumentException("arguments for " + names());
    return maker.apply(new Args(IntStream.range(0, args.size()).mapToObj(i -> fit(args.get(i), i)).toList(), event));
  }

  /// What the laws of this form can be asked for; the same for all arguments.
  ///
  /// @param event extents of one event
  public Set<Ability> abilities(List<Size> event) {
    return symbolic(event).abilities();
  }

  /// Where the values of this form's laws lie; an argument stands there as an array of its parameter's name.
  ///
  /// @param event extents of one event
  public Support support(List<Size> event) {
    return symbolic(event).support();
  }

  private Law symbolic(List<Size> event) {
    var sizes = new HashMap<String, Expr>();
    var args = parameters.stream()
        .map(p -> Arr.of(new Array(p.name(), p.kind(), extents(p.shape(), sizes), Array.Role.DATA)))
        .toList();
    return law(args, extents(event, sizes));
  }

  private static List<Expr> extents(List<Size> shape, Map<String, Expr> sizes) {
    return shape.stream().map(s -> switch (s) {
      case Size.Named(var letter) -> sizes.computeIfAbsent(letter, l ->
          new Array(l, Kind.INT, List.of(), Array.Role.DATA).read());
      case Size.Fixed(int extent) -> Exprs.integer(extent);
    }).toList();
  }

  public List<String> names() {
    return parameters.stream().map(Parameter::name).toList();
  }

  /// Whether so many arguments by position and these by name are exactly the parameters.
  public boolean accepts(int positional, Set<String> named) {
    return positional + named.size() == parameters.size()
        && named.equals(Set.copyOf(names().subList(positional, parameters.size())));
  }

  private Arr fit(Arr arg, int i) {
    var p = parameters.get(i);
    if (arg.rank() != p.rank()) throw new IllegalArgumentException(p.name() + " has rank " + arg.rank());
    if (arg.kind() == p.kind()) return arg;
    if (p.kind() == Kind.INT) throw new IllegalArgumentException(p.name() + " is not a whole number");
    return new Arr(Kind.REAL, arg.dims(), at -> Exprs.toReal(arg.at(at)));
  }
}
