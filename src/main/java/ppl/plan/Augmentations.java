package ppl.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.form.Auxiliaries;
import ppl.ir.Array;
import ppl.lower.Model;

/// Auxiliary unknowns that give others a closed form: no more than it takes, and none where quadrature or nothing at all
/// does.
///
/// @param model       with the auxiliaries
/// @param auxiliaries all of them in blocks
/// @param structure   of the model with them
public record Augmentations(Model model, List<Auxiliaries.Auxiliary> auxiliaries, Structure structure) {
  public Augmentations {
    auxiliaries = List.copyOf(auxiliaries);
  }

  /// Empty where no auxiliary closes an unknown that is not closed without.
  ///
  /// @param factors which unknowns may share a block
  /// @param plain   the structure of `model`
  /// @param odds    whether logits may have auxiliaries
  public static Optional<Augmentations> of(Model model, Factorization factors, Structure plain, boolean odds) {
    if (plain.refusals().isEmpty()) return Optional.empty();
    int places = Auxiliaries.of(model, odds, n -> false).places();
    var chosen = IntStream.range(0, places).boxed().collect(Collectors.toCollection(TreeSet::new));
    if (chosen.isEmpty()) return Optional.empty();
    var open = with(model, factors, odds, chosen).open();
    while (!open.isEmpty() && chosen.removeAll(open)) open = with(model, factors, odds, chosen).open();
    var best = with(model, factors, odds, chosen);
    var before = closed(plain);
    if (before.containsAll(best.closed(model))) return Optional.empty();
    for (int n : List.copyOf(chosen)) {
      var fewer = new TreeSet<>(chosen);
      fewer.remove(n);
      var other = with(model, factors, odds, fewer);
      if (!other.open().isEmpty() || !other.closed(model).containsAll(best.closed(model))) continue;
      chosen = fewer;
      best = other;
    }
    return Optional.of(best);
  }

  private static Augmentations with(Model model, Factorization factors, boolean odds, Collection<Integer> chosen) {
    var augmented = Auxiliaries.of(model, odds, chosen::contains);
    return new Augmentations(augmented.model(), augmented.auxiliaries(), Structures.of(augmented.model(), factors));
  }

  private static Set<Array> closed(Structure structure) {
    return structure.blocks().stream().flatMap(b -> b.unknowns().stream()).collect(Collectors.toSet());
  }

  /// The unknowns of the model without auxiliaries that are closed.
  private Set<Array> closed(Model plain) {
    var all = new HashSet<>(closed(structure));
    all.retainAll(plain.unknowns().stream().map(Model.Unknown::array).toList());
    return all;
  }

  /// The places whose auxiliaries are not closed themselves.
  private Set<Integer> open() {
    var closed = closed(structure);
    return auxiliaries.stream().filter(a -> !closed.contains(a.array())).map(Auxiliaries.Auxiliary::place)
        .collect(Collectors.toSet());
  }
}
