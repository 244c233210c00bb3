package ppl.tile;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import ppl.ir.ArrayOp;
import ppl.ir.Expr;
import ppl.ir.Method;
import ppl.ir.Prim;
import ppl.kernels.Classes;
import ppl.kernels.Columns;
import ppl.kernels.Decimals;
import ppl.kernels.Folds;
import ppl.kernels.LogSums;
import ppl.kernels.Lookups;
import ppl.kernels.Maps;
import ppl.kernels.NegativeZeros;
import ppl.kernels.Rows;
import ppl.kernels.Sparse;
import ppl.kernels.Specials;
import ppl.kernels.Sums;

/// The kernels as primitives on whole arrays.
final class TileOps {
  /// A function of each of the first elements of an array.
  private interface Map1 {
    void run(double[] x, double[] y, int n);
  }

  private interface Kernel {
    void run(double[][] in, double[][] out, int[] sizes);
  }

  /// The same with another array to work in.
  private interface Map2 {
    void run(double[] x, double[] y, double[] work, int n);
  }

  /// Primitives of one argument that have a kernel.
  static final Map<Prim, ArrayOp> MAPS = new EnumMap<>(Map.of(
      Prim.EXP, map("exp", Maps::exp), Prim.LOG, map("log", Maps::log), Prim.LOG1P, map("log1p", Maps::log1p),
      Prim.LOG1P_EXP, map("softplus", Maps::softplus), Prim.INV_LOGIT, map("sigmoid", Maps::sigmoid),
      Prim.EXPM1, map("expm1", Maps::expm1), Prim.TANH, map("tanh", Maps::tanh)));

  /// Primitives whose kernel has a second output to work in.
  static final Map<Prim, ArrayOp> WORKING = new EnumMap<>(Map.of(
      Prim.ERF, working("erf", Specials::erf), Prim.ERFC, working("erfc", Specials::erfc),
      Prim.PHI, working("phi", Specials::phi), Prim.LOG_PHI, working("logPhi", Specials::logPhi),
      Prim.LOG_PHI_DX, working("logPhiSlope", Specials::logPhiSlope), Prim.LGAMMA, working("lgamma", Specials::lgamma),
      Prim.DIGAMMA, working("digamma", Specials::digamma),
      Prim.POW, op("Specials", "pow", "[D[D[D[DI", (in, out, n) -> Specials.pow(in[0], in[1], out[0], out[1], n[0]))));

  /// x to log(1 + exp(x)) and its derivative.
  static final ArrayOp SOFTPLUS_SLOPE = op("Maps", "softplusSlope", "[D[D[DI",
      (in, out, n) -> Maps.softplusSlope(in[0], out[0], out[1], n[0]));

  /// What combines each of the first elements of an array with what is there.
  static final Map<Expr.Reducer, ArrayOp> FOLDS = new EnumMap<>(Map.of(
      Expr.Reducer.PRODUCT, fold("multiply", Folds::multiply), Expr.Reducer.MAX, fold("max", Folds::max),
      Expr.Reducer.MIN, fold("min", Folds::min)));

  static final ArrayOp SUM = op("Sums", "sum", "[D[DI", (in, out, n) -> Sums.sum(in[0], out[0], n[0]));

  /// Primitives whose values have a kernel for their sum.
  static final Map<Prim, ArrayOp> TOTALS = new EnumMap<>(Map.of(
      Prim.LOG, op("LogSums", "logs", "[D[D[DI", (in, out, n) -> LogSums.logs(in[0], out[0], out[1], n[0])),
      Prim.LOG1P_EXP, op("LogSums", "softplus", "[D[D[DI",
          (in, out, n) -> LogSums.softplus(in[0], out[0], out[1], n[0]))));

  /// exp(x), and the sum of the values.
  static final ArrayOp EXP_TOTAL = op("Maps", "expSum", "[D[D[DI", (in, out, n) -> Maps.expSum(in[0], out[0], out[1], n[0]));

