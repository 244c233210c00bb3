package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes that the launcher rewrites before they go to the JVM's archive do the same as before.
class ArchivableTest {
  /// Components of every kind.
  record All(boolean z, char c, byte b, short s, int i, long j, float f, double d, String text, double[] array) {}

  record None() {}

  record Pair(Object left, Object right) {}

  /// Switches and records under test, as text.
  public static final class Sample implements Supplier<String> {
    @Override
    public String get() {
      var array = new double[] {1};
      var values = new ArrayList<Object>(
          List.of(new None(), new Pair(1, "x"), new Pair(new Pair(2, 3), 4), "text", 7, -7, 'c', array));
      values.add(new Pair(null, null));
      for (double x : new double[] {0.0, -0.0, Double.NaN, 1.5}) {
        values.add(new All(true, 'a', (byte) 1, (short) 2, 3, 4, (float) x, x, "t", array));
        values.add(new All(true, 'a', (byte) 1, (short) 2, 3, 1L << 40, 1, x, null, null));
        values.add(new All(false, 'b', (byte) -1, (short) -2, -3, -4, 1, x, "t", null));
      }
      var out = new StringBuilder();
      for (var v : values) out.append(said(v)).append(' ').append(hash(v)).append(' ');
      for (var v : values) for (var w : values) out.append(v.equals(w) ? 1 : 0).append(v.equals(again(w)) ? 1 : 0);
      return out.append(said(null)).append(new HashSet<>(values).size()).toString();
    }

    private static Object again(Object o) {
      return o instanceof All(var z, var c, var b, var s, var i, var j, var f, var d, var text, var array)
          ? new All(z, c, b, s, i, j, f, d, text, array) : o;
    }

    private static String hash(Object o) {
      return o instanceof All a && a.array() != null || o instanceof double[] ? "" : String.valueOf(o.hashCode());
    }

    private static String said(Object o) {
      return switch (o) {
        case null -> "null";
        case Integer i when i > 0 -> "positive";
        case Integer _ -> "whole";
        case Pair(Pair(var a, _), var b) -> "nested " + a + b;
        case Pair(Integer i, String s) -> i + s;
        case Pair _ -> "pair";
        case All a when a.z() -> "true " + a.d();
        case All a -> "all " + a.i();
        case None _ -> "none";
        case CharSequence s -> "text " + s.length();
        default -> o.getClass().getSimpleName();
      };
    }
  }

  @TempDir Path folder;
  private Path jar;

  @BeforeEach
  void pack() throws IOException {
    jar = folder.resolve("sample.jar");
    var classes = Path.of("target/test-classes/ppl/cli");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar)); var files = Files.list(classes)) {
      for (var file : files.filter(f -> f.getFileName().toString().startsWith("ArchivableTest$")).sorted().toList()) {
        out.putNextEntry(new ZipEntry("ppl/cli/" + file.getFileName()));
        out.write(Files.readAllBytes(file));
        out.closeEntry();
      }
    }
  }

  @Test
  void switchesAndRecordsDoTheSame() throws Exception {
    var before = said();
    assertEquals(Set.of("typeSwitch", "equals", "hashCode"), left());
    var build = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp",
        System.getProperty("java.class.path"), "src/build/Archivable.java", jar.toString()).redirectErrorStream(true).start();
    assertEquals("", new String(build.getInputStream().readAllBytes()));
    assertEquals(0, build.waitFor());
    assertEquals(Set.of(), left());
    assertEquals(before, said());
  }

  /// By the classes in the jar.
  private String said() throws Exception {
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      var made = loader.loadClass("ppl.cli.ArchivableTest$Sample").getDeclaredConstructor().newInstance();
      assertNotEquals(getClass().getClassLoader(), made.getClass().getClassLoader());
      var text = ((Supplier<?>) made).get().toString();
      assertTrue(text.contains("nested 24"), text);
      return text;
    }
  }

  /// What classes in the jar leave to the JVM to make.
  private Set<String> left() throws IOException {
    var made = Set.of("typeSwitch", "equals", "hashCode");
    var found = new HashSet<String>();
    try (var open = new JarFile(jar.toFile())) {
      for (var entry : open.stream().toList())
        try (InputStream in = open.getInputStream(entry)) {
          for (var method : ClassFile.of().parse(in.readAllBytes()).methods())
            method.code().ifPresent(code -> code.forEach(e -> {
              if (e instanceof InvokeDynamicInstruction i && made.contains(i.name().stringValue()))
                found.add(i.name().stringValue());
            }));
        }
    }
    return found;
  }
}
