package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// A compiled closed-form side over batches with its data bound.
public final class KernelBatches implements Batches {
  /// Numbers that a batch says of each plate before its lists.
  private static final int NUMBERS = 3;

  /// What is known of it before data are.
  ///
  /// @param over   what the rows are, for people
  /// @param roles  what each block has to do with rows
  /// @param plates how many plates have rows in a batch
  public record Form(String over, List<Batches.Role> roles, int plates) {
    public Form {
      roles = List.copyOf(roles);
    }
  }

  private final BatchKernel kernel;
  private final Object[] data;
  private final int slots;
  private final List<Part> members;
  private final Form form;
  private final Rows rows;
  private final int[] batch;
  private final double[] extents;
  private final double[] weight = {1, 1};
  private final int[] which = new int[1];
  private final double[][] written;
  private List<Block> blocks;

  /// For each plate but the first, where the rows of each row of the first begin in its list.
  private record Rows(int[] sizes, List<int[]> begins, List<int[]> lists) {
    static Rows of(int[] sizes, double[] owners) {
      var begins = new ArrayList<int[]>();
      var lists = new ArrayList<int[]>();
      int from = 0;
      for (int p = 1; p < sizes.length; p++) {
        var begin = new int[sizes[0] + 1];
        for (int i = 0; i < sizes[p]; i++) begin[(int) owners[from + i] + 1]++;
        for (int i = 0; i < sizes[0]; i++) begin[i + 1] += begin[i];
        var next = begin.clone();
        var list = new int[sizes[p]];
        for (int i = 0; i < sizes[p]; i++) list[next[(int) owners[from + i]]++] = i;
        begins.add(begin);
        lists.add(list);
        from += sizes[p];
      }
      return new Rows(sizes, begins, lists);
    }
  }

  private KernelBatches(BatchKernel kernel, Object[] data, int slots, List<Part> members, Form form,
      Rows rows, double[] extents) {
    this.kernel = kernel;
    this.data = data;
    this.slots = slots;
    this.members = members;
    this.form = form;
    this.rows = rows;
    this.extents = extents;
    written = new double[members.size()][];
    batch = new int[NUMBERS * form.plates + 2 * Arrays.stream(rows.sizes).sum()];
    int at = NUMBERS * form.plates;
    for (int p = 0; p < form.plates; p++) {
      batch[NUMBERS * p + 1] = at;
      batch[NUMBERS * p + 2] = at + rows.sizes[p];
      at += 2 * rows.sizes[p];
    }
    shape();
  }

  /// @param kernel  unbound
  /// @param slots   what the model's data slots hold
  /// @param centred the number of values of each unknown that has a centre, in the order of their slots
  /// @param members the blocks
  public static KernelBatches bind(BatchKernel kernel, Object[] slots, int[] centred, List<Part> members,
      Form form) {
    var data = Arrays.copyOf(slots, slots.length + centred.length);
    for (int i = 0; i < centred.length; i++) data[slots.length + i] = new double[centred[i]];
    var bound = (BatchKernel) kernel.bind(data);
    int known = Shapes.count(members);
    var extents = new double[known + form.plates];
    bound.shapes(new int[NUMBERS * form.plates], extents);
    var sizes = new int[form.plates];
    for (int p = 0; p < sizes.length; p++) sizes[p] = (int) extents[known + p];
    var owners = new double[Arrays.stream(sizes).sum() - sizes[0]];
    bound.owners(owners);
    return new KernelBatches(bound, data, slots.length, List.copyOf(members), form, Rows.of(sizes, owners), extents);
  }

  /// The one that leaves the fewest moments to blocks without rows, and of these that with the most rows.
  public static KernelBatches best(List<KernelBatches> some) {
    return some.stream().min(Comparator.comparingLong(KernelBatches::shared).thenComparingInt(b -> -b.rows())).orElseThrow();
  }

  private long shared() {
    long n = 0;
    for (int b = 0; b < blocks.size(); b++) if (form.roles.get(b) != Role.ROWS) n += blocks.get(b).shape().moments();
    return n;
  }

  /// Takes the blocks of the batch; those without rows are the same objects for every batch.
  private void shape() {
    kernel.shapes(batch, extents);
    var now = new ArrayList<>(Shapes.of(members, extents, out -> kernel.layout(batch, out)));
    for (int b = 0; blocks != null && b < now.size(); b++)
      if (form.roles.get(b) != Role.ROWS) now.set(b, blocks.get(b));
    blocks = List.copyOf(now);
  }

  @Override
  public String over() {
    return form.over;
  }

  @Override
  public int rows() {
    return rows.sizes[0];
  }

  @Override
  public List<Block> blocks() {
    return blocks;
  }

  @Override
  public List<Role> roles() {
    return form.roles;
  }

  @Override
  public int dimension() {
    return (int) extents[0];
  }

  @Override
  public void take(int[] taken) {
    for (int p = 0; p < form.plates; p++) {
      int list = batch[NUMBERS * p + 1];
      int place = batch[NUMBERS * p + 2];
      int n = 0;
      for (int row : taken) {
        int from = p == 0 ? row : rows.begins.get(p - 1)[row];
        int to = p == 0 ? row + 1 : rows.begins.get(p - 1)[row + 1];
        for (int k = from; k < to; k++) {
          int r = p == 0 ? row : rows.lists.get(p - 1)[k];
          batch[list + n] = r;
          batch[place + r] = n++;
        }
      }
      batch[NUMBERS * p] = n;
    }
    if (form.roles.contains(Role.ROWS)) shape();
  }

  @Override
  public void weigh(double rest, double each) {
    weight[0] = rest;
    weight[1] = each;
  }

  @Override
  public double energy(double[][] m, double[] q) {
    return kernel.energy(m, batch, weight, q);
  }

  @Override
  public double energy(double[][] m, double[] q, double[] gradient) {
    return kernel.slope(m, batch, weight, q, gradient);
  }

  @Override
  public void natural(int b, double[][] m, double[] q, double[] natural) {
    which[0] = b;
    written[b] = natural;
    kernel.natural(m, written, which, batch, weight, q);
  }

  @Override
  public void centre(double[][] values) {
    int slot = slots;
    for (int b = 0; b < blocks.size(); b++) {
      if (!(blocks.get(b).shape() instanceof Block.Gaussian)) continue;
      int at = 0;
      for (int i = 0; i < blocks.get(b).members().size(); i++, slot++) {
        int size = blocks.get(b).members().get(i).size();
        if (form.roles.get(b) != Role.ROWS) data[slot] = Arrays.copyOfRange(values[b], at, at + size);
        at += size;
      }
    }
    if (slot > slots) kernel.bind(data);
  }

  @Override
  public Batches fork() {
    return new KernelBatches((BatchKernel) kernel.fork(), data.clone(), slots, members, form, rows, extents.clone());
  }
}
