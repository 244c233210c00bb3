package ppl.io;

/// What a reader should keep of a value.
enum Want {
  /// Texts as they are written, also where they look like numbers.
  LABELS,
  /// Numbers; other texts are kept for the message.
  NUMBERS,
  /// Numbers, as above, that should be whole.
  WHOLES,
  /// Nothing: it is not declared.
  NOTHING
}
