package ppl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The slow obvious meaning of index notation: what compiled code has to agree with.
///
/// Every rule is checked: subscripts in bounds, elements assigned before they are read and only once, data never
/// written. A broken rule is an [IllegalStateException] that names array and subscripts. Whole numbers are doubles.
public final class Interpreter {
  /// What may still happen to an element.
  private enum State { UNASSIGNED, GIVEN, SET, ACCUMULATING }

  private record Storage(int[] dims, double[] values, State[] states) {}

  private final RandomGenerator random;
  private final Map<Array, Supplier<double[]>> bound = new IdentityHashMap<>();
  private final Map<Array, Storage> storage = new IdentityHashMap<>();
  private final Set<Array> opening = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Index, Integer> indices = new IdentityHashMap<>();
  private final Deque<Index> turns = new ArrayDeque<>();
  private Set<Array> watched = Set.of();
  private Consumer<Array> seen = a -> {};
  private final Evaluator evaluator = new Evaluator();

  public Interpreter(RandomGenerator random) {
    this.random = random;
  }

  /// Gives the elements of a data or argument array, row-major; an argument is written in place and may be longer than
  /// the array.
  public Interpreter bind(Array array, double... values) {
    return bind(array, () -> values);
  }

  /// Gives the elements of a data or argument array, which are asked for when the array is first read.
  public Interpreter bind(Array array, Supplier<double[]> values) {
    if (array.role() != Array.Role.DATA && array.role() != Array.Role.ARGUMENT)
      throw new IllegalArgumentException(array + " is not bound from outside");
    bound.put(array, values);
    storage.remove(array);
    return this;
  }

  /// Calls `seen` whenever anything but 0 is added to one of `arrays`; values and indices are then those of that place.
  public Interpreter watch(Set<Array> arrays, Consumer<Array> seen) {
    this.watched = arrays;
    this.seen = seen;
    return this;
  }

  /// The loops under way, outermost first, each with its index counted from 0: where a rule was broken.
  public List<Map.Entry<Index, Integer>> turns() {
    var all = new ArrayList<Map.Entry<Index, Integer>>();
    turns.descendingIterator().forEachRemaining(i -> all.add(Map.entry(i, indices.get(i))));
    return all;
  }

  /// Runs `block` from a target of 0 and gives the target back. The block's own arrays stay readable.
  public double run(Stmt.Block block) {
    turns.clear();
    storage.put(Array.TARGET, new Storage(new int[0], new double[1], new State[] {State.ACCUMULATING}));
    for (var a : bound.keySet()) if (a.role() == Array.Role.ARGUMENT) storage.remove(a);
    open(block);
    block.statements().forEach(this::execute);
    return storage.get(Array.TARGET).values()[0];
  }

  /// The elements of an array after [#run]; those never assigned are NaN.
  public double[] values(Array array) {
    return of(array).values();
  }

  /// The value of an expression without free index variables.
  public double evaluate(Expr e) {
    return evaluator.value(e);
  }

  /// An array whose extents vary begins where it is first used.
  private void open(Stmt.Block block) {
    for (var a : block.arrays())
      if (a.varies()) {
        storage.remove(a);
        opening.add(a);
      } else storage.put(a, allocate(a));
  }

  private Storage allocate(Array a) {
    var dims = a.dims().stream().mapToInt(this::integer).toArray();
    int size = 1;
    for (int d : dims) {
      if (d < 0) throw new BrokenRule(a + " has a negative extent: " + d);
      size *= d;
    }
    var given = bound.containsKey(a) ? bound.get(a).get() : null;
    if (given != null && (a.role() == Array.Role.DATA ? given.length != size : given.length < size))
      throw new IllegalStateException(a + " needs " + size + " elements, not " + given.length);
    var states = new State[size];
    Arrays.fill(states, given == null ? State.UNASSIGNED : State.GIVEN);
    var values = given != null ? given : new double[size];
    if (given == null) Arrays.fill(values, Double.NaN);
    return new Storage(dims, values, states);
  }

  private Storage of(Array a) {
    var s = storage.get(a);
    if (s != null) return s;
    if (!opening.remove(a) && !bound.containsKey(a)) throw new IllegalStateException(a + " is neither bound nor declared here");
    s = allocate(a);
    storage.put(a, s);
    return s;
  }

  private void execute(Stmt statement) {
    switch (statement) {
      case Stmt.Set(Array a, var at, Expr value) -> set(a, at, evaluator.value(value));
      case Stmt.Add(Array a, var at, Expr value) -> add(a, at, evaluator.value(value));
      case Stmt.Fill(Array a, Expr value) -> fill(a, evaluator.value(value));
      case Stmt.For loop -> loop(loop);
      case Stmt.If(Expr condition, var then, var otherwise) ->
          execute(evaluator.value(condition) != 0 ? then : otherwise);
      case Stmt.Call call -> call(call);
      case Stmt.Draw(Sampler s, Array a, var at, var args) ->
          set(a, at, s.value().draw(random, args.stream().mapToDouble(evaluator::value).toArray()));
      case Stmt.Block block -> {
        open(block);
        block.statements().forEach(this::execute);
        block.arrays().forEach(storage::remove);
      }
    }
  }

