package ppl.io;

/// Where a column of a plain table goes, a place for each row.
sealed interface PlainColumn {
  record Reals(double[] values) implements PlainColumn {}

  record Wholes(int[] values) implements PlainColumn {}

  /// Texts: each piece of the file has codes of its own until all are there.
  record Codes(int[] values) implements PlainColumn {}

  record Nothing() implements PlainColumn {}

  static PlainColumn of(Want want, int rows) {
    return switch (want) {
      case NUMBERS -> new Reals(new double[rows]);
      case WHOLES -> new Wholes(new int[rows]);
      case LABELS -> new Codes(new int[rows]);
      case NOTHING -> new Nothing();
    };
  }
}
