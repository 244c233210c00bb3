package ppl.family;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.math.LogSpace;
import ppl.math.Softmax;
import ppl.runtime.Block;
import ppl.runtime.Crew;
import ppl.runtime.Portions;

/// Discrete values that are independent or depend in pairs which form a forest, such as chains: exact by belief
/// propagation from the leaves to the roots and back, in time proportional to the pairs' tables.
///
/// Messages are kept as logs. Sums over the values of a child are taken of exponentials relative to the largest term of
/// the table and of the message; where such a sum is so small that terms may have been lost, it is taken again in logs.
/// Trees need nothing of each other, nor do the exponentials of tables: both come in portions.
final class DiscreteForest implements Factor {
  private static final double LOST = 1e-250;
  /// About what an exponential and all that belongs to it take.
  private static final int NANOS = 7;
  /// About what a product and all that belongs to it take.
  private static final int PRODUCT = 1;

  /// Numbers whose exponentials are taken at once: they stay in the nearest cache.
  private static final int TOGETHER = 512;

  private final Block block;
  private final Block.Discrete shape;
  private final int n;
  /// Where each value's probabilities begin; one more at the end.
  private final int[] at;
  private final Edge[] edges;
  /// Values from roots to leaves; for each the edge to its parent, or -1.
  private final int[] order;
  private final int[] up;
  /// For each listed pair its edge and place there; edge -1 for pairs of a value with itself.
  private final int[] pairEdge;
  private final int[] pairPlace;
  private final double[] unary;
  private final double[] p;
  private final double[] belief;
  /// Natural parameters of the values alone.
  private double[] theta = {};
  /// Where trees begin in their order; one more at the end.
  private final int[] trees;
  /// Of each edge the greatest of its natural parameters.
  private final double[] peaks;
  /// Of values that are independent, or else of trees.
  private final Portions portions;
  private final Portions tables;
  private final Portions pairing;
  /// Of each portion.
  private final double[] totals;
  private final double[] entropies;
  private final double[] paired;
  private final Work[] works;
  private double logNormaliser;
  private double entropy;

  /// The pairs of one child with its parent.
  ///
  /// @param theta   their natural parameters, child's values by parent's
  /// @param joint   exp(theta - greatest), then probabilities
  /// @param message what the child's part of the tree says to the parent, in logs
  private record Edge(int child, int parent, double[] theta, double[] joint, double[] message) {}

  /// Room for the values of one element, twice; or of some elements that are independent.
  private record Work(double[] scratch, double[] log) {}

  DiscreteForest(Block block, Block.Discrete shape) {
    this.block = block;
    this.shape = shape;
    n = shape.categories().length;
    at = new int[n + 1];
    int most = 0;
    for (int i = 0; i < n; i++) {
      at[i + 1] = at[i] + shape.categories()[i];
      most = Math.max(most, shape.categories()[i]);
    }
    p = new double[at[n]];
    int pairs = shape.row().length;
    pairEdge = new int[pairs];
    pairPlace = new int[pairs];
    up = new int[n];
    Arrays.fill(up, -1);
    boolean free = pairs == 0;
    unary = new double[free ? 0 : at[n]];
    belief = new double[free ? 0 : at[n]];
    order = free ? new int[0] : new int[n];
    edges = free ? new Edge[0] : edges();
    trees = trees();
    peaks = new double[edges.length];
    long cells = Arrays.stream(edges).mapToLong(e -> e.theta.length).sum();
    long messages = Arrays.stream(edges).mapToLong(e -> e.message.length).sum();
    portions = edges.length == 0 ? Portions.of(n, (long) NANOS * at[n], this::weigh)
        : Portions.of(trees.length - 1, 2 * (PRODUCT * cells + NANOS * (at[n] + messages)), this::propagate);
    tables = Portions.of(edges.length, NANOS * cells, (_, from, to) -> exponentiate(from, to));
    pairing = Portions.of(edges.length, PRODUCT * cells, this::pair);
    totals = new double[portions.count()];
    entropies = new double[portions.count()];
    paired = new double[pairing.count()];
    works = new Work[portions.count()];
    int room = edges.length == 0 ? Math.min(at[n], TOGETHER) : most;
    for (int w = 0; w < works.length; w++) works[w] = new Work(new double[room], new double[room]);
  }

