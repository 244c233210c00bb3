package ppl.ir;

import java.util.List;

/// A named array of scalars, row-major; no dimensions for a scalar. Two are the same only if they are the same
/// object: names serve people.
///
/// Extents are whole-number expressions over data and constants, known when data are bound. Those of an array that a
/// block declares may also depend on the variables of the loops around it and on what statements before its first use
/// compute: it has other extents in each turn, and they are expressions of the block like any other.
public final class Array {
  /// The log density that statements add to; a scalar.
  public static final Array TARGET = new Array("target", Kind.REAL, List.of(), Role.TARGET);

  /// Where the array's values come from.
  public enum Role {
    /// Bound by the user, never written.
    DATA,
    /// The unconstrained position of an evaluation, or an output buffer: given at each call.
    ARGUMENT,
    /// The log density.
    TARGET,
    /// Written by statements.
    COMPUTED
  }

  private final String name;
  private final Kind kind;
  private final List<Expr> dims;
  private final Role role;
  private final boolean varies;
  private final boolean offHeap;

  public Array(String name, Kind kind, List<Expr> dims, Role role) {
    this(name, kind, dims, role, false);
  }

  private Array(String name, Kind kind, List<Expr> dims, Role role, boolean offHeap) {
    for (var d : dims) if (d.kind() != Kind.INT) throw new IllegalArgumentException("extent of " + name + " is no int");
    this.name = name;
    this.kind = kind;
    this.dims = List.copyOf(dims);
    this.role = role;
    this.offHeap = offHeap;
    this.varies = role == Role.COMPUTED && !dims.stream().allMatch(Array::isFixed);
  }

  /// A matrix of data, reals, that is held beside the Java heap.
  public static Array offHeap(String name, List<Expr> dims) {
    if (dims.size() != 2) throw new IllegalArgumentException(name + " is no matrix");
    return new Array(name, Kind.REAL, dims, Role.DATA, true);
  }

  /// Whether an extent is known when data are bound.
  static boolean isFixed(Expr extent) {
    return new Graph.Free().of(extent).isEmpty()
        && Graph.reads(List.of(extent)).stream().noneMatch(a -> a.role == Role.COMPUTED);
  }

  /// An array that statements write.
  public static Array computed(String name, Kind kind, List<Expr> dims) {
    return new Array(name, kind, dims, Role.COMPUTED);
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  public List<Expr> dims() {
    return dims;
  }

  /// Whether statements write it and its extents depend on variables of loops or on what statements compute.
  public boolean varies() {
    return varies;
  }

  /// Whether it is held beside the Java heap: read as any other, but slower, and never written.
  public boolean isOffHeap() {
    return offHeap;
  }

  public int rank() {
    return dims.size();
  }

  public Role role() {
    return role;
  }

  /// Element `at`, counted from 0 in every dimension.
  public Expr read(List<Expr> at) {
    return new Expr.Read(this, at);
  }

  /// Element `at`, counted from 0 in every dimension.
  public Expr read(Expr... at) {
    return read(List.of(at));
  }

  @Override
  public String toString() {
    return name;
  }
}
