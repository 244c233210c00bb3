package ppl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import ppl.embed.Description;
import ppl.embed.Stored;
import ppl.embed.StoredSide;
import ppl.emit.Emit;
import ppl.ir.Unit;
import ppl.lower.Formula;
import ppl.plan.ClosedForm;
import ppl.plan.Interpreted;
import ppl.plan.Tests;
import ppl.runtime.BatchKernel;
import ppl.runtime.ClosedKernel;
import ppl.runtime.ClosedSides;
import ppl.runtime.Dataset;
import ppl.runtime.Kernel;
import ppl.runtime.KernelBatches;
import ppl.runtime.Part;
import ppl.source.Span;

/// What a compiled model is on disk: its class, the classes of its rules about data, its metadata; and the classes
/// that it needs to run without the compiler.
public final class Bundle {
  /// Where Java programs enter.
  private static final List<String> DOORS = List.of(
      "ppl/embed/CompiledModel", "ppl/infer/Engine", "ppl/stats/Summaries", "ppl/stats/Convergence", "ppl/stats/Psis");

  private static final Pattern TYPE = Pattern.compile("L([\\w/$]+)[;<]");

  private static final Dataset NO_DATA = new Dataset(Map.of(), Map.of(), Map.of(), List.of());

  private final Program program;
  private final Map<String, byte[]> files = new TreeMap<>();

  private Bundle(Program program) {
    this.program = program;
  }

  /// The files of a model by their path in a jar, without the runtime.
  public static Map<String, byte[]> files(Program program) {
    var bundle = new Bundle(program);
    bundle.write();
    return bundle.files;
  }

  private void write() {
    var name = program.unit().name();
    var described = program.described();
    files.put(name + ".class", program.code().get());
    var data = described.schema().slots().stream().map(described.formulas()::get)
        .map(f -> new Stored.ForSlot(stored(f.extents()), f.lower().map(this::stored), f.upper().map(this::stored)))
        .toList();
    var checks = described.checks().stream().map(this::stored).toList();
    var given = program.model().audit().rule().map(this::stored);
    var tests = Tests.of(program.stated());
    var text = Description.write(program.blueprint(), name.replace('/', '.'), data, checks, given,
        new Description.Tests(stored(tests.unit(), "$tests", Kernel.class), tests.statements().stream().map(Span::text).toList()),
        sides());
    files.put(name + ".json", text.getBytes(StandardCharsets.UTF_8));
  }

  /// All closed-form sides. One where logits may have auxiliaries is left out where none has.
  private Map<ClosedSides.Kind, StoredSide> sides() {
    var sides = new EnumMap<ClosedSides.Kind, StoredSide>(ClosedSides.Kind.class);
    for (var kind : ClosedSides.Kind.values())
      program.closed().units(kind).filter(u -> kind != ClosedSides.Kind.WITH_ODDS || u.parts().stream().anyMatch(Part::isOdds))
          .ifPresent(u -> sides.put(kind, stored(u, "$" + kind.text())));
    return sides;
  }

  /// A closed-form side as classes of its own.
  private StoredSide stored(ClosedSide.Units units, String suffix) {
    var plates = new ArrayList<StoredSide.Plate>();
    for (var batched : units.batches())
      plates.add(switch (batched) {
        case ClosedForm.Batched.Not(String over, String why) -> new StoredSide.Plate.Refused(over, why);
        case ClosedForm.Batched.Of(var unit, String over, var roles, int count) -> new StoredSide.Plate.Code(
            stored(unit, suffix + "$batches" + plates.size(), BatchKernel.class), new KernelBatches.Form(over, roles, count));
      });
    return new StoredSide(stored(units.unit(), suffix, ClosedKernel.class), units.parts(), plates);
  }

  private String stored(Unit unit, String suffix, Class<? extends Kernel> type) {
    var name = program.unit().name() + suffix;
    files.put(name + ".class", Emit.toClass(new Unit(name, unit.data(), unit.prepared(), unit.prepare(), unit.routines()), type));
    return name.replace('/', '.');
  }

  /// A rule as a class of its own, or its values where these do not depend on data.
  private Stored stored(Formula formula) {
    var rule = formula.rule(() -> new Interpreted(formula.unit()), program.described().slots());
    if (rule.inputs().isEmpty()) return new Stored.Constant(rule.of(NO_DATA.lookup()));
    var name = program.unit().name() + "$" + files.size();
    var unit = formula.unit();
    files.put(name + ".class",
        Emit.toClass(new Unit(name, unit.data(), unit.prepared(), unit.prepare(), unit.routines())));
    return new Stored.Compiled(name.replace('/', '.'), rule.inputs(), rule.ranks());
  }

  /// The classes that `classes` and the doors of the runtime refer to, by their path in a jar, the platform's left out.
  public static Map<String, byte[]> runtime(Collection<byte[]> classes) {
    var found = new LinkedHashMap<String, byte[]>();
    var todo = new ArrayDeque<>(DOORS);
    classes.forEach(c -> references(c, todo::add));
    while (!todo.isEmpty()) {
      var name = todo.pop();
      if (found.containsKey(name + ".class")) continue;
      bytes(name).ifPresent(c -> {
        found.put(name + ".class", c);
        references(c, todo::add);
      });
    }
    return found;
  }

  /// Nothing of what is in the image of the Java platform.
  private static Optional<byte[]> bytes(String name) {
    var place = Kernel.class.getClassLoader().getResource(name + ".class");
    if (place == null || place.getProtocol().equals("jrt")) return Optional.empty();
    try (var in = place.openStream()) {
      return Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void references(byte[] code, Consumer<String> found) {
    for (PoolEntry entry : ClassFile.of().parse(code).constantPool()) {
      if (entry instanceof ClassEntry type && !type.asInternalName().startsWith("["))
        found.accept(type.asInternalName());
      if (entry instanceof Utf8Entry text)
        TYPE.matcher(text.stringValue()).results().forEach(m -> found.accept(m.group(1)));
    }
  }
}
