package ppl.check;

import ppl.ast.Ast;
import ppl.source.Source;

/// Finds and reads the files that a model imports.
@FunctionalInterface
public interface ImportLoader {
  /// @param from the file that imports
  /// @param path as written, relative to it
  Loaded load(Source from, String path);

  /// What came of it.
  sealed interface Loaded {
    /// @param key equal for equal files, however they are written
    record File(String key, Ast ast) implements Loaded {}

    /// There is no such file; why, in words.
    record Missing(String reason) implements Loaded {}

    /// It could not be read as a model; its errors have been reported.
    record Broken() implements Loaded {}
  }

  /// No file can be imported.
  ImportLoader NONE = (from, path) -> new Loaded.Missing("imports are not possible here");
}
