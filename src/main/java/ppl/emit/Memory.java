package ppl.emit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Prim;

/// What is known of every array at one point of a routine: which values were just written where, and since when its
/// storage is unchanged.
///
/// A value that was written is used directly when it is read again, so a scalar that is set once never exists in
/// memory. What was added to a scalar is stored only when a loop or a choice needs it there.
final class Memory {
  private static final class State {
    final int version;
    final Region since;
    /// Values by flat subscript.
    final Map<Node, Node> known;
    /// Whether all of `known` has constant subscripts.
    boolean constants = true;
    /// The value of every element that is not in `known`.
    Optional<Node> filled = Optional.empty();
    /// Whether a scalar's variable has not got its known value yet.
    boolean dirty;
    final List<Node> reads = new ArrayList<>(0);

    State(int version, Region since, Map<Node, Node> known) {
      this.version = version;
      this.since = since;
      this.known = known;
    }

    State(int version, Region since) {
      this(version, since, new HashMap<>());
    }

    void learn(Map<Node, Node> more) {
      known.putAll(more);
      constants = known.keySet().stream().allMatch(Node::isConstant);
    }
  }

  private final Graph graph;
  private final Region routine;
  private final Writes writes;
  private final Layout layout;
  private final Map<Array, State> states = new IdentityHashMap<>();
  private int versions;

  Memory(Graph graph, Region routine, Writes writes, Layout layout) {
    this.graph = graph;
    this.routine = routine;
    this.writes = writes;
    this.layout = layout;
  }

  /// The array begins to exist.
  void open(Array array, Region region) {
    states.put(array, new State(++versions, region));
  }

  private State state(Array array) {
    return states.computeIfAbsent(array, a -> new State(0, routine));
  }

  Node read(Array array, Node flat) {
    var s = state(array);
    var value = s.known.get(flat);
    if (value != null) return value;
    if (s.filled.isPresent() && flat.isConstant()) return s.filled.get();
    boolean changing = writes.changing(array);
    var node = layout.isCell(array)
        ? graph.cell(array, s.version, s.since)
        : graph.element(array, s.version, s.since, flat);
    if (changing) s.reads.add(node);
    return node;
  }

  /// An element gets a value; gives the statement that stores it, if it has to be stored at once.
  Optional<Item> write(Array array, Node flat, Node value, Region region) {
    var old = state(array);
    boolean kept = isStable(array) || flat.isConstant() && old.constants;
    var s = kept ? new State(++versions, region, old.known) : new State(++versions, region);
    states.put(array, s);
    if (flat.isConstant()) s.filled = old.filled;
    s.constants = flat.isConstant() && (!kept || old.constants);
    s.known.put(flat, value);
    if (layout.isCell(array)) {
      s.dirty = true;
      s.reads.addAll(old.reads);
      return Optional.empty();
    }
    var store = new Item(new Item.Act.Store(array), region, List.of(graph.ref(array), flat, value));
    overwrite(old, store);
    return Optional.of(store);
  }

  /// @param extents of the array, if its storage may be larger
  void fill(Array array, Node value, Optional<List<Node>> extents, Region region) {
    if (layout.isCell(array)) {
      write(array, graph.integer(0), value, region);
      return;
    }
    var old = state(array);
    var operands = extents.map(all -> all.stream().reduce(graph.integer(1), (a, b) -> graph.apply(Prim.IMUL, a, b)))
        .map(count -> List.of(graph.ref(array), graph.integer(0), count, value))
        .orElseGet(() -> List.of(graph.ref(array), value));
    overwrite(old, new Item(new Item.Act.Fill(array), region, operands));
    var s = new State(++versions, region);
    s.filled = Optional.of(value);
    states.put(array, s);
  }

  /// A statement wrote all sorts of elements.
  void written(Array array, Item by) {
    overwrite(state(array), by);
    states.put(array, new State(++versions, by.region));
  }

  /// Stores the scalars whose variables lag behind.
  void flush(Collection<Array> arrays, Region region) {
    for (var a : arrays) {
      var s = states.get(a);
      if (s == null || !s.dirty) continue;
      var value = s.known.get(graph.integer(0));
      overwrite(s, new Item(new Item.Act.StoreCell(a), region, List.of(value)));
      var stored = new State(++versions, region);
      stored.known.putAll(s.known);
      states.put(a, stored);
    }
  }

  private static void overwrite(State s, Item by) {
    for (var n : s.reads) if (n.overwrites.isEmpty() || n.overwrites.getLast() != by) n.overwrites.add(by);
  }

  /// Enters a loop's body, which may run after itself.
  Map<Array, Map<Node, Node>> enterLoop(Set<Array> written, Item loop, Region body) {
    var outside = new IdentityHashMap<Array, Map<Node, Node>>();
    for (var a : written) {
      var old = state(a);
      overwrite(old, loop);
      var s = new State(++versions, body);
      if (isStable(a)) s.known.putAll(old.known);
      outside.put(a, isStable(a) ? Map.copyOf(old.known) : Map.of());
      states.put(a, s);
    }
    return outside;
  }

  /// Enters one arm of a choice.
  Map<Array, Map<Node, Node>> enterArm(Set<Array> written, Item choice, Region arm) {
    var outside = new IdentityHashMap<Array, Map<Node, Node>>();
    for (var a : written) {
      var old = state(a);
      overwrite(old, choice);
      var s = new State(++versions, arm);
      s.learn(old.known);
      s.filled = old.filled;
      outside.put(a, Map.copyOf(old.known));
      states.put(a, s);
    }
    return outside;
  }

  /// Between the arms: what was known before the first holds again.
  void nextArm(Map<Array, Map<Node, Node>> outside, Region arm) {
    outside.forEach((a, known) -> {
      var s = new State(++versions, arm);
      s.learn(known);
      states.put(a, s);
    });
  }

  /// After a loop or a choice: of what it wrote, only single assignments made before it are still known.
  void leave(Map<Array, Map<Node, Node>> outside, Region region) {
    outside.forEach((a, known) -> {
      var s = new State(++versions, region);
      if (isStable(a)) s.known.putAll(known);
      states.put(a, s);
    });
  }

  /// Whether no element changes once it is set.
  private boolean isStable(Array a) {
    return !writes.changing(a);
  }
}
