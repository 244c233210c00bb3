package ppl.cli;

import java.util.List;
import java.util.Optional;
import ppl.parse.Parser;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// The toolchain as far as the parser goes.
record SyntaxOnly() implements Toolchain {
  @Override
  public void check(Source source, Options options, Diagnostics diagnostics) {
    Parser.parse(source, diagnostics);
  }

  @Override
  public Optional<Compiled> compile(Source source, Options options, Diagnostics diagnostics) {
    check(source, options, diagnostics);
    diagnostics.add(Diagnostic.error("E0902", source.all(), "this build of ppl has no compiler"));
    return Optional.empty();
  }

  @Override
  public Optional<String> show(String stage, Source source, Options options, Diagnostics diagnostics) {
    return Parser.parse(source, diagnostics).map(Object::toString);
  }

  @Override
  public List<String> stages() {
    return List.of("ast");
  }
}
