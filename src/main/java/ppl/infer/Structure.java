package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// What an engine for blocks does with which unknowns, in words.
public final class Structure {
  private Structure() {}

  /// Such as `beta jointly normal, sigma by quadrature`; empty for models without blocks.
  public static String described(Target target, String engine) {
    var model = engine.equals("cavi") ? Sides.whole(target) : engine.equals("gibbs") ? Sides.largest(target)
        : target.conjugate();
    if (model.isEmpty()) return "";
    var blocks = model.get().blocks();
    var auxiliary = IntStream.range(0, blocks.size()).filter(model.get()::auxiliary).mapToObj(blocks::get).toList();
    return described(target, engine, model.get(), auxiliary)
        + (auxiliary.isEmpty() ? "" : ", with auxiliary " + String.join(", ", names(auxiliary)));
  }

  private static String described(Target target, String engine, Conjugate model, List<Block> auxiliary) {
    if (engine.equals("cavi") || engine.equals("gibbs")) return kinds(without(model.blocks(), auxiliary));
    var collapsed = Collapsed.of(target, model, engine.equals("exact") ? 1 : Hybrid.MOST_OPENED);
    var rest = names(collapsed.opened());
    var blocks = names(model.blocks());
    target.quantities().stream()
        .filter(q -> q.role() == Quantity.Role.UNKNOWN && collapsed.model().dimension() > 0)
        .map(Quantity::name).filter(n -> !blocks.contains(n)).forEach(rest::add);
    var words = kinds(without(collapsed.inner(), auxiliary));
    return rest.isEmpty() ? words
        : words + ", " + String.join(", ", rest) + (engine.equals("exact") ? " by quadrature" : " by gradients");
  }

  private static List<Block> without(List<Block> all, List<Block> some) {
    return all.stream().filter(b -> !some.contains(b)).toList();
  }

  private static List<String> names(List<Block> blocks) {
    return new ArrayList<>(blocks.stream().flatMap(b -> b.members().stream().map(Block.Member::name)).toList());
  }

  /// What has which kind of factor.
  private static String kinds(List<Block> blocks) {
    Map<String, TreeSet<String>> kinds = new LinkedHashMap<>();
    for (var b : blocks) {
      var kind = switch (b.shape()) {
        case Block.Gaussian _ -> "normal";
        case Block.Discrete d -> d.row().length > 0 ? "summed along chains" : "by probabilities";
        case Block.Independent _ -> "in closed form";
      };
      b.members().forEach(m -> kinds.computeIfAbsent(kind, _ -> new TreeSet<>()).add(m.name()));
    }
    return kinds.entrySet().stream().map(e -> String.join(", ", e.getValue()) + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
