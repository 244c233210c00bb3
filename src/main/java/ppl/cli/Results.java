package ppl.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ppl.io.DataFile;
import ppl.io.Manifest;
import ppl.io.Reason;
import ppl.io.ResultFolder;
import ppl.report.RunReport;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.stats.Summaries;

/// Prints and writes an answer.
///
/// @param dimension number of free coordinates
/// @param out folder for files
/// @param json whether only the summary is printed
/// @param all whether wide families are shown in full
/// @param selection which quantities are delivered
record Results(Sources.Loaded model, int dimension, List<DataFile> data, Map<String, String> constants, Optional<Path> out,
    boolean json, boolean all, Selection selection) {
  /// Of a run that was interrupted before there was anything to deliver.
  static String nothing(Optional<Path> out) {
    return "ppl: interrupted before the first draw was kept: there is no answer"
        + out.map(o -> ", and nothing was written to " + o).orElse("");
  }

  int deliver(Methods.Answer answer, Terminal terminal) {
    var posterior = answer.posterior().keeping(selection::keeps);
    if (posterior.interrupted() && posterior.draws().total() == 0) {
      terminal.say(nothing(out));
      return Exit.INTERRUPTED;
    }
    var summaries = Summaries.of(posterior);
    var painted = terminal.outTty() && terminal.colour();
    terminal.out().print(json ? ppl.io.Results.summary(posterior, summaries)
        : new RunReport(model.name(), unknowns(answer), dimension, answer.reason(), all, painted).text(posterior, summaries));
    terminal.out().flush();
    try {
      if (out.isPresent()) {
        long begin = System.nanoTime();
        ResultFolder.replace(out.get(), folder -> write(folder, posterior, summaries));
        if (!json) terminal.say("written: " + out.get() + "; " + RunReport.duration((System.nanoTime() - begin) * 1e-9));
      }
    } catch (IOException e) {
      terminal.say("ppl: the results could not be written: " + Reason.of(e));
      return Exit.OUTPUT;
    }
    return posterior.interrupted() ? Exit.INTERRUPTED : Exit.DONE;
  }

  private static int unknowns(Methods.Answer answer) {
    return (int) answer.posterior().quantities().stream().filter(q -> q.role() == Quantity.Role.UNKNOWN).count();
  }

  private void write(Path folder, Posterior posterior, List<Summary> summaries) throws IOException {
    ResultFolder.text(folder.resolve("summary.json"), ppl.io.Results.summary(posterior, summaries));
    int chains = posterior.draws().chains().size();
    boolean several = posterior.kind() == Posterior.Kind.CHAINS;
    for (int c = 0; c < chains; c++) {
      var name = several ? "draws_" + (c + 1) + ".csv" : "draws.csv";
      try (var file = Files.newBufferedWriter(folder.resolve(name))) {
        ppl.io.Results.draws(posterior, c, comments(posterior, c), file);
      }
    }
    var manifest = new Manifest(Version.TEXT, model.path(), model.source().text(), data, new TreeMap<>(constants));
    ResultFolder.text(folder.resolve(ResultFolder.MANIFEST), manifest.json(posterior));
  }

  private List<String> comments(Posterior posterior, int chain) {
    var lines = new ArrayList<String>();
    lines.add("ppl = " + Version.TEXT);
    lines.add("model = " + model.name());
    lines.add("method = " + posterior.method());
    lines.add("seed = " + posterior.seed());
    lines.add("chain = " + (chain + 1));
    posterior.settings().forEach((k, v) -> lines.add(k + " = " + v));
    if (posterior.interrupted()) lines.add("interrupted = true");
    return lines;
  }
}
