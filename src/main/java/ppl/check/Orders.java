package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import ppl.dist.Distribution;
import ppl.dist.Docs;
import ppl.dist.Form;
import ppl.dist.Parameter;
import ppl.typed.TExpr;

/// Arguments that fit a distribution in another order than they stand in.
final class Orders {
  private static final int MOST = 5;

  private Orders() {}

  /// How to write the call where the arguments would fit in another order: with these arguments where just one order
  /// fits, else with the names of the parameters.
  static Optional<String> of(Distribution d, Form form, List<TExpr> args, BiPredicate<Parameter, TExpr> fits) {
    if (args.size() > MOST) return Optional.empty();
    var found = new ArrayList<List<TExpr>>();
    extend(List.of(), args, form.parameters(), fits, found);
    return switch (found.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(found.getFirst().stream().map(a -> a.span().text())
          .collect(Collectors.joining(", ", d.name() + "(", ")")));
      default -> Optional.of(Docs.signature(d));
    };
  }

  private static void extend(List<TExpr> placed, List<TExpr> rest, List<Parameter> parameters,
      BiPredicate<Parameter, TExpr> fits, List<List<TExpr>> found) {
    if (rest.isEmpty()) found.add(placed);
    for (int i = 0; i < rest.size(); i++) {
      if (!fits.test(parameters.get(placed.size()), rest.get(i))) continue;
      var more = new ArrayList<>(placed);
      var others = new ArrayList<>(rest);
      more.add(others.remove(i));
      extend(more, others, parameters, fits, found);
    }
  }
}
