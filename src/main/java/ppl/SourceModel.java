package ppl;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.embed.CompiledModel;
import ppl.embed.DataException;
import ppl.embed.Model;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.io.GivenData;
import ppl.io.JavaData;
import ppl.io.ModelFiles;
import ppl.plan.Factorization;
import ppl.runtime.Blueprint;
import ppl.runtime.KernelTarget;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// A model from source text. Data with missing values make it compile once more, knowing which.
///
/// @param constants values of its constants, as `--set` gives them
/// @param program   compiled for data without missing values
public record SourceModel(Source source, Map<String, String> constants, Program program) implements Model {
  static SourceModel of(Source source) {
    return new SourceModel(source, Map.of(), program(source, Map.of(), Set.of(), Factorization.FREE));
  }

  private static Program program(
      Source source, Map<String, String> constants, Set<String> missing, Factorization factors) {
    var diagnostics = new Diagnostics();
    var options = new Compiler.Options(constants, missing, new ImportedFiles(diagnostics), factors);
    return Compiler.compile(source, options, diagnostics).orElseThrow(() -> new ModelException(diagnostics.all()));
  }

  /// The same model with another value of a constant.
  public SourceModel set(String constant, double value) {
    var changed = new HashMap<>(constants);
    changed.put(constant, value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value));
    return new SourceModel(source, Map.copyOf(changed), program(source, changed, Set.of(), program.factors()));
  }

  /// The same model with other blocks of closed forms, as `--factorize` says them: `alpha, beta | gamma`.
  public SourceModel factorize(String factors) {
    return new SourceModel(source, constants, program(source, constants, Set.of(), Factorization.parse(factors)));
  }

  @Override
  public Blueprint blueprint() {
    return program.blueprint();
  }

  @Override
  public KernelTarget bind(Map<String, ?> data) {
    var diagnostics = new Diagnostics();
    return bind(JavaData.of(program.schema(), data, diagnostics), diagnostics);
  }

  /// The target over the data beside the model, as `ppl run` finds them.
  ///
  /// @throws DataException where they do not fit
  public KernelTarget bind() {
    var diagnostics = new Diagnostics();
    var files = ModelFiles.data(Path.of(source.name()), program.schema(), diagnostics);
    return bind(DataReader.read(program.schema(), files, diagnostics), diagnostics);
  }

  /// The target over data files, each written as after `--data`.
  ///
  /// @throws DataException where they do not fit
  public KernelTarget bind(String... files) {
    var diagnostics = new Diagnostics();
    List<DataFile> all = Arrays.stream(files).map(DataFile::parse).toList();
    return bind(DataReader.read(program.schema(), all, diagnostics), diagnostics);
  }

  private KernelTarget bind(GivenData given, Diagnostics diagnostics) {
    var missing = given.missing(program.schema());
    var fitting = missing.isEmpty() ? program : program(source, constants, missing, program.factors());
    return new CompiledModel(fitting.blueprint(), fitting.kernel(), fitting.closed()::over)
        .bind(given, diagnostics, data -> fitting.fit(data, true));
  }
}
