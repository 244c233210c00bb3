package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;

/// What is known of a compiled model beside its code: enough to bind it to data and to name what it computes.
///
/// @param name       the model's name
/// @param doc        its doc comment, or empty
/// @param schema     the data that it wants
/// @param inputs     what goes into each data slot of the class
/// @param outputs    what [Kernel#constrain] writes, in order
/// @param replicates what [Kernel#predict] writes, in order
/// @param checks     sizes to compare when data are bound
/// @param given      what is given in parts, each element of it once
/// @param tests      what tells statements that have no density, of models that run without the compiler
public record Blueprint(
    String name, String doc, Schema schema, List<Input> inputs, List<Output> outputs, List<Output> replicates,
    List<Check> checks, Optional<Given> given, Optional<Tests> tests) {
  private static final int PLACES = 20;
  private static final int SHOWN = 6;

  /// A quantity whose extents are not known yet.
  ///
  /// @param domains for each dimension the factor or table that labels it
  /// @param gaps    the column whose missing values these are, if so
  public record Output(
      String name, Quantity.Role role, boolean integer, List<Optional<String>> domains, Optional<Schema.Slot> gaps) {}

  /// Two sizes that must be equal.
  ///
  /// @param what one sentence for who bound data of other sizes, without the values
  public record Check(String what, String left, String right, Span span, Rule sizes) {}

  /// What counts faults of statements that data alone decide.
  ///
  /// @param statements their texts
  /// @param counts     whose [Kernel#check] writes for each how many faults it has, and in which turn of its loop the first is; 0
  ///                   where there is no loop
  public record Tests(List<String> statements, Supplier<Kernel> counts) {}

  /// Statements that have no density with `data`: where nothing more is known of them than their texts.
  public List<Diagnostic> faults(Dataset data) {
    return tests.map(t -> {
      var counts = new double[2 * t.statements.size()];
      t.counts.get().bind(slots(data)).check(counts);
      return IntStream.range(0, t.statements.size()).filter(i -> counts[2 * i] != 0).mapToObj(i -> Diagnostic.error("E0724",
          "with these data `%s` has no density%s: a value lies where the distribution has none, or an argument where there is"
              + " no such distribution", t.statements.get(i), where(counts[2 * i], counts[2 * i + 1]))).toList();
    }).orElse(List.of());
  }

  private static String where(double faults, double first) {
    if (first == 0) return faults > 1 ? " in %.0f places".formatted(faults) : "";
    return faults > 1 ? " in %.0f places, the first at index %.0f".formatted(faults, first) : " at index %.0f".formatted(first);
  }

  /// Names whose elements are given one by one.
  ///
  /// @param counts how often each element is given, an array for each name
  public record Given(List<String> names, Rule counts) {}

  /// The elements that are not given just once with `data`: where it is not known which statement gives them.
  public List<Diagnostic> counts(Dataset data) {
    return given.map(g -> counts(g, data)).orElse(List.of());
  }

  private static List<Diagnostic> counts(Given given, Dataset data) {
    var found = new ArrayList<Diagnostic>();
    List<Rule.Value> counts;
    try {
      counts = given.counts.of(data.lookup());
    } catch (SubscriptException | ArithmeticException e) {
      return List.of(broken(e).diagnostic());
    }
    for (int n = 0; n < given.names.size(); n++) {
      var array = counts.get(n);
      var name = new Quantity(given.names.get(n), Arrays.stream(array.dims()).boxed().toList(),
          Collections.nCopies(array.dims().length, Optional.empty()), Quantity.Role.DETERMINISTIC, false);
      IntStream.range(0, array.elements().length).filter(i -> array.elements()[i] != 1).limit(1).forEach(i -> found.add(
          array.elements()[i] > 1
              ? Diagnostic.error("E0721", "with these data `%s` is given more than once", name.element(i))
              : Diagnostic.error("E0722", "with these data `%s` is never given", name.element(i))));
    }
    return found;
  }

  /// What in `data` does not fit together: sizes that only data can tell.
  public List<Diagnostic> problems(Dataset data) {
    var found = new ArrayList<Diagnostic>();
    for (var input : inputs)
      if (input instanceof Input.Position(var factor, var label, var picked)
          && picked.isPresent() && data.lookup().position(factor, label) == 0)
        found.add(unknownLevel(factor, label, data.levels().get(factor), picked.get()));
    for (var check : checks) {
      List<Integer> sizes;
      try {
        sizes = check.sizes.of(data.lookup()).stream().map(v -> (int) v.elements()[0]).toList();
      } catch (SubscriptException | ArithmeticException e) {
        found.add(Diagnostic.error("E0723", check.span, "with these data %s", e.getMessage()));
        continue;
      }
      if (!sizes.getFirst().equals(sizes.getLast()))
        found.add(Diagnostic.error("E0720", check.span, "%s: %s", check.what, apart(check, sizes.getFirst(), sizes.getLast())));
    }
    return found;
  }

  /// Where one of the two is a number itself, the other is compared with it.
  private static String apart(Check check, int left, int right) {
    if (check.right.equals(String.valueOf(right))) return "%s is %d, not %d".formatted(check.left, left, right);
    if (check.left.equals(String.valueOf(left))) return "%s is %d, not %d".formatted(check.right, right, left);
    return "%s is %d, but %s is %d".formatted(check.left, left, check.right, right);
  }

  private static Diagnostic unknownLevel(String factor, String label, List<String> levels, Span span) {
    var error = Diagnostic.error("E0723", span, "with these data \"%s\" is no level of `%s`", label, factor);
    return Suggest.closest(label, levels).map(s -> error.help("did you mean \"%s\"?", s)).orElseGet(() -> {
      var first = levels.stream().limit(SHOWN).map(l -> '"' + l + '"').collect(Collectors.joining(", "));
      return error.help("its levels are %s%s", first, levels.size() > SHOWN ? ", and " + (levels.size() - SHOWN) + " more" : "");
    });
  }

  /// `kernel` bound to `data`, which fit [#schema()].
  public KernelTarget bind(Kernel kernel, Dataset data) {
    var bound = kernel.bind(slots(data));
    var target = target(bound, data);
    Release.of(bound, inputs, data, Release.LARGE);
    return target;
  }

  private KernelTarget target(Kernel bound, Dataset data) {
    var extents = new double[1 + ranks(outputs) + ranks(replicates)];
    bound.extents(extents);
    return new KernelTarget(bound, (int) extents[0], quantities(outputs, data, extents, 1),
        quantities(replicates, data, extents, 1 + ranks(outputs)));
  }

  /// What one evaluation of everything comes upon.
  public sealed interface Trial {
    /// A log density.
    record Finite(KernelTarget target) implements Trial {}

    /// A log density that is no number or infinite, or an argument of a distribution that has no meaning.
    record NotFinite(KernelTarget target) implements Trial {}

    /// A size or a subscript that cannot be.
    record Broken(Diagnostic diagnostic) implements Trial {}

    /// More than fits into memory.
    record TooLarge(Diagnostic diagnostic) implements Trial {}
  }

  /// `kernel` bound to `data`, and one evaluation of everything, where coordinates are 0; at other places too where that
  /// comes upon something that cannot be, which is the data's fault only if it is so everywhere.
  ///
  /// @param replicates whether these, too, are evaluated: with all data a few times in memory
  public Trial trial(Kernel kernel, Dataset data, boolean replicates) {
    var random = new SplittableRandom(0);
    long[] size = {0, 0};
    try {
      var bound = kernel.bind(slots(data));
      var target = target(bound, data);
      var faults = new double[2];
      bound.check(faults);
      if (faults[0] != 0) return new Trial.NotFinite(target);
      size = new long[] {target.dimension(), target.outputSize()};
      var trial = trial(bound, target, new double[target.dimension()], replicates);
      for (int i = 0; i < PLACES && trial instanceof Trial.Broken; i++) {
        var q = new double[target.dimension()];
        target.start(random, q);
        if (!(trial(bound, target, q, replicates) instanceof Trial.Broken)) trial = new Trial.NotFinite(target);
      }
      if (trial instanceof Trial.Finite) Release.of(bound, inputs, data, Release.LARGE);
      return trial;
    } catch (TooLargeException e) {
      return new Trial.TooLarge(Diagnostic.error("E0902", "with these data %s", e.getMessage()));
    } catch (OutOfMemoryError e) {
      return new Trial.TooLarge(Diagnostic.error("E0902", "with these data memory runs out: the model has %d coordinates and "
          + "reports %d numbers, %s for a single draw of them, and Java may use %s", size[0], size[1],
          Memory.of(size[0] + size[1]), Memory.limit()).help("%s", Memory.advice()));
    } catch (SubscriptException | SizeException | ArithmeticException e) {
      return broken(e);
    }
  }

  private static Trial trial(Kernel bound, KernelTarget target, double[] q, boolean replicates) {
    try {
      double density = bound.logDensity(q);
      drawn(() -> bound.constrain(q, new double[target.outputSize()], new SplittableRandom(0)));
      if (replicates) drawn(() -> bound.fork().predict(q, new double[target.replicated()], new SplittableRandom(0)));
      return Double.isFinite(density) ? new Trial.Finite(target) : new Trial.NotFinite(target);
    } catch (SubscriptException | ArithmeticException e) {
      return broken(e);
    }
  }

  /// Where no draw can be made of some unknowns, others may allow one.
  private static void drawn(Runnable draws) {
    try {
      draws.run();
    } catch (NoDrawException e) {
      // What is drawn there is no number.
    }
  }

  private static Trial.Broken broken(RuntimeException e) {
    return new Trial.Broken(Diagnostic.error("E0723", "with these data %s", e.getMessage()));
  }

  /// What goes into the data slots of the class.
  public Object[] slots(Dataset data) {
    return inputs.stream().map(i -> value(i, data)).toArray();
  }

  private static int ranks(List<Output> outputs) {
    return outputs.stream().mapToInt(o -> o.domains.size()).sum();
  }

  private static Object value(Input input, Dataset data) {
    return switch (input) {
      case Input.Column(var slot) -> data.columns().get(slot).values();
      case Input.SizeOf(var domain) -> new int[] {data.sizes().get(domain)};
      case Input.Position(var factor, var label, _) -> new int[] {data.lookup().position(factor, label)};
      case Input.Gaps(var slot) -> ranks(missing(slot, data));
      case Input.GapCount(var slot) -> {
        int n = 0;
        for (boolean b : missing(slot, data)) if (b) n++;
        yield new int[] {n};
      }
    };
  }

  private static boolean[] missing(Schema.Slot slot, Dataset data) {
    var column = data.columns().get(slot);
    return column.missing().orElseGet(() -> new boolean[Arrays.stream(column.dims()).reduce(1, (a, b) -> a * b)]);
  }

  private static int[] ranks(boolean[] missing) {
    var ranks = new int[missing.length];
    for (int i = 0, n = 0; i < ranks.length; i++) ranks[i] = missing[i] ? ++n : 0;
    return ranks;
  }

  private static List<Quantity> quantities(List<Output> outputs, Dataset data, double[] extents, int from) {
    var quantities = new ArrayList<Quantity>();
    int next = from;
    for (var o : outputs) {
      var dims = new ArrayList<Integer>();
      for (int d = 0; d < o.domains.size(); d++) dims.add((int) extents[next++]);
      var labels = o.gaps.map(slot -> List.of(Optional.of(gapLabels(slot, data)))).orElseGet(() ->
          o.domains.stream().map(d -> d.map(domain -> data.levels().get(domain))).toList());
      quantities.add(new Quantity(o.name, dims, labels, o.role, o.integer));
    }
    return quantities;
  }

  private static List<String> gapLabels(Schema.Slot slot, Dataset data) {
    var column = data.columns().get(slot);
    var missing = missing(slot, data);
    var whole = new Quantity("", Arrays.stream(column.dims()).boxed().toList(),
        Collections.nCopies(column.dims().length, Optional.empty()), Quantity.Role.UNKNOWN, false);
    var labels = new ArrayList<String>();
    for (int i = 0; i < missing.length; i++)
      if (missing[i]) labels.add(whole.element(i).replaceAll("^\\[|\\]$", ""));
    return labels;
  }
}