  private int[] trees() {
    var begins = IntStream.range(0, order.length).filter(o -> up[order[o]] < 0);
    return IntStream.concat(begins, IntStream.of(order.length)).toArray();
  }

  private Edge[] edges() {
    var ends = new LinkedHashMap<Long, Integer>();
    for (int k = 0; k < pairEdge.length; k++) {
      int i = shape.row()[k];
      int j = shape.column()[k];
      int next = ends.size();
      pairEdge[k] = i == j ? -1 : ends.computeIfAbsent(key(i, j), _ -> next);
    }
    var out = new Edge[ends.size()];
    orient(ends, out);
    for (int k = 0; k < pairEdge.length; k++) {
      if (pairEdge[k] < 0) continue;
      var e = out[pairEdge[k]];
      boolean straight = e.child == shape.row()[k];
      int child = straight ? shape.rowValue()[k] : shape.columnValue()[k];
      int parent = straight ? shape.columnValue()[k] : shape.rowValue()[k];
      pairPlace[k] = child * shape.categories()[e.parent] + parent;
    }
    return out;
  }

  private static long key(int i, int j) {
    return (long) Math.min(i, j) << 32 | Math.max(i, j);
  }

  /// Breadth first from the lowest value of each tree.
  private void orient(LinkedHashMap<Long, Integer> ends, Edge[] out) {
    var count = new int[n];
    ends.keySet().forEach(k -> {
      count[(int) (k >> 32)]++;
      count[(int) (long) k]++;
    });
    var near = new int[n][];
    for (int i = 0; i < n; i++) near[i] = new int[count[i]];
    ends.keySet().forEach(k -> {
      int i = (int) (k >> 32);
      int j = (int) (long) k;
      near[i][--count[i]] = j;
      near[j][--count[j]] = i;
    });
    var seen = new boolean[n];
    int filled = 0;
    for (int root = 0; root < n; root++) {
      if (seen[root]) continue;
      seen[root] = true;
      order[filled++] = root;
      for (int done = filled - 1; done < filled; done++) {
        int parent = order[done];
        for (int child : near[parent]) {
          int e = ends.get(key(parent, child));
          if (out[e] != null) continue;
          if (seen[child]) throw new IllegalArgumentException("the dependences between the values of "
              + block.members().getFirst().name() + " form a cycle through " + Elements.name(block, child));
          seen[child] = true;
          order[filled++] = child;
          int size = shape.categories()[child] * shape.categories()[parent];
          out[e] = new Edge(child, parent, new double[size], new double[size],
              new double[shape.categories()[parent]]);
          up[child] = e;
        }
      }
    }
  }

  @Override
  public Optional<String> set(double[] natural) {
    boolean finite = edges.length == 0 ? independent(natural) : propagate(natural);
    return finite ? Optional.empty()
        : Optional.of("no value of " + Elements.name(block, 0) + " has a finite log probability, or of those after it");
  }

  private boolean independent(double[] natural) {
    if (pairEdge.length > 0) {
      System.arraycopy(natural, 0, unary, 0, at[n]);
      addOwnPairs(natural);
    }
    theta = pairEdge.length > 0 ? unary : natural;
    portions.run();
    logNormaliser = sum(totals);
    entropy = sum(entropies);
    return Double.isFinite(logNormaliser);
  }

  private void weigh(int portion, int from, int to) {
    double total = 0;
    double h = 0;
    var work = works[portion];
    for (int i = from, end; i < to; i = end) {
      end = Math.min(to, i + work.log.length);
      Softmax.ofRows(theta, at, i, end, p, work.log, work.scratch);
      for (int k = i; k < end; k++) {
        double z = work.log[k - i];
        total += z;
        h += z - mean(theta, at[k], at[k + 1]);
      }
    }
    totals[portion] = total;
    entropies[portion] = h;
  }

  private static double sum(double[] x) {
    double s = 0;
    for (double e : x) s += e;
    return s;
  }

  /// Of numbers with probabilities; infinite ones have none.
  private double mean(double[] x, int from, int to) {
    double mean = 0;
    for (int k = from; k < to; k++) mean += p[k] * Math.max(x[k], -Double.MAX_VALUE);
    return mean;
  }

  private void addOwnPairs(double[] natural) {
    for (int k = 0; k < pairEdge.length; k++) {
      if (pairEdge[k] < 0 && shape.rowValue()[k] == shape.columnValue()[k])
        unary[at[shape.row()[k]] + shape.rowValue()[k]] += natural[at[n] + k];
    }
  }

