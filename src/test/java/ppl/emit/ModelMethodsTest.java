package ppl.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import ppl.Bundle;
import ppl.Compiler;
import ppl.Program;
import ppl.check.ImportLoader;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Methods that HotSpot would never compile make a model some twenty times slower, silently.
class ModelMethodsTest {
  /// Bytes of code above which HotSpot leaves a method to its interpreter (`HugeMethodLimit`).
  private static final int HUGE = 8000;

  private record Method(String where, int length, boolean kernels) {}

  private static List<Method> methods(Path file) throws IOException {
    var diagnostics = new Diagnostics();
    ImportLoader none = (_, _) -> new ImportLoader.Loaded.Missing("imports are not read here");
    var options = new Compiler.Options(Map.of(), Set.of(), none);
    Program program = Compiler.compile(new Source(file.toString(), Files.readString(file)), options, diagnostics)
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return Bundle.files(program).entrySet().stream().filter(f -> f.getKey().endsWith(".class"))
        .flatMap(f -> methods(f.getKey(), f.getValue())).toList();
  }

  private static Stream<Method> methods(String name, byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .map(m -> new Method(name + " " + m.methodName().stringValue(), length(m), callsKernels(m)));
  }

  /// Whether a method calls what HotSpot compiles from vectors; a copy is none of these.
  private static boolean callsKernels(MethodModel method) {
    return method.code().stream().flatMap(CodeModel::elementStream).anyMatch(e -> e instanceof InvokeInstruction i
        && i.owner().asInternalName().startsWith("ppl/kernels/") && !i.name().equalsString("copy"));
  }

  private static int length(MethodModel method) {
    return method.findAttribute(Attributes.code()).map(c -> ((CodeAttribute) c).codeLength()).orElse(0);
  }

  /// Evaluation, closed forms and rules of each model.
  @TestFactory
  Stream<DynamicTest> methodsOfModelsAreNeverTooLargeForHotSpot() throws IOException {
    List<Path> models;
    try (var files = Files.walk(Path.of("models"))) {
      models = files.filter(f -> f.toString().endsWith(".ppl")).sorted().toList();
    }
    assertTrue(models.size() > 20, models.toString());
    return models.stream().map(m -> DynamicTest.dynamicTest(m.toString(), () -> {
      var methods = methods(m);
      assertTrue(methods.stream().anyMatch(x -> x.where().endsWith(" gradient") && x.length() > 0), methods.toString());
      assertEquals(List.of(), methods.stream().filter(x -> x.length() > HUGE).toList());
    }));
  }

  @Test
  void kernelsAreNotInlinedIntoRoutines() throws IOException {
    var callers = methods(Path.of("models/logistic/logistic.ppl")).stream().filter(Method::kernels).toList();
    assertTrue(callers.stream().anyMatch(m -> m.where().endsWith(" LogSums$softplus")), callers.toString());
    assertEquals(List.of(), callers.stream().filter(m -> m.length() <= Apart.TOO_LONG).toList());
  }

  @Test
  void lengthsAreThoseOfTheCode() throws IOException {
    try (var in = ModelMethodsTest.class.getResourceAsStream("ModelMethodsTest.class")) {
      assertTrue(methods("this", in.readAllBytes()).anyMatch(m -> m.where().equals("this length") && m.length() > 5));
    }
  }
}
