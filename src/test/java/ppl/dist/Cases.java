package ppl.dist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;

/// Random valid arguments for every way to write every distribution.
final class Cases {
  private Cases() {}

  /// A distribution and one of its forms.
  record Case(Distribution distribution, Form form) {
    @Override
    public String toString() {
      return distribution.name() + form.names();
    }

    /// The law at random arguments.
    BoundLaw bind(long seed) {
      var random = new Random(31 * toString().hashCode() + seed);
      random.nextInt();
      var sizes = new HashMap<String, Integer>();
      var arguments = new BoundLaw.Arguments();
      var values = new ArrayList<Arr>();
      for (var p : form.parameters())
        values.add(arguments.array(p.name(), p.kind(), extents(p.shape(), sizes, random), value(p, sizes, random)));
      order(arguments, values);
      var event = extents(distribution.shape(), sizes, random).stream().map(Exprs::integer).toList();
      return arguments.bind(toString(), form.law(values, event));
    }

    /// Domains say nothing about two arguments together.
    private void order(BoundLaw.Arguments arguments, List<Arr> values) {
      var names = form.names();
      if (names.equals(List.of("lower", "upper"))) arguments.shift(values.get(1), values.get(0), 1);
      if (names.equals(List.of("mean", "concentration")) && form.parameters().getFirst().domain() == Domain.UNIT)
        arguments.raise(values.get(1), 2);
      if (names.equals(List.of("df", "scale")) && form.parameters().get(1).rank() == 2)
        arguments.raise(values.get(0), ((Expr.Int) values.get(1).dims().getFirst()).value() + 3.5);
    }
  }

  static List<Case> all() {
    return Distributions.ALL.stream().flatMap(d -> d.forms().stream().map(f -> new Case(d, f))).toList();
  }

  /// Cases on scalars that have a proper density.
  static List<Case> scalars() {
    return all().stream().filter(c -> c.distribution().eventRank() == 0 && c.bind(0).law().draw().isPresent()).toList();
  }

  static List<Case> vectors() {
    return all().stream().filter(c -> c.distribution().eventRank() > 0).toList();
  }

  private static List<Integer> extents(List<Size> shape, Map<String, Integer> sizes, Random random) {
    return shape.stream().map(s -> switch (s) {
      case Size.Named(var letter) -> sizes.computeIfAbsent(letter, l -> 2 + random.nextInt(2));
      case Size.Fixed(var n) -> n;
    }).toList();
  }

  private static double[] value(Parameter p, Map<String, Integer> sizes, Random random) {
    int size = extents(p.shape(), sizes, random).stream().reduce(1, (a, b) -> a * b);
    return switch (p.domain()) {
      case REAL -> many(size, () -> 1.5 * random.nextGaussian());
      case POSITIVE, NONNEGATIVE -> many(size, () -> Math.exp(-1 + 2.6 * random.nextDouble()));
      case UNIT -> many(size, () -> 0.05 + 0.9 * random.nextDouble());
      case INT -> many(size, () -> random.nextInt(7) - 3);
      case BINARY -> many(size, () -> random.nextInt(2));
      case COUNT, POSITIVE_INT -> many(size, () -> 1 + random.nextInt(8));
      case SIMPLEX -> simplex(size, random);
      case ORDERED -> many(size, () -> 2 * random.nextGaussian(), true);
      case COV -> covariance(p, sizes, random, false);
      case CORR -> throw new IllegalArgumentException("no parameter is a correlation matrix");
      case COV_CHOLESKY -> covariance(p, sizes, random, true);
      case CORR_CHOLESKY -> throw new IllegalArgumentException("no parameter is a factor of a correlation matrix");
    };
  }

  private static double[] simplex(int size, Random random) {
    var w = many(size, () -> 0.1 + random.nextDouble());
    double total = DoubleStream.of(w).sum();
    return DoubleStream.of(w).map(v -> v / total).toArray();
  }

  private static double[] covariance(Parameter p, Map<String, Integer> sizes, Random random, boolean factor) {
    int n = extents(p.shape(), sizes, random).getFirst();
    var l = new double[n * n];
    for (int i = 0; i < n; i++)
      for (int j = 0; j <= i; j++) l[i * n + j] = i == j ? 0.5 + random.nextDouble() : 0.5 * random.nextGaussian();
    if (factor) return l;
    var a = new double[n * n];
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) for (int k = 0; k < n; k++) a[i * n + j] += l[i * n + k] * l[j * n + k];
    return a;
  }

  private static double[] many(int size, DoubleSupplier one) {
    return many(size, one, false);
  }

  private static double[] many(int size, DoubleSupplier one, boolean sorted) {
    var values = IntStream.range(0, size).mapToDouble(i -> one.getAsDouble());
    return (sorted ? values.sorted() : values).toArray();
  }
}
