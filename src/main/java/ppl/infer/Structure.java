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
final class Structure {
  private Structure() {}

  /// Where each block has a factor, such as `beta jointly normal, sigma in closed form`.
  static String of(Conjugate model) {
    var auxiliary = IntStream.range(0, model.blocks().size()).filter(model::auxiliary).mapToObj(model.blocks()::get).toList();
    var words = kinds(model.blocks().stream().filter(b -> !auxiliary.contains(b)).toList());
    return auxiliary.isEmpty() ? words : words + ", with auxiliary " + String.join(", ", names(auxiliary));
  }

  /// @param rest how unknowns without a factor are dealt with
  static String of(Target target, Collapsed collapsed, String rest) {
    var without = names(collapsed.opened());
    var blocks = names(collapsed.model().blocks());
    target.quantities().stream()
        .filter(q -> q.role() == Quantity.Role.UNKNOWN && collapsed.model().dimension() > 0)
        .map(Quantity::name).filter(n -> !blocks.contains(n)).forEach(without::add);
    var words = kinds(collapsed.inner());
    return without.isEmpty() ? words : words + ", " + String.join(", ", without) + " " + rest;
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
