package ppl.typed;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.dist.Ability;

/// What a distribution as written can be asked for, from what its parts can.
public final class Abilities {
  private Abilities() {}

  public static Set<Ability> of(TDist d) {
    return switch (d) {
      case TDist.Named n -> n.distribution().abilities();
      case TDist.User u -> {
        var all = EnumSet.noneOf(Ability.class);
        if (u.definition().cdf().isPresent()) all.add(Ability.TAILS);
        if (u.definition().sample().isPresent()) all.add(Ability.DRAW);
        yield all;
      }
      case TDist.Truncated t -> Set.of(Ability.TAILS, Ability.DRAW);
      case TDist.Censored c -> among(of(c.inner()), Ability.TAILS, Ability.DRAW);
      case TDist.Mixture m -> m.components().stream().map(Abilities::of).reduce(EnumSet.allOf(Ability.class), Abilities::both);
      case TDist.MixtureOver m -> of(m.component());
      case TDist.ZeroInflated z -> of(z.inner());
      case TDist.Hurdle h -> hurdle(h);
    };
  }

  /// A count is drawn given that it is not 0, which needs its distribution function.
  private static Set<Ability> hurdle(TDist.Hurdle h) {
    var inner = of(h.inner());
    if (!isWhole(h.inner())) return inner;
    return inner.contains(Ability.TAILS) ? Set.of(Ability.TAILS, Ability.DRAW) : Set.of();
  }

  /// Whether it is a distribution of whole numbers.
  public static boolean isWhole(TDist d) {
    return switch (d) {
      case TDist.Named n -> n.distribution().isWhole();
      case TDist.User u -> !u.definition().on().isReal();
      case TDist.Truncated t -> isWhole(t.inner());
      case TDist.Censored c -> isWhole(c.inner());
      case TDist.Mixture m -> isWhole(m.components().getFirst());
      case TDist.MixtureOver m -> isWhole(m.component());
      case TDist.ZeroInflated z -> isWhole(z.inner());
      case TDist.Hurdle h -> isWhole(h.inner());
    };
  }

  /// What a part of a distribution lacks.
  public record Lack(TDist part, Ability ability) {}

  /// For want of what `d` lacks `ability`, or nothing where it has it.
  public static Optional<Lack> lacking(TDist d, Ability ability) {
    if (of(d).contains(ability)) return Optional.empty();
    var needed = d instanceof TDist.Hurdle h && isWhole(h.inner()) && ability == Ability.DRAW ? Ability.TAILS : ability;
    return Parts.of(d).dists().stream().flatMap(p -> lacking(p, needed).stream()).findFirst()
        .or(() -> Optional.of(new Lack(d, ability)));
  }

  private static Set<Ability> among(Set<Ability> inner, Ability... some) {
    return both(inner, Set.copyOf(List.of(some)));
  }

  private static Set<Ability> both(Set<Ability> a, Set<Ability> b) {
    var all = EnumSet.noneOf(Ability.class);
    all.addAll(a);
    all.retainAll(b);
    return Collections.unmodifiableSet(all);
  }
}
