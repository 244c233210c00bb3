package ppl.embed;

import java.util.List;
import java.util.stream.Collectors;
import ppl.source.Diagnostic;

/// Data that do not fit a model. The message has one line for each fault, with the name of the data, what is expected
/// and what was given.
public final class DataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> faults;

  /// @param model  the model's name
  /// @param faults all that was found
  public DataException(String model, List<Diagnostic> faults) {
    super(faults.stream().filter(Diagnostic::isError).map(DataException::line)
        .collect(Collectors.joining("\n", model + ": ", "")));
    this.faults = List.copyOf(faults);
  }

  private static String line(Diagnostic fault) {
    return fault.message() + fault.help().map(h -> "; " + h).orElse("") + " [" + fault.code() + "]";
  }

  /// All that was found, notes included.
  public List<Diagnostic> faults() {
    return faults;
  }
}
