package ppl.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Statements to regions and items; their expressions to nodes that have no place yet.
final class Lowering {
  private final Layout layout;
  private final Writes writes;
  private final Region routine = Region.routine();
  private final Graph graph = new Graph(routine);
  private final Bounds bounds = new Bounds();
  private final Memory memory;
  private final Translation translation;
  private final Set<Array> unopened = new LinkedHashSet<>();
  private Region region = routine;

  /// @param stored what stands for an expression, because it was computed before
  Lowering(Layout layout, Stmt.Block body, Map<Expr, Expr> stored) {
    this.layout = layout;
    this.writes = new Writes(body);
    this.memory = new Memory(graph, routine, writes, layout);
    this.translation = new Translation(graph, bounds, memory, writes, stored);
  }

  Graph graph() {
    return graph;
  }

  Writes writes() {
    return writes;
  }

  Region routine() {
    return routine;
  }

  /// The body of a routine, and the return of its target.
  void routine(Stmt.Block body) {
    start();
    block(body);
    new Item(new Item.Act.Return(), routine, List.of(memory.read(Array.TARGET, graph.integer(0))));
  }

  /// What depends on data alone; `prepared` is kept.
  void prepare(Stmt.Block body, List<Array> prepared) {
    start();
    block(new Stmt.Block(Stream.concat(prepared.stream(), body.arrays().stream()).toList(), body.statements()));
    memory.flush(prepared, routine);
  }

  /// The body of a loop that is handed out.
  void part(Part part) {
    start();
    part.reads().forEach(this::extents);
    part.writes().forEach(this::extents);
    block(part.body());
  }

  private void start() {
    layout.bound().forEach(this::extents);
    memory.open(Array.TARGET, routine);
    memory.write(Array.TARGET, graph.integer(0), graph.real(0), routine);
  }

  /// An act without operands.
  void act(Item.Act act) {
    new Item(act, routine, List.of());
  }

  /// The storage of `array`, made or compared. What grows is empty at first.
  void storage(Item.Act act, Array array) {
    new Item(act, routine, layout.grows(array) ? List.of(graph.integer(0)) : dims(array));
  }

  private List<Node> dims(Array array) {
    return array.dims().stream().map(translation::value).toList();
  }

  private void block(Stmt.Block block) {
    for (var a : block.arrays())
      if (a.varies()) unopened.add(a);
      else {
        extents(a);
        memory.open(a, region);
      }
    for (var s : block.statements()) {
      if (!(s instanceof Stmt.Block)) unopened.removeIf(a -> grow(a, s));
      statement(s);
    }
    block.arrays().forEach(unopened::remove);
  }

  /// An array whose extents vary begins to exist before the first statement that has to do with it.
  private boolean grow(Array array, Stmt before) {
    if (!Stmts.touches(before, array)) return false;
    translation.next();
    extents(array);
    memory.open(array, region);
    new Item(new Item.Act.Grow(array), region, dims(array));
    return true;
  }

  private void extents(Array array) {
    dims(array).forEach(bounds::extent);
  }

  private void statement(Stmt statement) {
    translation.next();
    switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) -> write(a, at, translation.value(value));
      case Stmt.Add(Array a, var at, Expr value) -> add(a, at, value);
      case Stmt.Fill(Array a, Expr value) -> memory.fill(
          a, translation.value(value), Optional.of(a).filter(Array::varies).map(this::dims), region);
      case Stmt.For loop -> loop(loop);
      case Stmt.If choice -> choice(choice);
      case Stmt.Call call -> call(call);
      case Stmt.Draw draw -> draw(draw);
      case Stmt.Block block -> block(block);
    }
  }

  private void write(Array array, List<Expr> at, Node value) {
    memory.write(array, flat(array, at), value, region);
  }

  private void add(Array array, List<Expr> at, Expr value) {
    var flat = flat(array, at);
    var increment = translation.value(value);
    memory.write(array, flat, graph.apply(Prim.ADD, memory.read(array, flat), increment), region);
  }

  private Node flat(Array array, List<Expr> at) {
    return translation.flat(array, at.stream().map(translation::value).toList());
  }

  private void draw(Stmt.Draw draw) {
    var args = new ArrayList<Node>();
    for (var a : draw.args()) args.add(translation.value(a));
    var result = graph.result(draw.sampler().result(), region);
    new Item(new Item.Act.Draw(draw.sampler(), result), region, args);
    write(draw.array(), draw.at(), result);
  }

  private void call(Stmt.Call call) {
    var operands = new ArrayList<Node>();
    call.inputs().forEach(a -> operands.add(graph.ref(a)));
    call.outputs().forEach(a -> operands.add(graph.ref(a)));
    call.sizes().forEach(s -> operands.add(translation.value(s)));
    var item = new Item(new Item.Act.Call(call.op(), call.inputs(), call.outputs()), region, operands);
    call.outputs().forEach(a -> memory.written(a, item));
  }

  private void loop(Stmt.For loop) {
    layout.part(loop.index()).ifPresentOrElse(part -> share(part, loop.to()), () -> inside(loop));
  }

  /// The body is a method of its own.
  private void share(Part part, Expr count) {
    var operands = new ArrayList<>(List.of(translation.value(count)));
    part.arguments().forEach(a -> operands.add(graph.ref(a)));
    var item = new Item(new Item.Act.Share(part), region, operands);
    part.writes().forEach(a -> memory.written(a, item));
  }

  private void inside(Stmt.For loop) {
    var from = translation.value(loop.from());
    var to = translation.value(loop.to());
    var written = writes.in(loop.body());
    var outer = region;
    memory.flush(written, outer);
    var variable = graph.variable(loop.index().name());
    var item = new Item(new Item.Act.Loop(variable, loop.reverse()), outer, List.of(from, to));
    var guard = Region.guard(outer, item);
    var body = Region.body(guard, variable);
    item.enclose(guard, body);
    bounds.loop(variable, from, to);
    var outside = memory.enterLoop(written, item, body);
    region = body;
    translation.enterStatements(loop.index(), variable);
    block(loop.body());
    memory.flush(written, body);
    translation.leave();
    region = outer;
    memory.leave(outside, outer);
  }

  private void choice(Stmt.If choice) {
    var written = writes.in(choice);
    var outer = region;
    var condition = translation.value(choice.condition());
    memory.flush(written, outer);
    var item = new Item(new Item.Act.Choice(), outer, List.of(condition));
    var yes = Region.arm(outer, item);
    var no = Region.arm(outer, item);
    item.enclose(yes, no);
    var outside = memory.enterArm(written, item, yes);
    for (var a : layout.conditional().first(choice)) new Item(new Item.Act.Grow(a), yes, dims(a));
    arm(choice.then(), yes, written);
    memory.nextArm(outside, no);
    arm(choice.otherwise(), no, written);
    region = outer;
    memory.leave(outside, outer);
  }

  private void arm(Stmt.Block block, Region arm, Set<Array> written) {
    region = arm;
    translation.enterStatements();
    block(block);
    memory.flush(written, arm);
    translation.leave();
  }
}
