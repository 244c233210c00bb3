package ppl.runtime;

import java.util.List;

/// A block before its size is known.
///
/// @param members   names
/// @param auxiliary whether these are unknowns that the model as it is written does not have
public record Part(List<String> members, Family family, boolean auxiliary) {
  public Part {
    members = List.copyOf(members);
  }

  /// Whether these are the auxiliaries of logits.
  public boolean isOdds() {
    return family instanceof Family.Independent i && i.space == Block.Space.POLYA_GAMMA;
  }

  /// The family of a block before its size is known; see [Block.Shape].
  public sealed interface Family {
    record Independent(Block.Space space, List<Statistic> statistics) implements Family {}

    record Gaussian() implements Family {}

    record Discrete() implements Family {}
  }
}
