package ppl.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.family.Certificate;
import ppl.io.Binder;
import ppl.io.GivenData;
import ppl.io.JavaData;
import ppl.runtime.Blueprint;
import ppl.runtime.ClosedSides;
import ppl.runtime.CompiledSide;
import ppl.runtime.Conjugate;
import ppl.runtime.Dataset;
import ppl.runtime.Fitted;
import ppl.runtime.Input;
import ppl.runtime.Kernel;
import ppl.runtime.KernelTarget;
import ppl.runtime.Part;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// A model that was compiled before, such as by `ppc --jar`.
///
/// @param blueprint what is known of it beside its code
/// @param kernel    makes unbound instances of its class
/// @param closed    its closed-form sides over what the data slots hold
public record CompiledModel(Blueprint blueprint, Supplier<Kernel> kernel, Function<Supplier<Object[]>, ClosedSides> closed)
    implements Model {
  /// The package of compiled models.
  public static final String FOLDER = "ppl/generated/";

  /// The model `name` on the class path of this class, such as `eight_schools`.
  ///
  /// @throws IllegalArgumentException if there is none
  public static CompiledModel load(String name) {
    return load(name, CompiledModel.class.getClassLoader());
  }

  /// The model `name` among what `loader` finds.
  ///
  /// @throws IllegalArgumentException if there is none
  public static CompiledModel load(String name, ClassLoader loader) {
    var resource = FOLDER + name + ".json";
    try (var in = loader.getResourceAsStream(resource)) {
      if (in == null)
        throw new IllegalArgumentException("there is no compiled model " + name + ": no resource " + resource);
      return read(in, loader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The model `name` in a jar that need not be on the class path. The jar stays open as long as the model is in use.
  ///
  /// @throws IllegalArgumentException if it is not there
  public static CompiledModel load(Path jar, String name) {
    try {
      return load(name, new URLClassLoader(new URL[] {jar.toUri().toURL()}, CompiledModel.class.getClassLoader()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledModel read(InputStream in, ClassLoader loader) throws IOException {
    var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    var type = Description.type(text);
    Function<String, Kernel> load = t -> instance(t, loader);
    return new CompiledModel(
        Description.read(text, load), () -> instance(type, loader), sides(Description.sides(text, load)));
  }

  private static Function<Supplier<Object[]>, ClosedSides> sides(Map<ClosedSides.Kind, CompiledSide> sides) {
    return slots -> new ClosedSides((kind, quantities, replicates) -> side(kind, sides)
        .map(s -> certified(s, sides, s.bind(slots.get(), quantities, replicates))).orElse(ClosedSides.Made.NONE));
  }

  /// Where no logit has an auxiliary there is no side of its own for them.
  private static Optional<CompiledSide> side(ClosedSides.Kind kind, Map<ClosedSides.Kind, CompiledSide> sides) {
    return kind == ClosedSides.Kind.WITH_ODDS && !sides.containsKey(kind)
        ? side(ClosedSides.Kind.AUGMENTED, sides) : Optional.ofNullable(sides.get(kind));
  }

  /// A side of which some block does not certify itself with the data is not used. Where it has auxiliary unknowns all that
  /// they close is lost then.
  private static ClosedSides.Made certified(CompiledSide side, Map<ClosedSides.Kind, CompiledSide> sides, Conjugate bound) {
    var failed = Certificate.failed(bound);
    if (failed.isEmpty()) return new ClosedSides.Made(Optional.of(bound), List.of());
    boolean augmented = side.parts().stream().anyMatch(Part::auxiliary);
    var names = augmented ? names(side.parts().stream().filter(p -> !p.auxiliary()))
        : names(failed.stream().map(side.parts()::get));
    if (augmented) side(ClosedSides.Kind.PLAIN, sides).ifPresent(plain -> names.removeAll(names(plain.parts().stream())));
    return new ClosedSides.Made(Optional.empty(), List.copyOf(names));
  }

  private static Set<String> names(Stream<Part> parts) {
    return parts.flatMap(p -> p.members().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Kernel instance(String type, ClassLoader loader) {
    try {
      return (Kernel) loader.loadClass(type).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("the compiled model has no class " + type, e);
    }
  }

  @Override
  public KernelTarget bind(Map<String, ?> data) {
    var diagnostics = new Diagnostics();
    return bind(JavaData.of(blueprint.schema(), data, diagnostics), diagnostics, this::fit);
  }

  /// The target over `given`, about which `diagnostics` says what was found when it was read.
  ///
  /// @param fit what comes of data that fit the schema
  /// @throws DataException where it does not fit, or `diagnostics` has errors
  public KernelTarget bind(
      GivenData given, Diagnostics diagnostics, Function<Dataset, Fitted> fit) {
    var gaps = new LinkedHashSet<>(given.missing(blueprint.schema()));
    gaps.removeAll(expected());
    gaps.retainAll(modelled());
    if (!gaps.isEmpty())
      diagnostics.add(Diagnostic.error("E0711",
          "the model was compiled for data without missing values, and %s has some", String.join(", ", gaps))
          .help("compile it with --missing %s", gaps.getFirst()));
    var fitting = Binder.bind(blueprint.schema(), given, diagnostics);
    var fitted = fitting.map(fit);
    fitted.ifPresent(f -> f.problems().forEach(diagnostics::add));
    return fitted.flatMap(Fitted::target).filter(_ -> !diagnostics.hasErrors())
        .orElseThrow(() -> new DataException(blueprint.name(), diagnostics.all()));
  }

  private Fitted fit(Dataset data) {
    var found = blueprint.problems(data);
    if (found.isEmpty()) found = blueprint.counts(data);
    if (!found.isEmpty()) return Fitted.not(found);
    return switch (blueprint.trial(kernel.get(), data, true)) {
      case Blueprint.Trial.Finite(var target) -> Fitted.of(List.of(), closed(target, data));
      case Blueprint.Trial.NotFinite(var target) -> Fitted.of(blueprint.faults(data), closed(target, data));
      case Blueprint.Trial.Broken(var diagnostic) -> Fitted.not(List.of(diagnostic));
      case Blueprint.Trial.TooLarge(var diagnostic) -> Fitted.not(List.of(diagnostic));
    };
  }

  private KernelTarget closed(KernelTarget target, Dataset data) {
    return target.with(closed.apply(() -> blueprint.slots(data)));
  }

  /// Data that may have missing values, if compiled for them.
  private Set<String> modelled() {
    return blueprint.schema().slots().stream().filter(Schema.Slot::missing).map(s -> Inputs.slot(s).text())
        .collect(Collectors.toSet());
  }

  /// Data in which the model expects missing values, columns as `table.column`.
  private Set<String> expected() {
    var names = new LinkedHashSet<String>();
    for (var input : blueprint.inputs())
      if (input instanceof Input.Gaps(var slot)) names.add(Inputs.slot(slot).text());
    return names;
  }
}
