package ppl.emit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Guards;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.runtime.Kernel;
import ppl.tile.Shape;
import ppl.tile.Tiles;

/// From a [Unit] to a class that implements `ppl.runtime.Kernel`.
public final class Emit {
  private static final String KERNEL = "ppl/runtime/Kernel";
  /// Arrays whose size one method counts.
  private static final int MOST_COUNTED = 200;

  private final Unit unit;
  private final Layout layout;
  private final Asm asm;
  private final Optional<Release> release;

  private final int most;
  private final Map<Expr, Expr> stored;
  private final Scratch scratch;
  private final Set<Array> delayed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Array> brief = new LinkedHashSet<>();

  private final List<Part> parts;
  private final Array place = Array.computed("part", Kind.INT, List.of());

  private Emit(Unit given, Class<? extends Kernel> type, int most, Shape shape) {
    var precomputed = Precompute.of(Guards.dropped(given));
    this.stored = precomputed.stored();
    var tiled = Tiles.of(precomputed.unit(), stored, shape);
    var bodies = Part.of(tiled.unit(), tiled.parts(), place);
    this.parts = bodies.values().stream().sorted(Comparator.comparingInt(Part::number)).toList();
    this.unit = parts.isEmpty() ? tiled.unit() : with(place, tiled.unit());
    this.most = most;
    this.layout = new Layout(unit, bodies, tiled.held());
    this.scratch = Scratch.of(unit);
    var interfaces = new ArrayList<>(List.of(type.getName().replace('.', '/')));
    if (!parts.isEmpty()) interfaces.add(Part.DIVIDED);
    if (!tiled.held().isEmpty()) interfaces.add(Release.RESTORING);
    this.asm = new Asm(unit.name().replace('.', '/'), interfaces.toArray(String[]::new));
    this.release = tiled.held().isEmpty() ? Optional.empty() : Optional.of(new Release(asm, layout, unit.data(), tiled.held()));
  }

  /// The unit with a number that stands while a routine runs.
  private static Unit with(Array number, Unit unit) {
    var prepared = new ArrayList<>(unit.prepared());
    prepared.add(number);
    return new Unit(unit.name(), unit.data(), prepared, unit.prepare(), unit.routines());
  }

  /// The class file of a unit. Routines of `Kernel` that the unit lacks throw [UnsupportedOperationException]; those
  /// of other names become public methods of the class.
  ///
  /// @throws IllegalStateException if the class breaks a limit of the JVM, which the message names
  public static byte[] toClass(Unit unit) {
    return toClass(unit, Split.MOST, Shape.USUAL);
  }

  /// The class file of a unit that implements `type`, an interface beside `Kernel` whose methods the unit has all.
  public static byte[] toClass(Unit unit, Class<? extends Kernel> type) {
    return toClass(unit, type, Split.MOST, Shape.USUAL);
  }

  /// The same with loops of a shape.
  public static byte[] toClass(Unit unit, Class<? extends Kernel> type, Shape shape) {
    return toClass(unit, type, Split.MOST, shape);
  }

  /// @param most estimated bytes of a method, beyond which it is split
  static byte[] toClass(Unit unit, int most) {
    return toClass(unit, most, Shape.USUAL);
  }

  static byte[] toClass(Unit unit, int most, Shape shape) {
    return toClass(unit, Kernel.class, most, shape);
  }

  static byte[] toClass(Unit unit, Class<? extends Kernel> type, int most, Shape shape) {
    var emit = new Emit(unit, type, most, shape);
    emit.constructor();
    emit.routines();
    emit.still();
    emit.parts();
    emit.preparation();
    emit.binding();
    emit.fork();
    if (!emit.parts.isEmpty()) {
      emit.helper();
      emit.sizes();
    }
    emit.release.ifPresent(Release::write);
    emit.fields();
    return emit.asm.finish();
  }

  private void constructor() {
    var out = asm.method(true, "<init>", "()V");
    out.self();
    out.construct("java/lang/Object");
    out.finish(Optional.empty());
  }

  private void routines() {
    var missing = new ArrayList<>(List.of("extents", "check", "logDensity", "gradient", "constrain", "predict"));
    for (var r : unit.routines()) {
      missing.remove(r.name());
      var late = scratch.late(r, layout);
      Routine.of(late.isEmpty() ? r.name() : inner(r), Signature.of(r), Optional.of(Kind.REAL), layout, most, r.body(),
          List.of(), stored, l -> l.routine(r.body())).write(asm, layout, late.isEmpty());
      var roomy = late.stream().filter(layout.storages()::contains).toList();
      if (!late.isEmpty()) entrance(r, roomy);
      delayed.addAll(roomy);
    }
    for (var name : missing) {
      var arrays = name.equals("logDensity") || name.equals("extents") || name.equals("check") ? "[D" : "[D[D";
      var random = name.equals("constrain") || name.equals("predict") ? Signature.RANDOM : "";
      asm.method(true, name, "(" + arrays + random + ")D").refuse();
    }
  }

