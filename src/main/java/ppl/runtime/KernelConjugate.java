package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A compiled closed-form side with its data bound.
public final class KernelConjugate implements Conjugate {
  private final ClosedKernel kernel;
  private final Object[] data;
  private final int slots;
  private final List<Block> blocks;
  private final List<Boolean> auxiliary;
  private final int dimension;
  private final List<Quantity> quantities;
  private final List<Quantity> replicates;
  private final int[] valuesAt;
  private final double[] values;
  private final int[] whole;
  private final double[] predicted;
  private final int[] which = new int[1];
  private final double[][] written;
  private final Supplier<Batching> batching;
  private Optional<Crew> crew = Optional.empty();

  private KernelConjugate(ClosedKernel kernel, Object[] data, int slots, List<Block> blocks, List<Boolean> auxiliary,
      int dimension, List<Quantity> quantities, List<Quantity> replicates, Supplier<Batching> batching) {
    this.kernel = kernel;
    this.batching = batching;
    this.data = data;
    this.slots = slots;
    this.blocks = blocks;
    this.auxiliary = auxiliary;
    this.dimension = dimension;
    this.quantities = quantities;
    this.replicates = replicates;
    valuesAt = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++) valuesAt[b + 1] = valuesAt[b] + blocks.get(b).size();
    values = new double[valuesAt[blocks.size()]];
    whole = new int[values.length];
    written = new double[blocks.size()][];
    predicted = new double[replicates.stream().mapToInt(Quantity::size).sum()];
  }

  /// @param kernel     unbound
  /// @param slots      what the model's data slots hold
  /// @param centred    the number of values of each unknown that has a centre, in the order of their slots
  /// @param parts      the blocks
  /// @param quantities what is reported
  /// @param replicates what else is reported; may be nothing
  /// @param batching   the same in batches
  public static KernelConjugate bind(ClosedKernel kernel, Object[] slots, int[] centred, List<Part> parts,
      List<Quantity> quantities, List<Quantity> replicates, Supplier<Batching> batching) {
    var data = Arrays.copyOf(slots, slots.length + centred.length);
    for (int i = 0; i < centred.length; i++) data[slots.length + i] = new double[centred[i]];
    var bound = (ClosedKernel) kernel.bind(data);
    var extents = new double[Shapes.count(parts)];
    bound.extents(extents);
    return new KernelConjugate(bound, data, slots.length, Shapes.of(parts, extents, bound::layout),
        parts.stream().map(Part::auxiliary).toList(), (int) extents[0], List.copyOf(quantities), List.copyOf(replicates),
        batching);
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public double energy(double[][] moments, double[] q) {
    return kernel.energy(moments, q);
  }

  @Override
  public double energy(double[][] moments, double[] q, double[] gradient) {
    return kernel.slope(moments, q, gradient);
  }

  @Override
  public void natural(int b, double[][] moments, double[] q, double[] natural) {
    which[0] = b;
    written[b] = natural;
    kernel.natural(moments, written, which, q);
  }

  private void set(double[][] given) {
    for (int b = 0; b < given.length; b++) {
      System.arraycopy(given[b], 0, values, valuesAt[b], given[b].length);
      if (blocks.get(b).shape() instanceof Block.Discrete)
        for (int i = 0; i < given[b].length; i++) whole[valuesAt[b] + i] = (int) given[b][i];
    }
  }

  @Override
  public boolean auxiliary(int b) {
    return auxiliary.get(b);
  }

  @Override
  public double joint(double[][] values, double[] q) {
    set(values);
    return attempt(() -> kernel.joint(this.values, whole, q));
  }

  @Override
  public double marginal(double[][] values, double[] q) {
    set(values);
    return attempt(() -> kernel.marginal(this.values, whole, q));
  }

  @Override
  public double marginal(double[][] values, double[] q, double[] gradient) {
    set(values);
    return attempt(() -> kernel.marginalSlope(this.values, whole, q, gradient));
  }

  private static double attempt(DoubleSupplier density) {
    try {
      return density.getAsDouble();
    } catch (SubscriptException | ArithmeticException e) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  @Override
  public void report(double[][] values, double[] q, RandomGenerator random, double[] out) {
    set(values);
    KernelTarget.attempt(out, () -> kernel.report(this.values, whole, q, out, random));
    if (predicted.length == 0) return;
    KernelTarget.attempt(predicted, () -> kernel.replicate(this.values, whole, q, predicted, random));
    System.arraycopy(predicted, 0, out, quantities.stream().mapToInt(Quantity::size).sum(), predicted.length);
  }

  @Override
  public void imagine(double[][] values, double[] q, RandomGenerator random, double[] out) {
    set(values);
    KernelTarget.attempt(out, () -> kernel.imagine(this.values, whole, q, out, random));
  }

  @Override
  public long[] places() {
    var places = new ArrayList<Long>();
    for (var quantity : quantities) {
      long start = quantity.role() == Quantity.Role.UNKNOWN ? place(quantity) : -1;
      for (int i = 0; i < quantity.size(); i++) places.add(start < 0 ? -1 : start + i);
    }
    for (var r : replicates) for (int i = 0; i < r.size(); i++) places.add(-1L);
    return places.stream().mapToLong(p -> p).toArray();
  }

  /// Of missing whole numbers only some elements are reported: these have no place.
  private long place(Quantity quantity) {
    for (int b = 0; b < blocks.size(); b++) {
      int at = 0;
      for (var m : blocks.get(b).members()) {
        if (m.name().equals(quantity.name()) && m.size() == quantity.size()) return ((long) b << 32) + at;
        at += m.size();
      }
    }
    return -1;
  }

  /// Uniform on (-2, 2).
  @Override
  public void start(RandomGenerator random, double[] q) {
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
  }

  @Override
  public void centre(double[][] values) {
    int slot = slots;
    for (int b = 0; b < blocks.size(); b++) {
      if (!(blocks.get(b).shape() instanceof Block.Gaussian)) continue;
      int at = 0;
      for (var m : blocks.get(b).members()) data[slot++] = Arrays.copyOfRange(values[b], at, at += m.size());
    }
    if (slot > slots) kernel.bind(data);
    gather();
  }

  @Override
  public void helpedBy(Crew crew) {
    this.crew = Optional.of(crew).filter(c -> c.threads() > 1);
    gather();
  }

  /// A team over the data as they are bound now.
  private void gather() {
    if (kernel instanceof Divided d) crew.ifPresent(c -> d.hands(new Team(d, c)));
  }

  @Override
  public Batching batching() {
    return batching.get();
  }

  @Override
  public Conjugate fork() {
    return new KernelConjugate((ClosedKernel) kernel.fork(), data.clone(), slots, blocks, auxiliary, dimension, quantities,
        replicates, batching);
  }
}
