package ppl.io;

import java.util.Optional;

/// What a column of a file is read for.
///
/// @param array of which it is a part, beside other columns
record Field(Want want, Optional<String> array) {
  /// By itself.
  static Field of(Want want) {
    return new Field(want, Optional.empty());
  }
}
