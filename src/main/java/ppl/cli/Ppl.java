package ppl.cli;

/// The process `ppl`.
public final class Ppl {
  private Ppl() {}

  public static void main(String[] arguments) {
    int code = new Cli(new SyntaxOnly(), Terminal.standard()).run(arguments);
    if (code != Exit.DONE) System.exit(code);
  }
}