  private void loop(Stmt.For loop) {
    int from = integer(loop.from());
    int to = integer(loop.to());
    turns.push(loop.index());
    for (int n = 0; n < to - from; n++) {
      indices.put(loop.index(), loop.reverse() ? to - 1 - n : from + n);
      execute(loop.body());
    }
    turns.pop();
    indices.remove(loop.index());
  }

  private void set(Array a, List<Expr> at, double value) {
    var s = writable(a);
    int k = offset(a, s, at);
    if (s.states()[k] == State.SET || s.states()[k] == State.ACCUMULATING)
      throw broken("second assignment to", a, s, k);
    s.values()[k] = value;
    s.states()[k] = State.SET;
  }

  private void add(Array a, List<Expr> at, double value) {
    var s = writable(a);
    int k = offset(a, s, at);
    if (s.states()[k] == State.SET || s.states()[k] == State.UNASSIGNED) throw broken("addition to", a, s, k);
    s.values()[k] += value;
    s.states()[k] = State.ACCUMULATING;
    if (value != 0 && watched.contains(a)) seen.accept(a);
  }

  private void fill(Array a, double value) {
    var s = writable(a);
    for (int k = 0; k < s.states().length; k++) {
      if (s.states()[k] == State.SET) throw broken("fill of assigned", a, s, k);
      s.values()[k] = value;
      s.states()[k] = State.ACCUMULATING;
    }
  }

  private void call(Stmt.Call call) {
    var inputs = new double[call.inputs().size()][];
    for (int n = 0; n < inputs.length; n++) inputs[n] = assigned(call.inputs().get(n), n == 0 && call.op().lower());
    var outputs = call.outputs().stream().map(a -> writable(a).values()).toArray(double[][]::new);
    call.op().run().run(random, inputs, outputs, call.sizes().stream().mapToInt(this::integer).toArray());
    for (var a : call.outputs()) written(a);
  }

  /// @param lower whether nothing above the diagonal of a square matrix is wanted
  private double[] assigned(Array a, boolean lower) {
    var s = of(a);
    for (int k = 0; k < s.states().length; k++)
      if (s.states()[k] == State.UNASSIGNED && !(lower && k % s.dims()[1] > k / s.dims()[1]))
        throw broken("call reads unassigned", a, s, k);
    return s.values();
  }

  private void written(Array a) {
    var s = of(a);
    for (int k = 0; k < s.states().length; k++) {
      if (s.states()[k] == State.SET) throw broken("second assignment to", a, s, k);
      if (s.states()[k] != State.ACCUMULATING) s.states()[k] = State.SET;
    }
  }

  private Storage writable(Array a) {
    if (a.role() == Array.Role.DATA) throw new IllegalStateException("data " + a + " are written");
    return of(a);
  }

  private int integer(Expr e) {
    return (int) evaluator.value(e);
  }

  private int offset(Array a, Storage s, List<Expr> at) {
    return offset(a, s, at.stream().mapToInt(this::integer).toArray());
  }

  private static int offset(Array a, Storage s, int[] at) {
    int offset = 0;
    for (int d = 0; d < at.length; d++) {
      if (at[d] < 0 || at[d] >= s.dims()[d])
        throw new BrokenRule("subscript " + (at[d] + 1L) + " in dimension " + (d + 1) + " of " + a
            + " is outside 1.." + s.dims()[d] + (at[d] < 0 ? "; indices start at 1" : ""));
      offset = offset * s.dims()[d] + at[d];
    }
    return offset;
  }

  private static IllegalStateException broken(String what, Array a, Storage s, int offset) {
    var at = new ArrayList<String>();
    for (int d = s.dims().length - 1, k = offset; d >= 0; k /= s.dims()[d--]) at.add(0, "" + k % s.dims()[d]);
    return new IllegalStateException(what + " " + a + at);
  }

  /// Evaluates shared graphs: each node once for each value of the innermost reduction variable that it depends on.
  private final class Evaluator {
    private final Graph.Free free = new Graph.Free();

    /// A reduction under way and what is known in its present iteration; the first stands for none.
    private record Level(Index index, Map<Expr, Double> known) {}

    double value(Expr root) {
      switch (root) {
        case Expr.Int(int n) -> {
          return n;
        }
        case Expr.Real(double x) -> {
          return x;
        }
        case Expr.Var(Index i) -> {
          return index(i);
        }
        default -> {
          var levels = new ArrayList<Level>();
          levels.add(new Level(null, new IdentityHashMap<>()));
          return value(root, levels);
        }
      }
    }

