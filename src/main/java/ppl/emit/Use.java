package ppl.emit;

/// A need for a value: argument `index` of `user`, in `region`.
record Use(Owner user, int index, Region region) {
  /// At the end of a region's code.
  static final int END = Integer.MAX_VALUE;

  /// Place among the statements of [#region].
  int position() {
    return user.inner().contains(region) ? END : user.position();
  }
}
