package ppl.cli;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Dataset;
import ppl.runtime.Schema;
import ppl.runtime.Target;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// The compiler as the commands see it.
public interface Toolchain {
  /// What a compilation depends on besides the text.
  ///
  /// @param constants values set on the command line: decimal numbers
  /// @param missing   data with missing values; columns as `table.column`
  /// @param folder    where imports are looked for first
  /// @param factors   which unknowns may share a block, as `--factorize` says
  record Options(Map<String, String> constants, Set<String> missing, Path folder, Optional<String> factors) {}

  /// Finds all mistakes without producing anything; in a few words, what the model is if there are none.
  Optional<String> check(Source source, Options options, Diagnostics diagnostics);

  /// A program, unless there are errors.
  Optional<Compiled> compile(Source source, Options options, Diagnostics diagnostics);

  /// What a stage of the compiler made of the text; as much as errors allow.
  Optional<String> show(String stage, Source source, Options options, Diagnostics diagnostics);

  /// Names of the stages that can be shown, in order.
  List<String> stages();

  /// The classes that compiled models need to run without the compiler, by their path in a jar.
  Map<String, byte[]> runtime(Collection<byte[]> classes);

  /// A compiled model.
  interface Compiled {
    Schema schema();

    /// Names of what a run reports of data without missing values.
    ///
    /// @param replicates whether with a replicate of every observed name
    List<String> reported(boolean replicates);

    /// Why the log density or its gradient is not finite at the coordinates `q`, if that can be told.
    Optional<Diagnostic> fault(Dataset data, double[] q);

    /// The target over data that fit the schema; empty where `diagnostics` is told what in them does not fit together.
    ///
    /// @param replicates whether its quantities include a replicate of every observed name
    /// @param odds       whether logits may have auxiliary unknowns
    Optional<Target> bind(Dataset data, boolean replicates, boolean odds, Diagnostics diagnostics);

    /// What the compiler knows about the model, for people.
    String explain();

    /// Files of the compiled model by their path in a jar.
    Map<String, byte[]> files();
  }
}
