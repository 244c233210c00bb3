package ppl.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Dataset;
import ppl.source.Diagnostics;
import ppl.source.Renderer;

/// Random data written in every form that the language page allows are read back to the last bit.
class RoundTripProperties {
  @Property(tries = 200)
  void arraysInJson(@ForAll Random random, @ForAll @IntRange(max = 3) int rank) throws IOException {
    var dims = IntStream.range(0, rank).map(_ -> random.nextInt(4)).boxed().toList();
    int size = Shapes.product(dims);
        var values = random.longs(size).mapToDouble(RoundTripProperties::number).toArray();
    var declared = rank == 0 ? "real" : "real" + dims;
    var data = bind("data y : " + declared, List.of(file("y.json", "{\"y\": " + json(dims, values, 0, 0) + "}")));
    assertArrayEquals(values, (double[]) only(data).values());
    assertEquals(dims, java.util.Arrays.stream(only(data).dims()).boxed().toList());
  }

  @Property(tries = 100)
  void theFormsOfATableAreOne(@ForAll Random random, @ForAll @IntRange(min = 1, max = 12) int rows) throws IOException {
    var declarations = "data t {\nx : real ?\nn : int\ng : factor\n}\n";
    var x = random.longs(rows).mapToDouble(l -> l % 7 == 0 ? Double.NaN : number(l)).toArray();
    var n = random.ints(rows).toArray();
    var g = IntStream.range(0, rows).mapToObj(_ -> label(random)).toList();
    var objects = new ArrayList<String>();
    for (int i = 0; i < rows; i++) {
      objects.add("{\"x\": %s, \"g\": %s, \"n\": %d}".formatted(text(x[i]), string(g.get(i)), n[i]));
    }
    var columns = "\"x\": [%s], \"n\": [%s], \"g\": [%s]".formatted(
        java.util.Arrays.stream(x).mapToObj(RoundTripProperties::text).collect(Collectors.joining(",")),
        java.util.Arrays.stream(n).mapToObj(String::valueOf).collect(Collectors.joining(",")),
        g.stream().map(RoundTripProperties::string).collect(Collectors.joining(",")));
    var forms = List.of(
        file("t.csv", csv(x, n, g, ",")), file("other.csv", csv(x, n, g, ";")),
        file("d.json", "{\"t\": {" + columns + "}}"), file("d.json", "{" + columns + "}"),
        file("d.json", "{\"t\": [" + String.join(",", objects) + "]}"), file("t.json", "[" + String.join(",", objects) + "]"));
    for (var form : forms) {
      var data = bind(declarations, List.of(form));
      var levels = new ArrayList<>(new TreeSet<>(g));
      boolean numbers = levels.stream().allMatch(l -> Numbers.parse(l).isPresent());
      if (!numbers) assertEquals(levels, data.levels().get("g"));
      assertEquals(rows, data.sizes().get("t"));
      var all = data.columns().values().stream().toList();
      assertArrayEquals(x, (double[]) all.get(0).values());
      assertArrayEquals(n, (int[]) all.get(1).values());
      for (int i = 0; i < rows; i++)
        assertEquals(g.get(i), data.levels().get("g").get(((int[]) all.get(2).values())[i] - 1));
      assertEquals(java.util.Arrays.stream(x).anyMatch(Double::isNaN), all.get(0).missing().isPresent());
    }
  }

  @Property(tries = 100)
  void tablesByAFactorComeInTheOrderOfItsLevels(@ForAll Random random, @ForAll @IntRange(min = 1, max = 9) int levels)
      throws IOException {
    var labels = new ArrayList<>(IntStream.range(0, levels).mapToObj(i -> "level " + (char) ('a' + i)).toList());
    var values = random.doubles(levels).toArray();
    var order = IntStream.range(0, levels).boxed().collect(Collectors.toCollection(ArrayList::new));
    java.util.Collections.shuffle(order, random);
    var csv = order.stream().map(i -> values[i] + "," + labels.get(i)).collect(Collectors.joining("\n", "u,g\n", "\n"));
    var object = order.stream().map(i -> string(labels.get(i)) + ": " + values[i]).collect(Collectors.joining(",", "{", "}"));
    var homes = order.stream().map(labels::get).collect(Collectors.joining("\n", "g\n", "\n"));
    var table = "data homes {\ng : factor\n}\n";
    var byTable = bind(table + "data groups by g {\nu : real\n}\n", List.of(file("homes.csv", homes), file("groups.csv", csv)));
    assertArrayEquals(values, (double[]) byTable.columns().values().stream().toList().get(1).values());
    var byLabel = bind(table + "data u : real[g]", List.of(file("homes.csv", homes), file("d.json", "{\"u\": " + object + "}")));
    assertArrayEquals(values, (double[]) byLabel.columns().values().stream().toList().get(1).values());
  }

  @Property(tries = 500)
  void decimalTextsAreReadAsJavaReadsThem(@ForAll double value, @ForAll @IntRange(max = 20) int digits) {
    for (var text : List.of(Double.toString(value), String.format(java.util.Locale.ROOT, "%." + digits + "f", value % 1e6)))
      assertEquals(Double.parseDouble(text), Numbers.parse(text).orElseThrow());
  }

  private static String csv(double[] x, int[] n, List<String> g, String separator) {
    var out = new StringBuilder(String.join(separator, "n", "g", "unused", "x")).append('\n');
    for (int i = 0; i < n.length; i++) {
      var value = Double.isNaN(x[i]) ? "NA" : Double.toString(x[i]);
      out.append(String.join(separator, String.valueOf(n[i]), quoted(g.get(i)), "?", value)).append('\n');
    }
    return out.toString();
  }

  private static double number(long bits) {
    double x = Double.longBitsToDouble(bits);
    return Double.isFinite(x) ? x : bits;
  }

  private static String label(Random random) {
    var choices = List.of("a", "b b", "c,c", "d\"d", "e;e", "1", "01", "NA", "é\nf", "null");
    return choices.get(random.nextInt(choices.size()));
  }

  private static String quoted(String label) {
    return "\"" + label.replace("\"", "\"\"") + "\"";
  }

  private static String string(String label) {
    return "\"" + label.replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }

  private static String text(double x) {
    return Double.isNaN(x) ? "null" : Double.toString(x);
  }

  private static String json(List<Integer> dims, double[] values, int dim, int from) {
    if (dim == dims.size()) return text(values[from]);
    int width = Shapes.product(dims.subList(dim + 1, dims.size()));
    return IntStream.range(0, dims.get(dim)).mapToObj(i -> json(dims, values, dim + 1, from + i * width))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private record Text(String name, String content) {}

  private static Text file(String name, String content) {
    return new Text(name, content);
  }

  private static Dataset.Column only(Dataset data) {
    return data.columns().values().iterator().next();
  }

  private static Dataset bind(String declarations, List<Text> files) throws IOException {
    var folder = Files.createTempDirectory("ppl");
    var arguments = new ArrayList<DataFile>();
    for (var file : files) arguments.add(DataFile.parse(Files.writeString(folder.resolve(file.name), file.content).toString()));
    var diagnostics = new Diagnostics();
    var schema = TestSchema.of(declarations);
    var bound = Binder.bind(schema, DataReader.read(schema, arguments, diagnostics), diagnostics);
    for (var file : arguments) Files.delete(file.path());
    Files.delete(folder);
    return bound.orElseThrow(() -> new AssertionError(Renderer.plain().render(diagnostics)));
  }
}
