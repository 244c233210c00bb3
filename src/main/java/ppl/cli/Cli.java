package ppl.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ppl.runtime.Memory;
import ppl.source.Suggest;

/// The commands, and which one is meant.
public final class Cli {
  private final List<Command> commands;
  private final Terminal terminal;

  public Cli(Toolchain toolchain, Terminal terminal) {
    this.commands = List.of(new RunCommand(toolchain), new CheckCommand(toolchain), new FormatCommand(),
        new ExplainCommand(toolchain), new CompileCommand(toolchain));
    this.terminal = terminal;
  }

  /// Carries out a command line; gives the exit code. An error of ours is reported here, not thrown.
  public int run(String... arguments) {
    try {
      return dispatch(new ArrayList<>(Arrays.asList(arguments)));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return ours(e);
    } finally {
      terminal.out().flush();
    }
  }

  private int dispatch(List<String> arguments) {
    var first = arguments.isEmpty() ? "--help" : arguments.removeFirst();
    if (first.equals("help")) {
      if (arguments.isEmpty()) first = "--help";
      else {
        first = arguments.removeFirst();
        arguments.addFirst("--help");
      }
    }
    var name = first;
    if (name.equals("--version") || name.equals("-V")) {
      terminal.out().println("ppl " + Version.TEXT);
      return Exit.DONE;
    }
    if (name.equals("--help") || name.equals("-h")) {
      help();
      return Exit.DONE;
    }
    var command = commands.stream().filter(c -> c.name().equals(name)).findFirst();
    return command.map(c -> c.execute(arguments, terminal)).orElseGet(() -> unknown(name));
  }

  private int unknown(String name) {
    var names = commands.stream().map(Command::name).toList();
    terminal.say("ppl: there is no command " + name + "; "
        + Suggest.help(name, names).orElse("there are " + String.join(", ", names)));
    terminal.say("Try: ppl --help");
    return Exit.USAGE;
  }

  private void help() {
    var out = terminal.out();
    out.println("Example:\n  ppl run models/eight_schools\n\nCommands:");
    for (var c : commands) out.printf("  ppl %-8s  %s%n", c.name(), c.summary());
    out.println("\nppl COMMAND --help says more; ppl --version says which ppl this is.");
  }

  private int ours(Throwable e) {
    if (e instanceof OutOfMemoryError) {
      terminal.say("ppl: the model and its data do not fit into the " + Memory.limit() + " that Java may use; " + Memory.advice());
      return Exit.INPUT;
    }
    terminal.say("ppl: this is a mistake in ppl, not in your model. Please report it with the model and these lines:");
    var trace = e.getStackTrace();
    terminal.say("  ppl " + Version.TEXT + ", " + e);
    for (int i = 0; i < Math.min(6, trace.length); i++) terminal.say("    at " + trace[i]);
    return Exit.INTERNAL;
  }
}
