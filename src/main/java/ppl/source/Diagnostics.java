package ppl.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Collects what there is to say, so that all errors of a run come together.
public final class Diagnostics {
  private final List<Diagnostic> all = new ArrayList<>();

  public void add(Diagnostic diagnostic) {
    if (!all.contains(diagnostic)) all.add(diagnostic);
  }

  /// Puts `better` in place of what was said with the same code of the same place; whether there was such.
  public boolean improve(Diagnostic better) {
    int at = IntStream.range(0, all.size()).filter(i -> all.get(i).code().equals(better.code())
        && all.get(i).span().equals(better.span())).findFirst().orElse(-1);
    if (at >= 0) all.set(at, better);
    return at >= 0;
  }

  public List<Diagnostic> all() {
    return List.copyOf(all);
  }

  public boolean hasErrors() {
    return all.stream().anyMatch(Diagnostic::isError);
  }
}
