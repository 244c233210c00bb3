package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import ppl.Bundle;
import ppl.Program;

/// Java programs compiled and run with nothing but a given class path and the platform.
public final class Isolated {
  private Isolated() {}

  /// Compiles `source`, which declares class `name`.
  static void compile(String name, String source, String classPath, Path to) throws IOException {
    var said = new StringWriter();
    var file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
    var options = List.of("-cp", classPath, "-d", to.toString(), "-proc:none");
    boolean good = ToolProvider.getSystemJavaCompiler().getTask(said, null, null, options, null, List.of(file)).call();
    assertTrue(good, said::toString);
  }

  /// What the `main` of class `name` prints.
  static String run(String name, List<Path> classPath) throws Exception {
    var urls = new ArrayList<URL>();
    for (var path : classPath) urls.add(path.toUri().toURL());
    var console = System.out;
    var out = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(console);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /// A compiled model from the files that `ppc -o` writes.
  public static CompiledModel written(Program program, Path folder) throws IOException {
    for (var file : Bundle.files(program).entrySet()) {
      var to = folder.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, file.getValue());
    }
    var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, Isolated.class.getClassLoader());
    return CompiledModel.load(program.unit().name().replaceFirst(".*/", ""), loader);
  }
}
