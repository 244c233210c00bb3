package ppl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ppl.io.ModelFiles;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Models from source text inside Java programs, without the command line.
public final class Models {
  private Models() {}

  /// The model that `source` says.
  ///
  /// @throws ModelException naming all its mistakes
  public static SourceModel compile(String source) {
    return SourceModel.of(new Source("model.ppl", source));
  }

  /// The model in a file or in a folder, as `ppl run` finds it.
  ///
  /// @throws ModelException  where there is none, or naming all its mistakes
  public static SourceModel load(Path path) {
    var diagnostics = new Diagnostics();
    var file = ModelFiles.model(path, diagnostics).orElseThrow(() -> new ModelException(diagnostics.all()));
    try {
      return SourceModel.of(new Source(file.toString(), Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
