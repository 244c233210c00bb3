package ppl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.check.Checker;
import ppl.check.ImportLoader;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.form.Collapse;
import ppl.lower.Lowering;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.parse.Parser;
import ppl.plan.Assemble;
import ppl.plan.Interpreted;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.sum.SumOut;
import ppl.typed.Typed;

/// The way from a text to a program, one call a stage.
public final class Compiler {
  private Compiler() {}

  /// What a compilation is told beside the text.
  ///
  /// @param constants values for the model's constants, as `--set` gives them
  /// @param missing   names of data in which values are missing: these become unknowns
  /// @param imports   where `import` finds files
  public record Options(Map<String, String> constants, Set<String> missing, ImportLoader imports) {}

  /// The checked model; empty where `diagnostics` has errors.
  public static Optional<Typed> check(Source source, Options options, Diagnostics diagnostics) {
    return typed(source, options, diagnostics)
        .filter(t -> t.unknowns().stream().allMatch(u -> u.type().isReal())
            || model(t, options.missing(), diagnostics).isPresent());
  }

  /// The program; empty where `diagnostics` has errors.
  public static Optional<Program> compile(Source source, Options options, Diagnostics diagnostics) {
    return typed(source, options, diagnostics)
        .flatMap(t -> model(t, options.missing(), diagnostics).map(m -> program(t, options.missing(), m)));
  }

  /// The program of a checked model.
  ///
  /// @throws IllegalArgumentException if values are missing that cannot be summed out
  public static Program compile(Typed typed, Set<String> missing) {
    var diagnostics = new Diagnostics();
    return program(typed, missing, model(typed, missing, diagnostics)
        .orElseThrow(() -> new IllegalArgumentException(diagnostics.all().toString())));
  }

  private static Optional<Typed> typed(Source source, Options options, Diagnostics diagnostics) {
    return Parser.parse(source, diagnostics)
        .flatMap(ast -> Checker.check(ast, options.constants(), options.imports(), diagnostics))
        .filter(typed -> !diagnostics.hasErrors());
  }

  /// In index notation, without discrete unknowns.
  private static Optional<Model> model(Typed typed, Set<String> missing, Diagnostics diagnostics) {
    return SumOut.of(Lowering.lower(typed, missing), diagnostics);
  }

  private static Program program(Typed typed, Set<String> missing, Model model) {
    var unit = Assemble.unit(Collapse.of(model));
    var code = Emit.toClass(unit);
    return new Program(typed, missing, Schemas.of(typed, Interpreted::new), model, unit, code, () -> Loader.load(code),
        new ClosedSide(List.of(Lowering.lower(typed, missing), model)));
  }
}
