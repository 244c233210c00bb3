package ppl.cli;

/// Which ppl this is.
final class Version {
  /// The version, as in the build.
  static final String TEXT = "0.1.0";

  private Version() {}
}
