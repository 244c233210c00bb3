package ppl.lib;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.lib.Function.Outcome;
import ppl.typed.Interval;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Rows of one name as one function: arguments choose the row by their number and their dimensions.
final class Overloads {
  private Overloads() {}

  static Function of(List<Row> rows) {
    var name = rows.getFirst().signature().name();
    var doc = rows.stream().map(r -> "`" + r.signature().text() + "`: " + r.doc()).collect(Collectors.joining("\n"));
    return new Function(name, args -> type(rows, args), (b, args) -> rows.stream()
        .filter(r -> fits(r.signature(), args.stream().map(Arr::rank).toList()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("`" + name + "` of ranks " + args.stream().map(Arr::rank)
            .toList()))
        .lowering().of(b, args), args -> rows.stream().filter(r -> r.signature().arity() == args.values().size())
        .findFirst().map(r -> r.range().of(args)).orElse(Interval.ALL), rows.getFirst().reads(), doc);
  }

  private static Outcome type(List<Row> rows, List<TExpr> args) {
    var byArity = rows.stream().filter(r -> r.signature().arity() == args.size()).toList();
    if (byArity.isEmpty()) return new Outcome.Wrong(arity(rows, args.size()), List.of());
    var ranks = args.stream().map(TExpr::type).map(Type::rank).toList();
    return byArity.stream().filter(r -> fits(r.signature(), ranks)).findFirst()
        .or(() -> byArity.size() == 1 ? byArity.stream().findFirst() : java.util.Optional.empty())
        .map(r -> r.typing().of(args))
        .orElseGet(() -> new Outcome.Wrong(
            "`%s` cannot take %s; it is %s".formatted(rows.getFirst().signature().name(),
                args.stream().map(TExpr::written).collect(Collectors.joining(" and ")), signatures(byArity)),
            IntStream.range(0, args.size()).boxed().toList()));
  }

  private static boolean fits(Signature s, List<Integer> ranks) {
    boolean scalars = s.parameters().stream().allMatch(p -> p.dims().isEmpty() && !p.anyRank())
        && s.result().dims().isEmpty();
    return s.arity() == ranks.size()
        && (scalars || IntStream.range(0, ranks.size()).allMatch(i -> s.parameters().get(i).fitsRank(ranks.get(i))));
  }

  private static String arity(List<Row> rows, int given) {
    var takes = rows.stream().map(r -> String.valueOf(r.signature().arity())).distinct()
        .collect(Collectors.joining(" or "));
    return "`%s` takes %s argument%s, not %d: %s".formatted(rows.getFirst().signature().name(), takes,
        takes.equals("1") ? "" : "s", given, signatures(rows));
  }

  private static String signatures(List<Row> rows) {
    return rows.stream().map(r -> "`" + r.signature().text() + "`").collect(Collectors.joining(" or "));
  }
}
