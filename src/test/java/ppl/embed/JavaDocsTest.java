package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.Models;
import ppl.cli.Ppl;

/// The programs in `docs/java.md` compile and run; the one for a compiled model runs with the jar alone.
class JavaDocsTest {
  private static final Pattern BLOCK = Pattern.compile("(?m)^```java\\n((?s:.*?))^```$");

  @TempDir Path folder;

  private static String block(String type) throws IOException {
    return BLOCK.matcher(Files.readString(Path.of("docs/java.md"))).results().map(m -> m.group(1))
        .filter(b -> b.contains("class " + type + " ")).findFirst().orElseThrow();
  }

  @Test
  void aCompiledModelRunsWithItsJarAlone() throws Exception {
    var jar = folder.resolve("eight_schools.jar");
    Ppl.main(new String[] {"compile", "models/eight_schools", "--jar", jar.toString()});
    Isolated.compile("Schools", block("Schools"), jar.toString(), folder);
    var lines = Isolated.run("Schools", List.of(jar, folder)).lines().toList();
    assertTrue(lines.get(1).startsWith("Summary[name=mu, mean=4."), lines::toString);
    double better = Double.parseDouble(lines.get(2).replaceFirst(".*: ", ""));
    // 0.618 in 80,000 draws; of 1,000 it has a standard error of 0.016
    assertTrue(Math.abs(better - 0.618) < 0.08, lines::toString);
    assertEquals(List.of("eight_schools: the map: `y` has 2 elements, but real[J] wants J = 8 [E0712]",
        "the map: `sigma` has 2 elements, but real[J] wants J = 8 [E0712]"), lines.subList(3, 5));
  }

  @Test
  void theJarHoldsTheRuntimeAndNothingElse() throws IOException {
    var jar = folder.resolve("gp.jar");
    Ppl.main(new String[] {"compile", "models/gp", "--jar", jar.toString()});
    try (var zip = new ZipFile(jar.toFile())) {
      var packages = zip.stream().map(e -> e.getName().replaceFirst("/[^/]*$", "")).distinct()
          .filter(p -> !p.matches("META-INF|ppl/generated|ppl/(embed|family|infer|io|kernels|math|runtime|source|stats)"))
          .filter(p -> !p.matches("org/ejml.*|pabeles.*"))
          .toList();
      assertEquals(List.of(), packages);
      var readers = zip.stream().map(e -> e.getName())
          .filter(n -> n.matches("ppl/io/(Json|Csv|DataReader).*")).toList();
      assertEquals(List.of(), readers);
    }
  }

  private String inProject(String type, String source) throws Exception {
    var classPath = System.getProperty("java.class.path");
    Isolated.compile(type, source, classPath, folder);
    var all = new ArrayList<>(Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList());
    all.add(folder);
    return Isolated.run(type, all).strip();
  }

  @Test
  void aModelFromItsTextRuns() throws Exception {
    assertEquals(4.0 / 6, Double.parseDouble(inProject("Coin", block("Coin"))), 0.03);
  }

  @Test
  void tablesAreBoundAsShown() throws Exception {
    var shown = Pattern.compile("(?m)^```text\\n(var homes(?s:.*?))^```$")
        .matcher(Files.readString(Path.of("docs/java.md"))).results().findFirst().orElseThrow().group(1);
    var program = "import java.nio.file.Path; import java.util.Map; import ppl.Models; public class Homes {"
        + "public static void main(String[] a) {" + shown + "System.out.println(target.dimension()); } }";
    assertEquals("7", inProject("Homes", program));
  }

  @Test
  void thePropertyIsOneOfOurs() throws IOException {
    var ours = Files.readString(Path.of("src/test/java/ppl/embed/SchoolsProperties.java"));
    assertEquals(ours.replaceFirst("package ppl.embed;\n\n", "").replaceAll("\\s+", " "),
        block("SchoolsProperties").replaceAll("\\s+", " "));
  }

  @Test
  void dataBesideTheModelAreFound() {
    var schools = Models.load(Path.of("models/eight_schools"));
    var target = schools.bind();
    assertEquals(10, target.dimension());
    assertEquals(target.logDensity(new double[10]),
        schools.bind("models/eight_schools/eight_schools.json").logDensity(new double[10]));
  }
}
