package ppl.embed;

import java.util.Map;
import ppl.infer.NoStart;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.Blueprint;
import ppl.runtime.KernelTarget;
import ppl.runtime.Posterior;

/// A model that can be bound to the values of a Java program, again and again, to data of any size.
public interface Model {
  /// What is known of it without data: its name, the data it wants, the quantities it reports.
  Blueprint blueprint();

  /// The target over `data`.
  ///
  /// Values are numbers, booleans, labels as texts, and arrays or collections of these, `double[N][K]` for a matrix
  /// of N rows; a table is a map of columns or a collection of rows that are maps; `null` is a missing value.
  ///
  /// @throws DataException naming all data that are missing, or have a wrong shape, type or value
  KernelTarget bind(Map<String, ?> data);

  /// The posterior given `data`, by the no-U-turn sampler.
  ///
  /// @param settings of [Nuts], such as `chains` and `draws`; the defaults where it has none
  /// @param seed     the same seed gives the same bits
  /// @throws NoStart where the log density is finite nowhere that was tried
  default Posterior posterior(Map<String, ?> data, Map<String, String> settings, long seed) throws NoStart {
    return new Nuts().run(bind(data), settings, seed, Progress.SILENT);
  }
}