  /// The sum of log(1 + exp(x)), and its derivatives.
  static final ArrayOp SOFTPLUS_SLOPE_TOTAL = op("LogSums", "softplusSlope", "[D[D[D[DI",
      (in, out, n) -> LogSums.softplusSlope(in[0], out[0], out[1], out[2], n[0]));

  /// So many elements from one place to another.
  static final ArrayOp COPY = op(new Method("ppl/kernels/Rows", "copy", "([D[DIII)V"),
      (in, out, n) -> Rows.copy(in[0], out[0], n[0], n[1], n[2]));

  /// Brings rows of a matrix that is held beside the heap into blocks.
  static final ArrayOp NEAR = op(new Method("ppl/runtime/OffHeap", "near", "(Lppl/runtime/OffHeap;[DIIII)V"),
      (in, out, n) -> Columns.tile(Arrays.copyOfRange(in[0], n[0] * n[1], (n[0] + n[3]) * n[1]), out[0], n[3], n[1], n[2]));

  static final ArrayOp TILE = op("Columns", "tile", "[D[DIII",
      (in, out, n) -> Columns.tile(in[0], out[0], n[0], n[1], n[2]));

  static final ArrayOp TILE_ORDERED = op("Columns", "tileOrdered", "[D[I[DIII",
      (in, out, n) -> Columns.tileOrdered(in[0], ints(in[1]), out[0], n[0], n[1], n[2]));

  /// Elements of an array at places that are given, to the beginning of another.
  static final ArrayOp GATHER = op("Lookups", "gather", "[D[I[DIIII",
      (in, out, n) -> Lookups.gather(in[0], ints(in[1]), out[0], n[0], n[1], n[2], n[3]));

  /// The same where places never fall.
  static final ArrayOp GATHER_SORTED = op("Lookups", "gatherSorted", "[D[I[I[DIIII",
      (in, out, n) -> Lookups.gatherSorted(in[0], ints(in[1]), ints(in[2]), out[0], n[0], n[1], n[2], n[3]));

  /// The first elements of an array plus such elements of another.
  static final ArrayOp ADD_SORTED = op("Lookups", "addSorted", "[D[D[I[I[DIIII",
      (in, out, n) -> Lookups.addSorted(in[0], in[1], ints(in[2]), ints(in[3]), out[0], n[0], n[1], n[2], n[3]));

  /// Adds the first elements of an array, times a factor, to those of another at places that are given.
  static final ArrayOp SCATTER = op("Lookups", "scatter", "[D[I[D[DIIII",
      (in, out, n) -> Lookups.scatter(in[0], ints(in[1]), in[2], out[0], n[0], n[1], n[2], n[3]));

  /// The same where places never fall.
  static final ArrayOp SCATTER_SORTED = op("Lookups", "scatterSorted", "[D[I[I[D[D[DIIII", (in, out, n) ->
      Lookups.scatterSorted(in[0], ints(in[1]), ints(in[2]), in[3], out[0], out[1], n[0], n[1], n[2], n[3]));

  /// For each of places that never fall, where those end that follow it and are equal.
  static final ArrayOp ENDS = op("Lookups", "ends", "[I[II",
      (in, out, n) -> whole(out[0], ends -> Lookups.ends(ints(in[0]), ends, n[0])));

  /// Sorts an order by keys, equal ones as they were.
  static final ArrayOp SORT = op("Lookups", "sort", "[I[II",
      (in, out, n) -> whole(out[0], order -> Lookups.sort(ints(in[0]), order, n[0])));

  /// Brings rows apart that differ in an array of data.
  static final ArrayOp REFINE = op("Classes", "refine", "[D[I[IIIIIII", (in, out, n) -> refined(out, (classes, found) ->
      Classes.refine(in[0], classes, found, n[0], n[1], n[2], n[3], n[4], n[5])));