  private boolean propagate(double[] natural) {
    System.arraycopy(natural, 0, unary, 0, at[n]);
    addOwnPairs(natural);
    for (var e : edges) Arrays.fill(e.theta, 0);
    for (int k = 0; k < pairEdge.length; k++)
      if (pairEdge[k] >= 0) edges[pairEdge[k]].theta[pairPlace[k]] += natural[at[n] + k];
    System.arraycopy(unary, 0, belief, 0, at[n]);
    tables.run();
    portions.run();
    logNormaliser = sum(totals);
    if (!Double.isFinite(logNormaliser)) return false;
    pairing.run();
    entropy = logNormaliser + sum(entropies) + sum(paired);
    return true;
  }

  private void exponentiate(int from, int to) {
    for (int k = from; k < to; k++) {
      var e = edges[k];
      peaks[k] = max(e.theta, 0, e.theta.length);
      Softmax.exp(e.theta, 0, e.theta.length, peaks[k], e.joint, 0);
    }
  }

  private void propagate(int portion, int from, int to) {
    var work = works[portion];
    double total = 0;
    for (int o = trees[to] - 1; o >= trees[from]; o--) {
      int i = order[o];
      if (up[i] >= 0) collect(edges[up[i]], peaks[up[i]], work);
      else total += Softmax.of(belief, at[i], at[i + 1] - at[i], p, at[i]);
    }
    totals[portion] = total;
    if (!Double.isFinite(total)) return;
    double h = 0;
    for (int o = trees[from]; o < trees[to]; o++) {
      int i = order[o];
      if (up[i] >= 0) distribute(edges[up[i]], peaks[up[i]], work);
      for (int k = at[i]; k < at[i + 1]; k++) if (p[k] > 0) h -= p[k] * unary[k];
    }
    entropies[portion] = h;
  }

  private void pair(int portion, int from, int to) {
    double h = 0;
    for (int i = from; i < to; i++) {
      var e = edges[i];
      for (int k = 0; k < e.joint.length; k++) if (e.joint[k] > 0) h -= e.joint[k] * e.theta[k];
    }
    paired[portion] = h;
  }

