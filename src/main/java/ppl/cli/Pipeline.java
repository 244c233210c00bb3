package ppl.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.Bundle;
import ppl.Compiler;
import ppl.ImportedFiles;
import ppl.Program;
import ppl.ast.AstPrinter;
import ppl.emit.Listing;
import ppl.form.NormalForm;
import ppl.form.TermPrinter;
import ppl.ir.Printer;
import ppl.lower.Undrawn;
import ppl.parse.Parser;
import ppl.plan.Explain;
import ppl.plan.Factorization;
import ppl.plan.StructureText;
import ppl.runtime.Dataset;
import ppl.runtime.Schema;
import ppl.runtime.Target;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.typed.TypedPrinter;

/// The compiler behind the commands.
record Pipeline() implements Toolchain {
  @Override
  public Optional<String> check(Source source, Options options, Diagnostics diagnostics) {
    return Compiler.check(source, compiler(options, diagnostics), diagnostics).map(TypedPrinter::counts);
  }

  @Override
  public Optional<Compiled> compile(Source source, Options options, Diagnostics diagnostics) {
    return Compiler.compile(source, compiler(options, diagnostics), diagnostics).map(Result::new);
  }

  @Override
  public Optional<String> show(String stage, Source source, Options options, Diagnostics diagnostics) {
    if (stage.equals("ast")) return Parser.parse(source, diagnostics).map(AstPrinter::print);
    if (stage.equals("typed"))
      return Compiler.check(source, compiler(options, diagnostics), diagnostics).map(TypedPrinter::model);
    return Compiler.compile(source, compiler(options, diagnostics), diagnostics).map(p -> switch (stage) {
      case "model" -> Explain.steps(p.model());
      case "terms" -> TermPrinter.print(NormalForm.of(p.stated()));
      case "plan" -> Explain.page(p.typed(), p.model()) + StructureText.section(p.stated(), p.factors());
      case "ir" -> Printer.print(p.unit());
      default -> Listing.of(p.code().get());
    });
  }

  @Override
  public List<String> stages() {
    return List.of("ast", "typed", "model", "terms", "plan", "ir", "bytecode");
  }

  private static Compiler.Options compiler(Options options, Diagnostics diagnostics) {
    return new Compiler.Options(
        options.constants(), options.missing(), new ImportedFiles(diagnostics),
        options.factors().map(Factorization::parse).orElse(Factorization.FREE));
  }

  @Override
  public Map<String, byte[]> runtime(Collection<byte[]> classes) {
    return Bundle.runtime(classes);
  }

  private record Result(Program program) implements Compiled {
    @Override
    public Schema schema() {
      return program.schema();
    }

    @Override
    public List<String> reported(boolean replicates) {
      return program.reported(replicates);
    }

    @Override
    public Optional<Diagnostic> fault(Dataset data, double[] q) {
      return program.fault(data, q);
    }

    @Override
    public Optional<Target> bind(Dataset data, boolean replicates, boolean odds, Diagnostics diagnostics) {
      var fitted = program.fit(data, replicates);
      fitted.problems().forEach(diagnostics::add);
      if (replicates) Undrawn.of(program.typed()).forEach(diagnostics::add);
      return fitted.target().map(t -> odds ? t.withOdds() : t).map(t -> replicates ? t.predicting() : t);
    }

    @Override
    public String explain() {
      return Explain.page(program.typed(), program.model()) + StructureText.section(program.stated(), program.factors());
    }

    @Override
    public Map<String, byte[]> files() {
      return Bundle.files(program);
    }
  }
}
