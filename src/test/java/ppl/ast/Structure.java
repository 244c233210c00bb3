package ppl.ast;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.source.Source;
import ppl.source.Span;

/// What a syntax tree says, as text: everything but the places, read from the records themselves.
public final class Structure {
  private Structure() {}

  /// Parentheses included.
  public static String exact(Object tree) {
    return of(tree, true);
  }

  /// Parentheses, which only group, left out.
  public static String grouped(Object tree) {
    return of(tree, false);
  }

  private static String of(Object o, boolean parens) {
    return switch (o) {
      case Span _, Source _ -> "";
      case Expr.Paren p when !parens -> of(p.inner(), false);
      case List<?> list -> list.stream().map(x -> of(x, parens)).collect(Collectors.joining(", ", "[", "]"));
      case Optional<?> x -> x.map(v -> "some " + of(v, parens)).orElse("none");
      case Record r -> r.getClass().getSimpleName() + Arrays.stream(r.getClass().getRecordComponents())
          .map(c -> component(r, c, parens)).collect(Collectors.joining(" ", "(", ")"));
      default -> o.toString();
    };
  }

  private static String component(Record r, java.lang.reflect.RecordComponent c, boolean parens) {
    try {
      return of(c.getAccessor().invoke(r), parens);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
