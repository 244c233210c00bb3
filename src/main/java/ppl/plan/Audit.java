package ppl.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.BrokenRule;
import ppl.ir.Build;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Stmt;
import ppl.lower.Model;
import ppl.lower.Slots;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.sum.SumOut;
import ppl.typed.Symbol;

/// What a model means with certain data, step by step in the reference interpreter, so that a mistake has a place.
public final class Audit {
  private final Model model;
  private Optional<BrokenRule> broken = Optional.empty();
  private final Interpreter interpreter = new Interpreter(RandomGenerator.of("L64X128MixRandom"));

  private Audit(Model model, Object[] slots) {
    this.model = model;
    for (int i = 0; i < slots.length; i++)
      interpreter.bind(model.slots().get(i).array(), Interpreted.values(model.slots().get(i).array(), slots[i]));
  }

  /// Arrays that the data ask to have fewer than no elements.
  public static List<Diagnostic> extents(Model model, Object[] slots) {
    var interpreter = new Audit(model, slots).interpreter;
    return Stream.concat(model.outputs().stream(), model.audit().settled().stream()).flatMap(o -> o.value().dims().stream().map(interpreter::evaluate).filter(n -> n < 0).limit(1)
        .map(n -> Diagnostic.error("E0723", o.symbol().span(), "with these data `%s` would have a dimension of %d elements",
            o.symbol(), n.intValue()).help("`a..b` has b - a + 1 elements: it may be empty, as `4..3` is, but not end earlier"))).toList();
  }

  /// Elements that are not given exactly once; cheap, since values are not computed.
  ///
  /// @param slots the values of the model's slots
  public static List<Diagnostic> counts(Model model, Object[] slots) {
    return model.audit().counts().isEmpty() ? List.of() : new Audit(model, slots).counts();
  }

  /// Sums over discrete unknowns that take too long.
  public static List<Diagnostic> sums(Model model, Object[] slots) {
    if (model.audit().sums().isEmpty()) return List.of();
    var interpreter = new Audit(model, slots).interpreter;
    return model.audit().sums().stream().flatMap(s -> SumOut.tooMany(s, interpreter.evaluate(s.terms())).stream()).toList();
  }

  /// The first subscript that lies outside its array when unknowns are where coordinates are 0; empty if none does.
  ///
  /// @param places where elements of data stand
  public static Optional<Diagnostic> subscript(Model model, Object[] slots, Places places) {
    var audit = new Audit(model, slots);
    return audit.subscript().map(d -> audit.broken.flatMap(BrokenRule::origin).map(o -> audit.source(d, o, places)).orElse(d));
  }

  /// Where the elements of data stand in files.
  @FunctionalInterface
  public interface Places {
    /// The file, and the row there; empty where that is not known.
    String of(Symbol data, int element);
  }

  /// Says which element of the data a subscript is, and how it can be declared.
  private Diagnostic source(Diagnostic error, BrokenRule.Origin o, Places places) {
    var column = model.slots().stream().filter(s -> s.array() == o.array()).findFirst();
    if (column.isEmpty() || !(column.get().source() instanceof Slots.Source.Column(var symbol))) return error;
    var place = places.of(symbol, o.at());
    var value = interpreter.values(o.array())[o.at()];
    var noted = error.note(symbol.span(), "%s%s is %.0f", place.isEmpty() ? "" : place + ": ", element(symbol, o.array(), o.at()), value);
    return model.unknowns().stream().filter(u -> u.array() == o.into() && o.exactly()).findFirst()
        .map(u -> noted.help("declare `%s`, which is tested as data are read", declaration(symbol, u.symbol().type().dims().get(o.along()).toString())))
        .orElse(noted);
  }

  private static String declaration(Symbol s, String most) {
    int rows = s.table().isPresent() ? 1 : 0;
    var dims = s.type().dims().stream().skip(rows).map(Object::toString).collect(Collectors.joining(", "));
    return (rows == 0 ? "data " : "") + s + " : int(1.." + most + ")" + (dims.isEmpty() ? "" : "[" + dims + "]");
  }

  private List<Diagnostic> counts() {
    var arrays = model.audit().counts().stream().map(Model.Count::array).toList();
    var found = new ArrayList<Diagnostic>();
    var reported = new ArrayList<String>();
    declare(model.audit().steps(), arrays, arrays.stream().<Stmt>map(a -> new Stmt.Fill(a, Exprs.ZERO)).toList());
    for (var step : model.audit().steps()) {
      var broken = run(step.block(), step.span());
      if (broken.isPresent()) return List.of(broken.get());
      for (var c : model.audit().counts()) twice(c, step.span(), reported).ifPresent(found::add);
    }
    for (var c : model.audit().counts()) never(c).ifPresent(found::add);
    return found;
  }

