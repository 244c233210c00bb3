package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;

class ResultFolderTest {
  @TempDir Path folder;

  private List<String> names(Path in) throws IOException {
    try (var files = Files.list(in)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFailureLeavesWhatWasThere() throws IOException {
    var target = folder.resolve("out");
    ResultFolder.replace(target, f -> {
      ResultFolder.text(f.resolve("summary.json"), "old");
      ResultFolder.text(f.resolve(ResultFolder.MANIFEST), "{}");
    });
    assertThrows(IOException.class, () -> ResultFolder.replace(target, f -> {
      ResultFolder.text(f.resolve("summary.json"), "new");
      throw new IOException("disk full");
    }));
    assertEquals("old", Files.readString(target.resolve("summary.json")));
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void resultsAreAsOpenAsAnyNewFolder() throws IOException {
    var target = folder.resolve("out");
    ResultFolder.replace(target, f -> ResultFolder.text(f.resolve(ResultFolder.MANIFEST), "{}"));
    var plain = Files.createDirectory(folder.resolve("plain"));
    if (Files.getFileStore(folder).supportsFileAttributeView("posix"))
      assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(target));
  }

  /// Said before a run, by the name that was given.
  @Test
  void aPlaceWhereNothingCanBeMadeIsRefused() throws IOException {
    assertEquals(Optional.of("the name of the folder is empty"), ResultFolder.objection(Path.of("")));
    assumeTrue(Files.isDirectory(Path.of("/proc/self")));
    assertEquals(Optional.of("no folder can be made in /proc"), ResultFolder.objection(Path.of("/proc/out/of/reach")));
  }

  @Test
  void aFailureTheFirstTimeLeavesNothing() throws IOException {
    assertThrows(IllegalStateException.class, () -> ResultFolder.replace(folder.resolve("a/out"), f -> {
      ResultFolder.text(f.resolve("summary.json"), "new");
      throw new IllegalStateException("planted");
    }));
    assertEquals(List.of(), names(folder.resolve("a")));
  }

  @Test
  void oldResultsGoAwayAsAWhole() throws IOException {
    var target = folder.resolve("out");
    ResultFolder.replace(target, f -> {
      ResultFolder.text(f.resolve("draws_9.csv"), "old");
      ResultFolder.text(f.resolve(ResultFolder.MANIFEST), "{}");
    });
    ResultFolder.replace(target, f -> ResultFolder.text(f.resolve(ResultFolder.MANIFEST), "{}"));
    assertEquals(List.of(ResultFolder.MANIFEST), names(target));
    assertEquals(List.of("out"), names(folder));
  }

  @Test
  void foreignFoldersAndFilesAreRefused() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "years of work");
    assertThrows(IOException.class, () -> ResultFolder.replace(folder, _ -> {}));
    assertThrows(IOException.class, () -> ResultFolder.replace(folder.resolve("thesis.tex"), _ -> {}));
    assertEquals(Optional.of(folder.resolve("thesis.tex") + " is a file"),
        ResultFolder.objection(folder.resolve("thesis.tex/a/b")));
    assertEquals(Optional.empty(), ResultFolder.objection(folder.resolve("a/b/c")));
    assertEquals(Optional.empty(), ResultFolder.objection(Files.createDirectory(folder.resolve("empty"))));
    assertEquals(List.of("empty", "thesis.tex"), names(folder));
  }

  @Test
  void textsHoldWhatTheyShould() throws IOException {
    var quantities = List.of(
        new Quantity("alpha", List.of(2), List.of(Optional.of(List.of("A\"B", "C"))), Quantity.Role.UNKNOWN, false),
        new Quantity("body, mass", List.of(), List.of(), Quantity.Role.UNKNOWN, false));
    var posterior = new Posterior("nuts", 3, Map.of("draws", "2"), Posterior.Kind.CHAINS, quantities,
        Draws.of(3, List.of(new double[] {1, 2.5, Double.NaN, 1e300, Double.NEGATIVE_INFINITY, -0.125})),
        List.of("lp__", "stepsize__"), Draws.of(2, List.of(new double[] {-1, 0.5, -2, 0.5})), Optional.empty(),
        Map.of("divergences", 2.0), List.of(Verdict.doubtful("Hm.", "Look.")), Map.of("total", 0.25), false);
    var out = new java.io.StringWriter();
    Results.draws(posterior, 0, List.of("seed = 3"), out);
    assertEquals("""
        # seed = 3
        lp__,stepsize__,alpha.1,alpha.2,"body, mass"
        # Adaptation terminated
        # Step size = 0.5
        -1,0.5,1,2.5,nan
        -2,0.5,1.0E300,-inf,-0.125
        """, out.toString());
    var summary = new Summary("alpha[A\"B]", 1, 0.5, 0.1, 1, 2, 0.01, 400, 300.5, Double.NaN);
    assertEquals("""
        {
          "method" : "nuts",
          "seed" : 3,
          "parameters" : {
            "alpha[A\\"B]" : {
              "mean" : 1,
              "sd" : 0.5,
              "q5" : 0.1,
              "q50" : 1,
              "q95" : 2,
              "mcse_mean" : 0.01,
              "ess_bulk" : 400,
              "ess_tail" : 300.5,
              "rhat" : null
            }
          },
          "diagnostics" : {
            "divergences" : 2,
            "verdict" : "doubtful",
            "verdicts" : [ {
              "level" : "doubtful",
              "sentence" : "Hm.",
              "advice" : "Look."
            } ]
          },
          "timing" : {
            "total" : 0.25
          }
        }
        """, Results.summary(posterior, List.of(summary)));
  }
}
