package ppl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import ppl.lib.Function;

/// Imports run one way, and every library stays in its room.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("ppl");

  /// What each package may see besides itself. The root and `cli` see all.
  private static final Map<String, List<String>> SEES = Map.ofEntries(
      Map.entry("source", List.of()),
      Map.entry("math", List.of("kernels")),
      Map.entry("runtime", List.of("source")),
      Map.entry("ast", List.of("source")),
      Map.entry("parse", List.of("ast", "source")),
      Map.entry("fmt", List.of("ast", "parse", "source")),
      Map.entry("ir", List.of("math", "runtime")),
      Map.entry("dist", List.of("ir", "math")),
      Map.entry("lib", List.of("ir", "source", "typed")),
      Map.entry("typed", List.of("dist", "lib", "source")),
      Map.entry("check", List.of("ast", "dist", "ir", "lib", "source", "typed")),
      Map.entry("lower", List.of("dist", "ir", "lib", "runtime", "source", "typed")),
      Map.entry("form", List.of("dist", "ir", "lower", "math", "runtime", "source")),
      Map.entry("family", List.of("math", "runtime")),
      Map.entry("plan", List.of("dist", "family", "form", "ir", "lower", "runtime", "source", "sum", "typed")),
      Map.entry("sum", List.of("dist", "ir", "lower", "source", "typed")),
      Map.entry("kernels", List.of()),
      Map.entry("tile", List.of("ir", "kernels")),
      Map.entry("emit", List.of("ir", "runtime", "tile")),
      Map.entry("stats", List.of("math", "runtime")),
      Map.entry("infer", List.of("family", "math", "runtime", "stats")),
      Map.entry("embed", List.of("family", "infer", "io", "runtime", "source")),
      Map.entry("io", List.of("math", "runtime", "source")),
      Map.entry("report", List.of("math", "runtime", "source", "stats")));

  private static final Map<String, String> LIBRARIES = Map.of(
      "jdk.incubator..", "kernels", "org.antlr..", "parse", "org.objectweb.asm..", "emit", "org.ejml..", "math", "picocli..", "cli",
      "tools.jackson..", "io", "de.siegmar..", "io");

  private static ArchRule seesOnly(String name, List<String> others) {
    var allowed = new ArrayList<String>();
    others.forEach(o -> allowed.add("ppl." + o + ".."));
    allowed.add("ppl." + name + "..");
    return noClasses().that().resideInAPackage("ppl." + name + "..").should()
        .dependOnClassesThat(resideInAPackage("ppl..")
            .and(not(
                resideInAnyPackage(allowed.toArray(String[]::new)))))
        .allowEmptyShould(true);
  }

  @Test
  void importsRunOneWay() {
    SEES.forEach((name, others) -> seesOnly(name, others).check(ALL));
  }

  /// Typed expressions hold functions, and functions type expressions: the one place where two packages meet.
  @Test
  void typedSeesOfTheLibraryFunctionsAlone() {
    noClasses().that().resideInAPackage("ppl.typed..").should()
        .dependOnClassesThat(resideInAPackage("ppl.lib..").and(not(belongToAnyOf(Function.class)))).check(ALL);
  }

  @Test
  void thereIsNoOtherCycle() {
    var left = new TreeMap<>(SEES);
    left.put("typed", List.of("dist", "source"));
    while (left.entrySet().removeIf(e -> e.getValue().stream().noneMatch(left::containsKey))) {}
    assertEquals("[]", left.keySet().toString());
  }

  @Test
  void everyPackageHasItsRule() {
    var found = new TreeSet<String>();
    ALL.forEach(c -> {
      var parts = c.getPackageName().split("\\.");
      if (parts.length > 1) found.add(parts[1]);
    });
    found.removeAll(SEES.keySet());
    assertEquals("[cli]", found.toString());
  }

  @Test
  void aRuleThatIsBrokenFails() {
    assertThrows(AssertionError.class, () -> seesOnly("cli", List.of("io")).check(ALL));
  }

  @Test
  void librariesStayInTheirRooms() {
    LIBRARIES.forEach((library, room) -> classes().that().resideInAPackage("ppl..")
        .and().resideOutsideOfPackage("ppl." + room + "..")
        .should().onlyDependOnClassesThat().resideOutsideOfPackage(library).check(ALL));
  }
}
