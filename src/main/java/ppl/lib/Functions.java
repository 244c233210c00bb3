package ppl.lib;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every library function.
public final class Functions {
  private Functions() {}

  private static final Map<String, Function> BY_NAME = Stream
      .of(Elementary.ROWS, Special.ROWS, Reductions.BY_PARTS, Reductions.AT_ONCE, Vectors.ROWS, Matrices.ROWS, Kernels.ROWS)
      .flatMap(List::stream)
      .collect(Collectors.groupingBy(r -> r.signature().name(), LinkedHashMap::new,
          Collectors.collectingAndThen(Collectors.toList(), Overloads::of)));

  private static final Map<String, Function> OPERATORS =
      Operators.ALL.stream().collect(Collectors.toUnmodifiableMap(Function::name, UnaryOperator.identity()));

  /// The function of this name.
  public static Optional<Function> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// The operator with this symbol.
  public static Function operator(String symbol) {
    return OPERATORS.get(symbol);
  }

  /// All functions, in the order of the reference.
  public static Collection<Function> all() {
    return BY_NAME.values();
  }

  /// Functions that reduce an array of any shape to one number.
  public static boolean reduces(Function f) {
    return reducesByParts(f) || among(Reductions.AT_ONCE, f);
  }

  /// Those of which a reduction of reductions of parts, whatever their sizes, is the reduction of everything.
  public static boolean reducesByParts(Function f) {
    return among(Reductions.BY_PARTS, f);
  }

  private static boolean among(List<Row> rows, Function f) {
    return rows.stream().anyMatch(r -> r.signature().name().equals(f.name()));
  }
}
