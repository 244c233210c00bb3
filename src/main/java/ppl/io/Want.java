package ppl.io;

/// What a reader should keep of a value.
enum Want {
  /// Texts as they are written, also where they look like numbers.
  LABELS,
  /// Numbers; other texts are kept for the message.
  NUMBERS,
  /// Nothing: it is not declared.
  NOTHING
}
