package ppl.source;

import java.util.ArrayList;
import java.util.List;

/// Collects what there is to say, so that all errors of a run come together.
public final class Diagnostics {
  private final List<Diagnostic> all = new ArrayList<>();

  public void add(Diagnostic diagnostic) {
    if (!all.contains(diagnostic)) all.add(diagnostic);
  }

  public List<Diagnostic> all() {
    return List.copyOf(all);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }
}