  /// `draws`, where nothing is drawn for what is reported.
  private void still() {
    var body = unit.routines().stream().filter(r -> r.name().equals("constrain")).map(Unit.Routine::body).findFirst();
    if (body.isEmpty() || draws(body.get())) return;
    var out = asm.method(true, "draws", "()Z");
    out.constant(0);
    out.finish(Optional.of(Kind.INT));
  }

  private static boolean draws(Stmt.Block body) {
    var drawn = new ArrayList<Stmt>();
    Stmts.walk(body, s -> {
      if (s instanceof Stmt.Draw) drawn.add(s);
    });
    return !drawn.isEmpty();
  }

  /// What is filled when data are bound. Arrays that no routine has asked for are needed no longer than that.
  private void preparation() {
    var kept = List.copyOf(layout.storages());
    Routine.of("bind$prepare", Signature.NOTHING, Optional.empty(), layout, most, unit.prepare(), unit.prepared(), Map.of(),
        l -> l.prepare(unit.prepare(), unit.prepared())).write(asm, layout, false);
    layout.storages().stream().filter(a -> !layout.isData(a) && !kept.contains(a)).forEach(brief::add);
  }

  /// The bodies of loops that are handed out, and what runs one of them for a number: `part`. An instance makes room for
  /// what these need when it runs one for the first time.
  private void parts() {
    if (parts.isEmpty()) return;
    for (var part : parts)
      Routine.of(part.method(), Signature.NOTHING, Optional.empty(), layout, most, part.body(), part.writes(), stored,
          l -> l.part(part)).write(asm, layout, false);
    var own = layout.storages().stream().filter(a -> parts.stream().anyMatch(p -> p.own().contains(a))).toList();
    arrange("part$allocate", Signature.NOTHING, l -> own.forEach(a -> l.storage(new Item.Act.Allocate(a), a)));
    delayed.addAll(own);
    var arguments = parts.stream().flatMap(p -> p.arguments().stream()).distinct().toList();
    arrange("part$take", Signature.of(self()), l -> arguments.forEach(a -> l.act(new Item.Act.Copy(a))));
    asm.field(Part.LEADER, self());
    var out = asm.method(true, "part", "(II)V");
    out.self();
    out.load(Kind.INT, 2);
    out.put(layout.scalar(place), Asm.descriptor(Kind.INT));
    var leading = new Asm.Mark();
    out.self();
    out.get(Part.LEADER, self());
    out.jumpIfAbsent(leading);
    out.self();
    out.self();
    out.get(Part.LEADER, self());
    out.invoke("part$take", "(" + self() + ")V");
    out.mark(leading);
    if (!own.isEmpty()) makeRoom(out, "part$allocate");
    for (var part : parts) {
      var next = new Asm.Mark();
      out.load(Kind.INT, 1);
      out.constant(part.number());
      out.jumpOfTwo(Asm.When.NE, next);
      out.self();
      out.invoke(part.method(), "()V");
      out.mark(next);
    }
    out.finish(Optional.empty());
  }

  /// Calls `allocate` the first time.
  private void makeRoom(Asm.Code out, String allocate) {
    var done = allocate + "$done";
    var flag = Asm.descriptor(Kind.INT);
    asm.field(done, flag);
    var ready = new Asm.Mark();
    out.self();
    out.get(done, flag);
    out.constant(0);
    out.jumpOfTwo(Asm.When.NE, ready);
    out.self();
    out.invoke(allocate, "()V");
    out.self();
    out.constant(1);
    out.put(done, flag);
    out.mark(ready);
  }

  /// Another instance that shares all arrays around loops that are handed out, and takes the arguments of what it helps
  /// with from this one; and who runs these.
  private void helper() {
    var shared = new LinkedHashSet<>(unit.data());
    shared.addAll(unit.prepared());
    layout.storages().stream().filter(a -> !delayed.contains(a) && !isArgument(a)).forEach(shared::add);
    another("helper", "()" + Part.DIVIDED_TYPE, shared, false, out -> {
      out.loadReference(1);
      out.self();
      out.put(Part.LEADER, self());
    });
    asm.field(Part.HANDS, Part.HANDS_TYPE);
    var out = asm.method(true, Part.HANDS, "(" + Part.HANDS_TYPE + ")V");
    out.self();
    out.loadReference(1);
    out.put(Part.HANDS, Part.HANDS_TYPE);
    out.finish(Optional.empty());
  }

  /// How large the arrays are that instances share, and those that each has for itself.
  private void sizes() {
    size("shared", layout.storages().stream().filter(layout::isShared).toList());
    size("own", layout.storages().stream().filter(a -> !layout.isShared(a) && !isArgument(a)).toList());
  }