  static final ArrayOp REFINE_WHOLE = op("Classes", "refine", "Ljava/lang/Object;[I[IIII", (in, out, n) -> refined(out, (classes, found) ->
      Classes.refine(ints(in[0]), classes, found, n[0], n[1], n[2])));

  /// The first row of each class, and how many it has.
  static final ArrayOp COUNT = op("Classes", "count", "[I[I[DI", (in, out, n) -> {
    var first = ints(out[0]);
    Classes.count(ints(in[0]), first, out[1], n[0]);
    copy(first, out[0]);
  });

  static final ArrayOp MULTIPLY = op("Columns", "multiply", "[D[D[DIIII",
      (in, out, n) -> Columns.multiply(in[0], in[1], out[0], n[0], n[1], n[2], n[3]));

  static final ArrayOp ADD_TRANSPOSED = op("Columns", "addTransposed", "[D[D[DIIII",
      (in, out, n) -> Columns.addTransposed(in[0], in[1], out[0], n[0], n[1], n[2], n[3]));

  static final ArrayOp FOLD_COLUMNS = op("Columns", "fold", "[D[DI", (in, out, n) -> Columns.fold(in[0], out[0], n[0]));

  /// The unit of each column of a matrix of data.
  static final ArrayOp UNITS = op("Decimals", "units", "[D[DII", (in, out, n) -> Decimals.units(in[0], out[0], n[0], n[1]));

  static final ArrayOp TILE_DECIMALS = op("Decimals", "tile", "[D[D[IIII", (in, out, n) -> whole(out[0],
      blocks -> Decimals.tile(in[0], in[1], blocks, n[0], n[1], n[2])));

  static final ArrayOp TILE_DECIMALS_ORDERED = op("Decimals", "tileOrdered", "[D[I[D[IIII", (in, out, n) -> whole(out[0],
      blocks -> Decimals.tileOrdered(in[0], ints(in[1]), in[2], blocks, n[0], n[1], n[2])));

  static final ArrayOp MULTIPLY_DECIMALS = op("Decimals", "multiply", "[I[D[D[DIIII",
      (in, out, n) -> Decimals.multiply(ints(in[0]), in[1], in[2], out[0], n[0], n[1], n[2], n[3]));

  static final ArrayOp ADD_TRANSPOSED_DECIMALS = op("Decimals", "addTransposed", "[I[D[DIIII",
      (in, out, n) -> Decimals.addTransposed(ints(in[0]), in[1], out[0], n[0], n[1], n[2], n[3]));

  static final ArrayOp FOLD_DECIMALS = op("Decimals", "fold", "[D[D[DI",
      (in, out, n) -> Decimals.fold(in[0], in[1], out[0], n[0]));

  /// Takes what is not 0 from a matrix of data.
  static final ArrayOp COMPRESS = op("Sparse", "compress", "[D[I[I[I[DIII", (in, out, n) -> compressed(out,
      (places, starts, at, values) -> Sparse.compress(in[0], places, starts, at, values, n[0], n[1], n[2])));

  static final ArrayOp COMPRESS_ORDERED = op("Sparse", "compressOrdered", "[D[I[I[I[I[DIII", (in, out, n) -> compressed(out,
      (places, starts, at, values) ->
          Sparse.compressOrdered(in[0], ints(in[1]), places, starts, at, values, n[0], n[1], n[2])));

  static final ArrayOp MULTIPLY_SPARSE = op("Sparse", "multiply", "[I[I[I[D[D[DIII", (in, out, n) ->
      Sparse.multiply(ints(in[0]), ints(in[1]), ints(in[2]), in[3], in[4], out[0], n[0], n[1], n[2]));

  static final ArrayOp ADD_TRANSPOSED_SPARSE = op("Sparse", "addTransposed", "[I[I[I[D[D[DIII", (in, out, n) ->
      Sparse.addTransposed(ints(in[0]), ints(in[1]), ints(in[2]), in[3], in[4], out[0], n[0], n[1], n[2]));

