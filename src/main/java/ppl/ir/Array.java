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

  /// How elements of data are held. Whatever it is, they are read alike.
  public enum Form {
    /// As `int[]` or `double[]`.
    USUAL,
    /// A matrix of reals beside the Java heap, whose elements take longer.
    OFF_HEAP,
    /// Whole numbers, one byte each.
    BYTES,
    /// Whole numbers, two bytes each.
    SHORTS
  }

  private final String name;
  private final Kind kind;
  private final List<Expr> dims;
  private final Role role;
  private final boolean varies;
  private final Form form;

  public Array(String name, Kind kind, List<Expr> dims, Role role) {
    this(name, kind, dims, role, Form.USUAL);
  }

  private Array(String name, Kind kind, List<Expr> dims, Role role, Form form) {
    for (var d : dims) if (d.kind() != Kind.INT) throw new IllegalArgumentException("extent of " + name + " is no int");
    this.name = name;
    this.kind = kind;
    this.dims = List.copyOf(dims);
    this.role = role;
    this.form = form;
    this.varies = role == Role.COMPUTED && !dims.stream().allMatch(Array::isFixed);
  }

  /// An array of data that is held in a form.
  public static Array data(String name, Kind kind, List<Expr> dims, Form form) {
    boolean able = switch (form) {
      case USUAL -> true;
      case OFF_HEAP -> kind == Kind.REAL && dims.size() == 2;
      case BYTES, SHORTS -> kind == Kind.INT && !dims.isEmpty();
    };
    if (!able) throw new IllegalArgumentException(name + " cannot be held so: " + form);
    return new Array(name, kind, dims, Role.DATA, form);
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

  /// How its elements are held.
  public Form form() {
    return form;
  }

  public boolean isOffHeap() {
    return form == Form.OFF_HEAP;
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
