package ppl.infer;

/// Told how a run goes on; may stop it. Called from several threads at once, often, and must return at once.
@FunctionalInterface
public interface Progress {
  /// What is being done.
  enum Phase { STARTING, WARMING_UP, SAMPLING, OPTIMISING, CHECKING, DRAWING }

  /// Hears nothing, never stops.
  Progress SILENT = (chain, iteration, total, phase) -> true;

  /// @param chain chain or start, from 0
  /// @param iteration how far, from 1
  /// @param total of how many; 0 where that is not known
  /// @return whether to go on
  boolean report(int chain, int iteration, int total, Phase phase);
}
