package ppl.runtime;

/// Whether the rows of a model can be taken in batches.
public sealed interface Batching {
  record By(Batches batches) implements Batching {}

  /// @param why in words for people, a sentence without its end
  record Impossible(String why) implements Batching {}
}
