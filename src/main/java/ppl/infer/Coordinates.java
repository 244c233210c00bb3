package ppl.infer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Crew;
import ppl.runtime.Target;
import ppl.runtime.TooLargeException;

/// In which coordinates chains of [Nuts] walk: the model's own, or those of some unknowns relative to their priors.
///
/// Others are tried where draws in the model's own coordinates are worth too little, or as soon as the warm-up promises that they
/// will be. Chains of the latter kind are given up where they promise no more. What they draw is the answer if nothing is left to
/// wish for; else the model's own coordinates are sampled as well, and what is better in the end is the answer.
///
/// @param watch knows whether the run was stopped
record Coordinates(Target target, NutsSettings settings, long seed, Crew crew, Watch watch) {
  /// Draws in certain coordinates.
  ///
  /// @param relative the unknowns whose coordinates are relative to their priors
  /// @param thin     how many iterations make a draw
  record Sampled(NutsChains chains, NutsChains.Sampled draws, List<String> relative, int thin) {
    static Sampled of(NutsChains chains, List<String> relative) {
      return new Sampled(chains, chains.sample(), relative, 1);
    }

    private Sampled betterOf(Sampled other) {
      return other.draws.check().isBetterThan(draws.check()) ? other : this;
    }
  }

  /// @param own chains in the model's own coordinates, which have done nothing
  Sampled sampled(NutsChains own) {
    var early = early(own);
    if (early.isPresent() && (watch.stopped() || early.get().draws.isGood())) return early.get();
    var first = Sampled.of(own, List.of());
    // what was complete is the answer of a run that is stopped after it
    if (!first.draws.isComplete()) return early.orElse(first);
    return first.draws.isGood() ? first : prolonged(best(early, first));
  }

  private Sampled best(Optional<Sampled> early, Sampled first) {
    var best = early.map(first::betterOf).orElse(first);
    var chosen = Relative.better(target, first.draws.positions());
    if (chosen.isEmpty() || early.map(Sampled::relative).equals(Optional.of(chosen))) return best;
    return relative(chosen).map(c -> Sampled.of(c, chosen)).filter(s -> s.draws.isComplete()).map(best::betterOf).orElse(best);
  }

  /// With twice as many iterations, and again, while draws are worth too little.
  private Sampled prolonged(Sampled s) {
    var now = s;
    while (now.draws.check().needsMore() && 2 * now.thin <= settings.maxThin()) {
      int done = settings.warmup() + now.thin * settings.draws();
      if (!watch.report(0, done, done, Progress.Phase.SAMPLING)) break;
      now = new Sampled(s.chains, s.chains.prolong(2 * now.thin), s.relative, 2 * now.thin);
    }
    return now;
  }

  /// Draws in other coordinates, if the warm-up of `own` asks for them.
  private Optional<Sampled> early(NutsChains own) {
    var windows = Windows.of(settings.warmup());
    var ends = windows.ends().stream().filter(e -> windows.length(e) >= Prospect.LEAST).toList();
    if (ends.isEmpty() || target.relatives().isEmpty()) return Optional.empty();
    for (int end : ends) {
      var promised = own.warmUp(end);
      if (promised.isEmpty()) return Optional.empty();
      if (!promised.get().isPoor(settings)) continue;
      var chosen = Relative.better(target, own.positions());
      if (chosen.isEmpty()) continue;
      var other = relative(chosen);
      if (other.flatMap(o -> o.warmUp(end)).filter(p -> p.isPoor(settings)).isPresent()) return Optional.empty();
      return other.map(o -> Sampled.of(o, chosen)).map(s -> s.draws.check().worth() > promised.get().of(settings) ? prolonged(s) : s);
    }
    return Optional.empty();
  }

  /// Chains in other coordinates; nothing where none can start there, or there is no room.
  private Optional<NutsChains> relative(List<String> names) {
    try {
      var other = target.relative(Set.copyOf(names)).helpedBy(crew);
      return Optional.of(new NutsChains(other, settings, NutsChains.streams(settings, ~seed), crew, watch));
    } catch (NoStart | TooLargeException e) {
      return Optional.empty();
    }
  }
}
