import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import ppl.Program;
import ppl.family.Factor;
import ppl.infer.Cavi;
import ppl.infer.Exact;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.io.Binder;
import ppl.io.JavaData;
import ppl.runtime.Dataset;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Processor time of answers in closed form, on data that are drawn here.
final class Closed {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int REPEATS = Integer.getInteger("repeats", 5);

  private static final int GROUPS = 50;
  private static final double[] NOTHING = {};
  private static final String DATA = """
      data N : int
      data D : int
      data J : int
      data X : real[N, D]
      data g : int(1..J)[N]
      data y : real[N]
      """;
  private static final String REGRESSION = """
      sigma2 : real ~ InverseGamma(2, 2)
      beta : real[D] ~ Normal(0, 10)
      y ~ Normal(X * beta, sqrt(sigma2))
      """;
  private static final String HIERARCHY = """
      mu : real ~ Normal(0, 10)
      tau2 : real ~ InverseGamma(2, 2)
      sigma2 : real ~ InverseGamma(2, 2)
      alpha : real[J] ~ Normal(mu, sqrt(tau2))
      beta : real[D] ~ Normal(0, 10)
      y ~ Normal(alpha[g] + X * beta, sqrt(sigma2))
      """;
  private static double sink;

  private Closed() {}

  /// Times the sweeps of a run on one thread: from the report of one to the report of a later one.
  private static final class Watch implements Progress {
    private final int from;
    private long started;
    private int first;
    private long ended;
    private int last;

    Watch(int from) {
      this.from = from;
    }

    @Override
    public boolean report(int chain, int iteration, int total, Phase phase) {
      if (phase != Phase.OPTIMISING) return true;
      long now = THREAD.getCurrentThreadCpuTime();
      if (iteration <= from) {
        started = now;
        first = iteration;
      }
      ended = now;
      last = iteration;
      return true;
    }

    double seconds() {
      return 1e-9 * (ended - started) / (last - first);
    }
  }

  /// Elapsed seconds a sweep, from each report to the next.
  private static final class Laps implements Progress {
    private final int from;
    private final List<Double> seconds = new ArrayList<>();
    private long before;
    private int last;

    Laps(int from) {
      this.from = from;
    }

    @Override
    public boolean report(int chain, int iteration, int total, Phase phase) {
      if (phase != Phase.OPTIMISING) return true;
      long now = System.nanoTime();
      if (last >= from && iteration > last) seconds.add(1e-9 * (now - before) / (iteration - last));
      before = now;
      last = iteration;
      return true;
    }
  }

  /// @param what `regression`, `iteration` or `topics`; behind that a number of threads to compare with one
  public static void main(String[] what) throws Exception {
    switch (what[0]) {
      case "regression" -> regression(1_000_000, 10);
      case "iteration" -> iteration();
      case "topics" -> topics(250, 400, 2000, 20, what.length < 2 ? 1 : Integer.parseInt(what[1]));
      default -> throw new IllegalArgumentException(what[0]);
    }
  }