  private Optional<Diagnostic> twice(Model.Count c, Span span, List<String> reported) {
    var values = interpreter.values(c.array());
    for (int i = 0; i < values.length; i++)
      if (values[i] > 1) {
        if (reported.contains(c.symbol().name())) return Optional.empty();
        reported.add(c.symbol().name());
        return Optional.of(Diagnostic.error("E0721", span, "with these data %s is given more than once", element(c, i))
            .note(c.symbol().span(), "every element is given exactly once"));
      }
    return Optional.empty();
  }

  private Optional<Diagnostic> never(Model.Count c) {
    var values = interpreter.values(c.array());
    var missing = java.util.stream.IntStream.range(0, values.length).filter(i -> values[i] == 0).toArray();
    if (missing.length == 0) return Optional.empty();
    var more = missing.length == 1 ? "" : ", nor are " + (missing.length - 1) + " other elements";
    return Optional.of(Diagnostic.error("E0722", c.symbol().span(), "with these data %s is never given%s", element(c, missing[0]), more)
        .help("give every element once, by `=` or `~`"));
  }

  private String element(Model.Count c, int flat) {
    return element(c.symbol(), c.array(), flat);
  }

  private String element(Symbol symbol, Array array, int flat) {
    var dims = array.dims().stream().mapToInt(d -> (int) interpreter.evaluate(d)).toArray();
    var at = new String[dims.length];
    for (int d = dims.length - 1, rest = flat; d >= 0; rest /= dims[d--]) at[d] = Integer.toString(rest % dims[d] + 1);
    return "`" + symbol.name() + (at.length == 0 ? "`" : Arrays.stream(at).collect(Collectors.joining(", ", "[", "]`")));
  }

  private Optional<Diagnostic> subscript() {
    try {
      var q = new double[(int) interpreter.evaluate(model.position().dims().getFirst())];
      interpreter.bind(model.position(), q);
      declare(model.steps(), List.of(), List.of());
    } catch (BrokenRule e) {
      return Optional.of(Diagnostic.error("E0723", "%s", e.getMessage()));
    }
    for (var step : model.steps()) {
      var broken = run(step.block(), step.span());
      if (broken.isPresent()) return broken;
    }
    for (var o : model.audit().settled()) {
      var out = Array.computed(o.name(), o.value().kind(), o.value().dims());
      var broken = run(owned(List.of(Build.block(b -> b.fill(out, o.value())))), o.symbol().span());
      if (broken.isPresent()) return broken;
    }
    for (var r : model.replicates()) {
      var broken = run(owned(List.of(r.block())), r.output().symbol().span());
      if (broken.isPresent()) return broken;
    }
    if (model.generated().isEmpty()) return Optional.empty();
    return run(model.generate(), model.generated().getFirst().symbol().span());
  }

  /// Declares what steps write for each other.
  private void declare(List<Model.Step> steps, List<Array> more, List<Stmt> fills) {
    var shared = owned(steps.stream().map(Model.Step::block).toList()).arrays();
    Set<Array> own = Collections.newSetFromMap(new IdentityHashMap<>());
    steps.forEach(s -> own.addAll(s.block().arrays()));
    interpreter.run(new Stmt.Block(
        Stream.concat(more.stream(), shared.stream().filter(a -> !own.contains(a) && !more.contains(a))).toList(), fills));
  }

  private static Stmt.Block owned(List<Stmt.Block> blocks) {
    return Assemble.owning(blocks.stream().flatMap(b -> b.arrays().stream()).toList(),
        blocks.stream().<Stmt>flatMap(b -> b.statements().stream()).toList());
  }

  private Optional<Diagnostic> run(Stmt.Block block, Span span) {
    try {
      interpreter.run(block);
      return Optional.empty();
    } catch (BrokenRule | ArithmeticException e) {
      broken = e instanceof BrokenRule b ? Optional.of(b) : Optional.empty();
      return Optional.of(Diagnostic.error("E0723", span, "with these data %s%s", e.getMessage(), turn(span)));
    }
  }

  /// In which turn of the loops that a statement writes or stands for.
  private String turn(Span span) {
    var named = new ArrayList<String>();
    var position = new ArrayList<String>();
    for (var turn : interpreter.turns()) {
      var name = Pattern.quote(turn.getKey().name());
      boolean written = Pattern.compile("(?<![\\p{L}\\p{N}_])" + name + "\\s+in\\s").matcher(span.text()).find();
      if (written && position.isEmpty()) named.add(turn.getKey().name() + " is " + (turn.getValue() + 1));
      else position.add(String.valueOf(turn.getValue() + 1));
    }
    return (named.isEmpty() ? "" : ", where " + String.join(" and ", named))
        + (position.isEmpty() ? "" : ", in element " + String.join(", ", position));
  }
}