    private double value(Expr root, List<Level> levels) {
      var stack = new ArrayDeque<Expr>();
      stack.push(root);
      while (!stack.isEmpty()) {
        var e = stack.peek();
        var known = level(e, levels).known();
        int before = stack.size();
        if (!known.containsKey(e)) {
          for (var c : wanted(e, levels)) if (!level(c, levels).known().containsKey(c)) stack.push(c);
          if (stack.size() > before) continue;
          known.put(e, compute(e, levels));
        }
        stack.pop();
      }
      return known(root, levels);
    }

    private Level level(Expr e, List<Level> levels) {
      var variables = free.of(e);
      for (int l = levels.size() - 1; l > 0; l--) if (variables.contains(levels.get(l).index())) return levels.get(l);
      return levels.get(0);
    }

    private double known(Expr e, List<Level> levels) {
      return level(e, levels).known().get(e);
    }

    /// The operands that are certainly needed, as far as is known by now.
    private List<Expr> wanted(Expr e, List<Level> levels) {
      return switch (e) {
        case Expr.Reduce r -> List.of(r.from(), r.to());
        case Expr.Select(Expr c, Expr yes, Expr no) -> {
          var chosen = level(c, levels).known().get(c);
          yield chosen == null ? List.of(c) : List.of(chosen != 0 ? yes : no);
        }
        case Expr.Int n -> List.of();
        case Expr.Real x -> List.of();
        case Expr.Var i -> List.of();
        case Expr.Read r -> r.at();
        case Expr.Apply a -> a.args();
      };
    }

    private double compute(Expr e, List<Level> levels) {
      return switch (e) {
        case Expr.Int(int n) -> n;
        case Expr.Real(double x) -> x;
        case Expr.Var(Index i) -> index(i);
        case Expr.Read(Array a, var at) -> {
          try {
            yield read(a, at.stream().mapToInt(s -> (int) known(s, levels)).toArray());
          } catch (BrokenRule broken) {
            throw new BrokenRule(broken.getMessage(), origin(a, at, levels));
          }
        }
        case Expr.Apply(Prim p, var args) ->
            p.value().apply(args.stream().mapToDouble(x -> known(x, levels)).toArray());
        case Expr.Select(Expr c, Expr yes, Expr no) -> known(known(c, levels) != 0 ? yes : no, levels);
        case Expr.Reduce r -> reduce(r, levels);
      };
    }

    /// The element of data that the first subscript outside an array comes from.
    private Optional<BrokenRule.Origin> origin(Array into, List<Expr> at, List<Level> levels) {
      var dims = of(into).dims();
      for (int d = 0; d < dims.length; d++) {
        int subscript = (int) known(at.get(d), levels);
        if (subscript < 0 || subscript >= dims[d]) return origin(at.get(d), into, d, levels);
      }
      return Optional.empty();
    }

    private Optional<BrokenRule.Origin> origin(Expr subscript, Array into, int along, List<Level> levels) {
      var reads = reads(subscript).toList();
      if (reads.size() != 1 || reads.getFirst().array().role() != Array.Role.DATA) return Optional.empty();
      var read = reads.getFirst();
      int flat = offset(read.array(), of(read.array()), read.at().stream().mapToInt(s -> (int) known(s, levels)).toArray());
      boolean exactly = known(subscript, levels) == known(read, levels) - 1;
      return Optional.of(new BrokenRule.Origin(read.array(), flat, into, along, exactly));
    }

    private static Stream<Expr.Read> reads(Expr e) {
      return switch (e) {
        case Expr.Read r -> Stream.of(r);
        case Expr.Apply a -> a.args().stream().flatMap(Evaluator::reads);
        case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Select _, Expr.Reduce _ -> Stream.empty();
      };
    }

    private double reduce(Expr.Reduce r, List<Level> levels) {
      int from = (int) known(r.from(), levels);
      int to = (int) known(r.to(), levels);
      double result = r.body().kind() == Kind.INT ? (int) r.reducer().unit() : r.reducer().unit();
      var outside = indices.get(r.index());
      for (int i = from; i < to; i++) {
        indices.put(r.index(), i);
        levels.add(new Level(r.index(), new IdentityHashMap<>()));
        var next = value(r.body(), levels);
        result = r.body().kind() == Kind.INT ? r.reducer().combineWholes((int) result, (int) next) : r.reducer().combine(result, next);
        levels.removeLast();
      }
      if (outside == null) indices.remove(r.index());
      else indices.put(r.index(), outside);
      return result;
    }

    private double index(Index i) {
      var value = indices.get(i);
      if (value == null) throw new IllegalStateException("index " + i + " has no value here");
      return value;
    }

    private double read(Array a, int[] at) {
      var s = of(a);
      int offset = offset(a, s, at);
      if (s.states()[offset] == State.UNASSIGNED) throw broken("read of unassigned", a, s, offset);
      return s.values()[offset];
    }
  }
}