  private static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  }

  private static Dataset data(Program program, Map<String, ?> values) {
    var diagnostics = new Diagnostics();
    var data = Binder.bind(program.schema(), JavaData.of(program.schema(), values, diagnostics), diagnostics);
    return data.orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
  }

  private static double seconds(long start) {
    return 1e-9 * (THREAD.getCurrentThreadCpuTime() - start);
  }

  /// Rows of D predictors, the first of them 1, and what they predict.
  private static Map<String, Object> rows(int n, int d) {
    var random = random();
    var x = new double[n][d];
    var g = new int[n];
    var y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i][0] = 1;
      for (int k = 1; k < d; k++) x[i][k] = random.nextGaussian();
      for (int k = 0; k < d; k++) y[i] += (k + 1) * 0.1 * x[i][k];
      y[i] += random.nextGaussian();
      g[i] = 1 + i % GROUPS;
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("N", n);
    data.put("D", d);
    data.put("J", GROUPS);
    data.put("g", g);
    data.put("X", x);
    data.put("y", y);
    return data;
  }

  private static void regression(int n, int d) throws Exception {
    var program = Bound.program(Bound.source(Path.of("models/textbook/normal_regression/normal_regression.ppl")));
    var data = data(program, rows(n, d));
    System.out.printf("%d rows, %d predictors: seconds of processor time%n", n, d);
    for (int r = 0; r < REPEATS; r++) {
      long start = THREAD.getCurrentThreadCpuTime();
      Target target = program.bind(data);
      double bind = seconds(start);
      start = THREAD.getCurrentThreadCpuTime();
      target.conjugate();
      double sums = seconds(start);
      start = THREAD.getCurrentThreadCpuTime();
      var posterior = new Exact().run(target, Map.of(), 1, Progress.SILENT);
      System.out.printf("bind %.3f   sums over rows, and their certificate %.3f   posterior %.3f   log evidence %.6f%n",
          bind, sums, seconds(start), posterior.diagnostics().get("log_evidence"));
    }
  }

  private static void iteration() throws NoStart {
    System.out.printf("%-32s %12s %12s%n", "microseconds an iteration", "1,000 rows", "1,000,000");
    compare("regression", REGRESSION);
    compare("hierarchy", HIERARCHY);
  }

  private static void compare(String name, String text) {
    var program = Bound.program(new Source(name, DATA + text));
    System.out.printf("%-32s %12.3f %12.3f%n", name, iteration(program, 1000), iteration(program, 1_000_000));
  }

  /// Of the update of every block and the bound.
  private static double iteration(Program program, int n) {
    var model = program.bind(data(program, rows(n, 10))).conjugate().orElseThrow();
    var factors = model.blocks().stream().map(Factor::of).toArray(Factor[]::new);
    var moments = model.blocks().stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    var natural = model.blocks().stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    for (int b = 0; b < factors.length; b++) {
      var values = new double[model.blocks().get(b).size()];
      Arrays.fill(values, 1);
      factors[b].statistics(values, moments[b]);
    }
    long start = 0;
    for (int i = 0; i < 20_000; i++) {
      if (i == 10_000) start = THREAD.getCurrentThreadCpuTime();
      for (int b = 0; b < factors.length; b++) {
        model.natural(b, moments, NOTHING, natural[b]);
        factors[b].set(natural[b]).ifPresent(why -> {
          throw new IllegalStateException(why);
        });
        factors[b].moments(moments[b]);
      }
      sink += model.energy(moments, NOTHING);
    }
    return 1e6 * seconds(start) / 10_000;
  }

  private static Posterior run(Target target, int sweeps, int threads, Progress progress) throws NoStart {
    return new Cavi().run(target, Map.of("starts", "1", "threads", String.valueOf(threads), "draws", "2", "check", "no",
        "max-sweeps", String.valueOf(sweeps), "tolerance", "1e-14"), 1, progress);
  }

  /// Documents of words that are drawn from topics.
  private static void topics(int documents, int length, int vocabulary, int topics, int threads) throws Exception {
    var program = Bound.program(Bound.source(Path.of("models/lda/lda.ppl")), Map.of("K", String.valueOf(topics)));
    var random = random();
    var phi = new double[topics][];
    for (int k = 0; k < topics; k++) phi[k] = sparse(random, vocabulary, 0.05);
    int n = documents * length;
    var doc = new int[n];
    var word = new int[n];
    for (int d = 0, i = 0; d < documents; d++) {
      var theta = sparse(random, topics, 0.1);
      for (int j = 0; j < length; j++, i++) {
        doc[i] = d + 1;
        word[i] = pick(random, phi[pick(random, theta)]) + 1;
      }
    }
    var data = data(program, Map.of("D", documents, "V", vocabulary, "N", n, "doc", doc, "word", word));
    long start = THREAD.getCurrentThreadCpuTime();
    var target = program.bind(data);
    double bind = seconds(start);
    start = THREAD.getCurrentThreadCpuTime();
    target.conjugate();
    System.out.printf("%d words, %d documents, %d topics: bind %.3f s, closed forms and their certificate %.3f s%n", n,
        documents, topics, bind, seconds(start));
    var watch = new Watch(100);
    run(target, 200, 1, watch);
    System.out.printf("a sweep %.4f s: %.2f million words a second%n", watch.seconds(), 1e-6 * n / watch.seconds());
    if (threads > 1) byTurns(target, threads);
  }

  /// The same on one thread and on several, by turns.
  private static void byTurns(Target target, int threads) throws NoStart {
    var one = new ArrayList<Double>();
    var several = new ArrayList<Double>();
    for (int r = 0; r < REPEATS; r++) {
      one.addAll(laps(target, 1));
      several.addAll(laps(target, threads));
    }
    elapsed(1, one);
    elapsed(threads, several);
  }

  private static List<Double> laps(Target target, int threads) throws NoStart {
    var laps = new Laps(20);
    run(target, 80, threads, laps);
    return laps.seconds;
  }

  private static void elapsed(int threads, List<Double> seconds) {
    Collections.sort(seconds);
    System.out.printf("%d threads: a sweep takes %.4f s elapsed at least, %.4f s in the median of %d%n", threads,
        seconds.getFirst(), seconds.get(seconds.size() / 2), seconds.size());
  }

  /// Gammas of a small shape, as shares.
  private static double[] sparse(RandomGenerator random, int n, double shape) {
    var x = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) sum += x[i] = Math.pow(random.nextDouble(), 1 / shape) * random.nextExponential();
    for (int i = 0; i < n; i++) x[i] /= sum;
    return x;
  }

  private static int pick(RandomGenerator random, double[] p) {
    double left = random.nextDouble();
    for (int k = 0; k < p.length - 1; k++) if ((left -= p[k]) < 0) return k;
    return p.length - 1;
  }
}
