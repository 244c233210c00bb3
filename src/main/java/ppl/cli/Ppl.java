package ppl.cli;

/// The process `ppl`.
public final class Ppl {
  private Ppl() {}

  /// The compiler that the commands work with.
  static Toolchain toolchain() {
    return new Pipeline();
  }

  public static void main(String[] arguments) {
    int code = new Cli(toolchain(), Terminal.standard()).run(arguments);
    if (code != Exit.DONE) System.exit(code);
  }
}
