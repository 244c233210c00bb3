package ppl;

import java.util.List;
import ppl.source.Diagnostic;
import ppl.source.Renderer;

/// A text that is no model. The message shows all that is wrong, each with its line, as `ppl check` does.
public final class ModelException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Diagnostic> faults;

  ModelException(List<Diagnostic> faults) {
    super("\n" + Renderer.plain().render(faults.stream().filter(Diagnostic::isError).toList()));
    this.faults = List.copyOf(faults);
  }

  /// All that was found, warnings included.
  public List<Diagnostic> faults() {
    return faults;
  }
}