  static final ArrayOp CLEAR_SPARSE = op("Sparse", "clear", "[DI", (in, out, n) -> Sparse.clear(out[0], n[0]));

  static final ArrayOp FOLD_SPARSE = op("Sparse", "fold", "[D[DI", (in, out, n) -> Sparse.fold(in[0], out[0], n[0]));

  static final ArrayOp UNTILE = op("Columns", "untile", "[D[DIII",
      (in, out, n) -> Columns.untile(in[0], out[0], n[0], n[1], n[2]));

  static final ArrayOp UNTILE_DECIMALS = op("Decimals", "untile", "[I[D[DIII",
      (in, out, n) -> Decimals.untile(ints(in[0]), in[1], out[0], n[0], n[1], n[2]));

  static final ArrayOp EXPAND = op("Sparse", "expand", "[I[I[I[D[DIII",
      (in, out, n) -> Sparse.expand(ints(in[0]), ints(in[1]), ints(in[2]), in[3], out[0], n[0], n[1], n[2]));

  static final ArrayOp COUNT_NEGATIVE_ZEROS = op("NegativeZeros", "count", "[D[II",
      (in, out, n) -> whole(out[0], count -> NegativeZeros.count(in[0], count, n[0])));

  static final ArrayOp FIND_NEGATIVE_ZEROS = op("NegativeZeros", "find", "[D[II",
      (in, out, n) -> whole(out[0], places -> NegativeZeros.find(in[0], places, n[0])));

  static final ArrayOp PUT_NEGATIVE_ZEROS = op("NegativeZeros", "put", "[I[DI",
      (in, out, n) -> NegativeZeros.put(ints(in[0]), out[0], n[0]));

  private TileOps() {}

  private interface Compression {
    void run(int[] places, int[] starts, int[] at, double[] values);
  }

  private static void compressed(double[][] out, Compression c) {
    var indices = Arrays.stream(out).limit(3).map(TileOps::ints).toList();
    c.run(indices.get(0), indices.get(1), indices.get(2), out[3]);
    for (int k = 0; k < 3; k++) copy(indices.get(k), out[k]);
  }

  private static void refined(double[][] out, BiConsumer<int[], int[]> refine) {
    var classes = ints(out[0]);
    var found = ints(out[1]);
    refine.accept(classes, found);
    copy(classes, out[0]);
    copy(found, out[1]);
  }

  private static void copy(int[] x, double[] out) {
    for (int i = 0; i < x.length; i++) out[i] = x[i];
  }

  /// Writes whole numbers.
  private static void whole(double[] out, Consumer<int[]> write) {
    var whole = ints(out);
    write.accept(whole);
    for (int i = 0; i < out.length; i++) out[i] = whole[i];
  }

  private static int[] ints(double[] x) {
    return Arrays.stream(x).mapToInt(v -> (int) v).toArray();
  }

  private static ArrayOp map(String name, Map1 f) {
    return op("Maps", name, "[D[DI", (in, out, n) -> f.run(in[0], out[0], n[0]));
  }

  private static ArrayOp working(String name, Map2 f) {
    return op("Specials", name, "[D[D[DI", (in, out, n) -> f.run(in[0], out[0], out[1], n[0]));
  }

  /// Whether a primitive has a kernel.
  static boolean has(Prim p) {
    return MAPS.containsKey(p) || WORKING.containsKey(p);
  }

  private static ArrayOp fold(String name, Map1 f) {
    return op("Folds", name, "[D[DI", (in, out, n) -> f.run(in[0], out[0], n[0]));
  }

  private static ArrayOp op(String owner, String name, String parameters, Kernel f) {
    return op(new Method("ppl/kernels/" + owner, name, "(" + parameters + ")V", true), f);
  }

  private static ArrayOp op(Method method, Kernel f) {
    return new ArrayOp(method.name(), (random, in, out, n) -> f.run(in, out, n), method, Optional.empty(), false, false);
  }
}
