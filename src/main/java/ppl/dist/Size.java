package ppl.dist;

/// An extent in the signature of a distribution.
public sealed interface Size {
  /// The same letter is the same extent everywhere in one signature.
  record Named(String letter) implements Size {}

  /// A fixed extent.
  record Fixed(int extent) implements Size {}
}
