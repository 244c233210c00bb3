package ppl.check;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.dist.Distribution;
import ppl.dist.Domain;
import ppl.ir.Kind;
import ppl.typed.Interval;
import ppl.typed.TExpr.DistFunction;
import ppl.typed.Type;

/// How a quantity is declared that has a law, for advice: by where the values of the law lie, and by the sizes that its arguments
/// tell. Sizes that nothing tells are `K`.
final class Variate {
  private Variate() {}

  /// The word and the sizes, such as `count[N]`.
  static String type(Family law, Env env) {
    return word(law) + sizes(law, env);
  }

  /// One of more, for elements that have the law each: `count[..]`.
  ///
  /// @param dims how many subscripts pick an element
  static String array(Family law, int dims) {
    var own = sizes(law.eventRank() - spared(law.domain()));
    return word(law) + Stream.concat(IntStream.range(0, dims).mapToObj(_ -> ".."), own).collect(Collectors.joining(", ", "[", "]"));
  }

  /// The same of a law whose arguments cannot be read.
  ///
  /// @param sizes as they are written, if they are
  static String type(Distribution law, Optional<String> sizes) {
    var word = law.domain().kind() == Kind.INT && law.domain() != Domain.BINARY && law.domain() != Domain.COUNT ? "int" : law.domain().word();
    return word + sizes.map(s -> "[" + s + "]").orElseGet(() -> bracketed(sizes(law.eventRank() - spared(Optional.of(law.domain())))));
  }

  /// As [#type(Family, Env)], with sizes that are written.
  static String type(Family law, String sizes) {
    return word(law) + "[" + sizes + "]";
  }

  private static String word(Family law) {
    return law.domain().filter(d -> d.rank() > 0).map(Domain::word)
        .orElseGet(() -> law.integer() ? whole(new Ranges().of(law.dist())) : real(new Ranges().of(law.dist()), law));
  }

  private static String whole(Interval values) {
    return Interval.UNIT.includes(values) ? "binary" : values.low() == 0 ? "count" : "int";
  }

  /// Bounds other than 0, and 1 beside it, are those of the law already.
  private static String real(Interval values, Family law) {
    if (Interval.UNIT.includes(values)) return "unit";
    if (values.low() < 0 || Double.isFinite(values.high())) return "real";
    return law.domain().filter(d -> d == Domain.POSITIVE).isPresent() ? "positive" : "nonnegative";
  }

  private static String sizes(Family law, Env env) {
    var quiet = env.quiet();
    int spared = spared(law.domain());
    return law.function(DistFunction.DRAW, Optional.empty(), law.dist().span(), quiet).map(e -> sizes(e.type(), spared))
        .orElseGet(() -> bracketed(sizes(law.eventRank() - spared)));
  }

  /// A matrix that is declared by a word has its size once.
  private static int spared(Optional<Domain> domain) {
    return domain.filter(d -> d.rank() > 0).map(d -> d.rank() - 1).orElse(0);
  }

  private static String sizes(Type t, int spared) {
    return bracketed(t.dims().subList(0, t.rank() - spared).stream().map(Object::toString));
  }

  private static Stream<String> sizes(int rank) {
    return IntStream.range(0, rank).mapToObj(_ -> "K");
  }

  private static String bracketed(Stream<String> sizes) {
    var all = sizes.toList();
    return all.isEmpty() ? "" : "[" + String.join(", ", all) + "]";
  }
}