  /// In methods of no more than [#MOST_COUNTED] arrays each.
  private void size(String method, List<Array> arrays) {
    var starts = IntStream.iterate(0, at -> at < arrays.size(), at -> at + MOST_COUNTED).boxed().toList();
    for (int at : starts) {
      var out = asm.method(true, method + "$" + at, "()J");
      out.longZero();
      for (var a : arrays.subList(at, Math.min(at + MOST_COUNTED, arrays.size()))) {
        out.self();
        out.get(layout.storage(a), MethodWriter.type(a));
        out.invokeStatic("ppl/runtime/Storage", "plus", "(J" + MethodWriter.type(a) + ")J");
      }
      out.finishLong();
    }
    var out = asm.method(true, method, "()J");
    out.longZero();
    for (int at : starts) {
      out.self();
      out.invoke(method + "$" + at, "()J");
      out.invokeStatic("java/lang/Long", "sum", "(JJ)J");
    }
    out.finishLong();
  }

  private static String inner(Unit.Routine routine) {
    return routine.name() + "$body";
  }

  /// The method that makes room for `late` where there is none, and hands over to the body.
  private void entrance(Unit.Routine routine, List<Array> late) {
    var allocate = routine.name() + "$allocate";
    arrange(allocate, Signature.NOTHING, l -> late.forEach(a -> l.storage(new Item.Act.Allocate(a), a)));
    var signature = Signature.of(routine);
    var descriptor = signature.descriptor(Optional.of(Kind.REAL));
    var out = asm.method(true, routine.name(), descriptor);
    makeRoom(out, allocate);
    for (int slot = 0; slot < signature.locals(); slot++) out.loadReference(slot);
    out.invoke(inner(routine), descriptor);
    out.finish(Optional.of(Kind.REAL));
  }

  /// `bind`: takes the data, checks their lengths, makes storage, fills what is prepared, and lets go what only that needed.
  private void binding() {
    var data = "[Ljava/lang/Object;";
    arrange("bind$take", Signature.of(data), l -> {
      for (int slot = 0; slot < unit.data().size(); slot++)
        l.act(new Item.Act.Take(unit.data().get(slot), slot));
    });
    arrange("bind$expect", Signature.NOTHING, l -> unit.data().stream().filter(a -> !layout.isCell(a))
        .forEach(a -> l.storage(new Item.Act.Expect(a), a)));
    arrange("bind$reserve", Signature.NOTHING, l -> Stream.concat(unit.prepared().stream(), brief.stream().filter(a -> !layout.isShared(a)))
        .filter(a -> !layout.isCell(a)).forEach(a -> l.storage(new Item.Act.Allocate(a), a)));
    arrange("bind$allocate", Signature.NOTHING, l -> List.copyOf(layout.storages()).stream()
        .filter(a -> !layout.isShared(a) && !isArgument(a) && !delayed.contains(a) && !brief.contains(a))
        .forEach(a -> l.storage(new Item.Act.Allocate(a), a)));
    arrange("bind$drop", Signature.NOTHING, l -> brief.forEach(a -> l.act(new Item.Act.Drop(a))));
    var out = asm.method(true, "bind", "(" + data + ")L" + KERNEL + ";");
    out.self();
    out.loadReference(1);
    out.invoke("bind$take", "(" + data + ")V");
    for (var step : List.of("bind$expect", "bind$reserve", "bind$allocate", "bind$prepare", "bind$drop")) {
      out.self();
      out.invoke(step, "()V");
    }
    out.self();
    out.finishReference();
  }

  private void fork() {
    var shared = new ArrayList<>(unit.data());
    shared.addAll(unit.prepared());
    another("fork", "()L" + KERNEL + ";", shared, true, _ -> {});
  }

  private static boolean isArgument(Array a) {
    return a.role() == Array.Role.ARGUMENT;
  }

  private String self() {
    return "L" + asm.name() + ";";
  }

  /// A method that gives another instance with the same arrays `shared`, and perhaps others of its own.
  ///
  /// @param more what else it gets, as local variable 1
  private void another(
      String method, String descriptor, Collection<Array> shared, boolean allocated, Consumer<Asm.Code> more) {
    arrange(method + "$share", Signature.of(self()),
        l -> shared.stream().filter(a -> !brief.contains(a)).forEach(a -> l.act(new Item.Act.Copy(a))));
    var out = asm.method(true, method, descriptor);
    out.create(asm.name());
    out.storeReference(1);
    out.loadReference(1);
    out.self();
    out.invoke(method + "$share", "(" + self() + ")V");
    release.ifPresent(r -> r.share(out));
    more.accept(out);
    if (allocated) {
      out.loadReference(1);
      out.invoke("bind$allocate", "()V");
    }
    out.loadReference(1);
    out.finishReference();
  }

  private void arrange(String name, Signature signature, Consumer<Lowering> statements) {
    Routine.of(name, signature, Optional.empty(), layout, most, Stmt.Block.EMPTY, List.of(), Map.of(), statements)
        .write(asm, layout, false);
  }

  private void fields() {
    for (Array a : layout.storages()) asm.field(layout.storage(a), MethodWriter.type(a));
    for (Array a : layout.scalars()) asm.field(layout.scalar(a), Asm.descriptor(a.kind()));
  }
}
