package ppl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import ppl.check.Checker;
import ppl.check.ImportLoader;
import ppl.emit.Emit;
import ppl.emit.Loader;
import ppl.form.Collapse;
import ppl.ir.Array;
import ppl.lower.Known;
import ppl.lower.Lowering;
import ppl.lower.Model;
import ppl.lower.Schemas;
import ppl.parse.Parser;
import ppl.plan.Assemble;
import ppl.plan.Factorization;
import ppl.plan.Interpreted;
import ppl.runtime.Once;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.source.Suggest;
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
  /// @param factors   which unknowns may share a block, as `--factorize` says
  public record Options(
      Map<String, String> constants, Set<String> missing, ImportLoader imports, Factorization factors) {
    /// The structure alone decides about blocks.
    public Options(Map<String, String> constants, Set<String> missing, ImportLoader imports) {
      this(constants, missing, imports, Factorization.FREE);
    }
  }

  /// A model in index notation as it is stated, and with discrete unknowns summed out.
  private record Lowered(Typed typed, Known known, Model stated, Model summed) {
    /// Every name of a factor must be that of an unknown.
    void check(Factorization factors, Diagnostics diagnostics) {
      var known = stated.unknowns().stream().map(u -> u.array().name()).toList();
      for (var name : factors.names()) {
        if (known.contains(name)) continue;
        var error = Diagnostic.error("E0253", "--factorize: the model has no unknown `%s`", name);
        diagnostics.add(Suggest.help(name, known).map(error::help)
            .orElseGet(() -> error.help("its unknowns are %s", String.join(", ", known))));
      }
      var twice = factors.names().stream().filter(n -> factors.names().indexOf(n) != factors.names().lastIndexOf(n)).findFirst();
      twice.ifPresent(n -> diagnostics.add(Diagnostic.error("E0253", "--factorize: `%s` is named twice", n)
          .help("an unknown is in one factor")));
    }
  }

  /// The checked model; empty where `diagnostics` has errors.
  public static Optional<Typed> check(Source source, Options options, Diagnostics diagnostics) {
    return typed(source, options, diagnostics)
        .filter(t -> t.unknowns().stream().allMatch(u -> u.type().isReal())
            || lowered(t, Known.missing(options.missing()), diagnostics).isPresent());
  }

  /// The program; empty where `diagnostics` has errors.
  public static Optional<Program> compile(Source source, Options options, Diagnostics diagnostics) {
    return typed(source, options, diagnostics)
        .flatMap(t -> lowered(t, Known.missing(options.missing()), diagnostics))
        .filter(l -> {
          l.check(options.factors(), diagnostics);
          return !diagnostics.hasErrors();
        })
        .map(l -> program(l, options.factors()));
  }

  /// The program of a checked model.
  ///
  /// @throws IllegalArgumentException if values are missing that cannot be summed out
  public static Program compile(Typed typed, Set<String> missing) {
    var diagnostics = new Diagnostics();
    return program(lowered(typed, Known.missing(missing), diagnostics)
        .orElseThrow(() -> new IllegalArgumentException(diagnostics.all().toString())), Factorization.FREE);
  }

  /// The program of the same model, of the same data, with coordinates of `names` relative to their priors.
  static Program relative(Program program, Set<String> names) {
    return again(program, Lowering.lower(program.typed(), program.known(), names));
  }

  /// The program of the same model, of the same data, that reports what coordinates of `names` are and would be.
  static Program telling(Program program, List<String> names) {
    return again(program, Lowering.telling(program.typed(), program.known(), names));
  }

  /// The program of the same model for data that are held in such forms.
  static Program held(Program program, Map<String, Array.Form> forms) {
    var known = program.known().held(forms);
    return again(program, known, Lowering.lower(program.typed(), known));
  }

  private static Program again(Program program, Model stated) {
    return again(program, program.known(), stated);
  }

  private static Program again(Program program, Known known, Model stated) {
    var summed = SumOut.of(stated, new Diagnostics()).orElseThrow();
    return program(new Lowered(program.typed(), known, stated, summed), program.described(), program.factors());
  }

  private static Optional<Typed> typed(Source source, Options options, Diagnostics diagnostics) {
    return Parser.parse(source, diagnostics)
        .flatMap(ast -> Checker.check(ast, options.constants(), options.imports(), diagnostics))
        .filter(typed -> !diagnostics.hasErrors());
  }

  private static Optional<Lowered> lowered(Typed typed, Known known, Diagnostics diagnostics) {
    var stated = Lowering.lower(typed, known);
    return SumOut.of(stated, diagnostics).map(summed -> new Lowered(typed, known, stated, summed));
  }

  private static Program program(Lowered l, Factorization factors) {
    return program(l, Schemas.of(l.typed, Interpreted::new), factors);
  }

  private static Program program(Lowered l, Schemas.Described described, Factorization factors) {
    var unit = Assemble.unit(Collapse.of(l.summed));
    var code = Once.of(() -> Emit.toClass(unit));
    return new Program(l.typed, l.known, described, l.stated, l.summed, unit, code,
        Loader.maker(code), factors,
        new ClosedSide(l.stated == l.summed ? List.of(l.summed) : List.of(l.stated, l.summed), factors), new ConcurrentHashMap<>());
  }
}
