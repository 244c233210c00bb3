package ppl.cli;

/// Exit codes, after sysexits.h.
final class Exit {
  static final int DONE = 0;
  /// The command line is wrong.
  static final int USAGE = 64;
  /// The model or the data are wrong.
  static final int INPUT = 65;
  /// Our fault.
  static final int INTERNAL = 70;
  /// A result could not be written.
  static final int OUTPUT = 73;
  /// Ctrl-C: 128 and the number of the signal.
  static final int INTERRUPTED = 130;

  private Exit() {}
}