  /// The message of an edge, when its child's belief has those of the child's own children; added to the parent's.
  private void collect(Edge e, double greatest, Work work) {
    int rows = shape.categories()[e.child];
    int columns = shape.categories()[e.parent];
    var scratch = work.scratch;
    var log = work.log;
    double most = max(belief, at[e.child], rows);
    Softmax.exp(belief, at[e.child], rows, most, scratch, 0);
    Arrays.fill(e.message, 0);
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++) e.message[j] += scratch[i] * e.joint[i * columns + j];
    for (int j = 0; j < columns; j++) {
      if (e.message[j] >= LOST) {
        e.message[j] = Math.log(e.message[j]) + greatest + most;
      } else {
        for (int i = 0; i < rows; i++) log[i] = belief[at[e.child] + i] + e.theta[i * columns + j];
        e.message[j] = LogSpace.log_sum_exp(log, 0, rows);
      }
      belief[at[e.parent] + j] += e.message[j];
    }
  }

  /// Joint probabilities of an edge, when those of its parent are there; the child's are their sums.
  private void distribute(Edge e, double greatest, Work work) {
    int rows = shape.categories()[e.child];
    int columns = shape.categories()[e.parent];
    var scratch = work.scratch;
    var log = work.log;
    double most = max(belief, at[e.child], rows);
    double shift = greatest + most;
    Arrays.fill(p, at[e.child], at[e.child] + rows, 0);
    Softmax.exp(belief, at[e.child], rows, most, scratch, 0);
    for (int j = 0; j < columns; j++) {
      double share = p[at[e.parent] + j];
      double sum = Math.exp(e.message[j] - shift);
      if (share > 0 && sum < LOST) {
        for (int i = 0; i < rows; i++) log[i] = belief[at[e.child] + i] + e.theta[i * columns + j];
        Softmax.of(log, 0, rows, log, 0);
        for (int i = 0; i < rows; i++) e.joint[i * columns + j] = share * log[i];
      } else {
        double scale = share > 0 ? share / sum : 0;
        for (int i = 0; i < rows; i++) e.joint[i * columns + j] *= scale * scratch[i];
      }
    }
    for (int i = 0; i < rows; i++)
      for (int j = 0; j < columns; j++) p[at[e.child] + i] += e.joint[i * columns + j];
  }

  private static double max(double[] x, int from, int count) {
    double m = x[from];
    for (int k = from + 1; k < from + count; k++) m = Math.max(m, x[k]);
    return Double.isInfinite(m) ? 0 : m;
  }

  @Override
  public void moments(double[] out) {
    System.arraycopy(p, 0, out, 0, at[n]);
    for (int k = 0; k < pairEdge.length; k++) {
      out[at[n] + k] = pairEdge[k] >= 0 ? edges[pairEdge[k]].joint[pairPlace[k]]
          : shape.rowValue()[k] == shape.columnValue()[k] ? p[at[shape.row()[k]] + shape.rowValue()[k]] : 0;
    }
  }

  @Override
  public void helpedBy(Crew crew) {
    portions.helpedBy(crew);
    tables.helpedBy(crew);
    pairing.helpedBy(crew);
  }

  @Override
  public double logNormaliser() {
    return logNormaliser;
  }

  @Override
  public double entropy() {
    return entropy;
  }

  /// By the probabilities of each value given its parent.
  @Override
  public double logDensity(double[] values) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      int k = category(values, i);
      if (edges.length > 0 && up[i] >= 0) {
        var e = edges[up[i]];
        int j = category(values, e.parent);
        s += Math.log(e.joint[k * shape.categories()[e.parent] + j]) - Math.log(p[at[e.parent] + j]);
      } else {
        s += Math.log(p[at[i] + k]);
      }
    }
    return s;
  }

  private int category(double[] values, int i) {
    return (int) values[i] - shape.lower()[i];
  }

  @Override
  public void draw(RandomGenerator random, double[] values) {
    if (edges.length == 0) {
      for (int i = 0; i < n; i++) values[i] = shape.lower()[i] + pick(random, p, at[i], 1, at[i + 1] - at[i], 1);
      return;
    }
    for (int i : order) {
      if (up[i] < 0) {
        values[i] = shape.lower()[i] + pick(random, p, at[i], 1, at[i + 1] - at[i], 1);
      } else {
        var e = edges[up[i]];
        int j = category(values, e.parent);
        values[i] = shape.lower()[i] + pick(random, e.joint, j, shape.categories()[e.parent],
            shape.categories()[i], p[at[e.parent] + j]);
      }
    }
  }

  private static int pick(RandomGenerator random, double[] weights, int from, int stride, int count, double total) {
    double left = random.nextDouble() * total;
    int last = 0;
    for (int k = 0; k < count; k++) {
      double w = weights[from + k * stride];
      if (w > 0) {
        last = k;
        if (left < w) return k;
        left -= w;
      }
    }
    return last;
  }

  @Override
  public void statistics(double[] values, double[] out) {
    Arrays.fill(out, 0);
    for (int i = 0; i < n; i++) out[at[i] + category(values, i)] = 1;
    for (int k = 0; k < pairEdge.length; k++) {
      boolean both = category(values, shape.row()[k]) == shape.rowValue()[k]
          && category(values, shape.column()[k]) == shape.columnValue()[k];
      out[at[n] + k] = both ? 1 : 0;
    }
  }

  @Override
  public int locations() {
    return at[n];
  }

  @Override
  public void locate(double[] location, double[] unit) {
    System.arraycopy(p, 0, location, 0, at[n]);
    Arrays.fill(unit, 1);
  }

  @Override
  public void centre(double[] values) {}

  @Override
  public double mean(int value) {
    double s = 0;
    for (int k = at[value]; k < at[value + 1]; k++) s += p[k] * (k - at[value]);
    return shape.lower()[value] + s;
  }

  @Override
  public double sd(int value) {
    double m = mean(value) - shape.lower()[value];
    double s = 0;
    for (int k = at[value]; k < at[value + 1]; k++) s += p[k] * (k - at[value] - m) * (k - at[value] - m);
    return Math.sqrt(s);
  }

  @Override
  public double quantile(int value, double share) {
    double below = 0;
    int k = 0;
    int last = shape.categories()[value] - 1;
    while (k < last && (below += p[at[value] + k]) < share) k++;
    return shape.lower()[value] + k;
  }
}
