import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import ppl.infer.Engine;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.io.Binder;
import ppl.io.JavaData;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// What a step of an engine takes beside its gradients, on one thread: elapsed time, so that it wants a quiet machine.
final class EngineTime {
  private static final int GROUPS = 1_000;
  private static final int ROWS = 10_000;
  private static final String HIERARCHY = """
      data N : int
      data J : int
      data g : int(1..J)[N]
      data x : real[N]
      data y : int(0..1)[N]
      mu : real ~ Normal(0, 1)
      tau : real ~ HalfNormal(1)
      b : real ~ Normal(0, 1)
      a : real[J] ~ Normal(0, 1)
      y ~ Bernoulli(logit = mu + tau * a[g] + b * x)
      """;
  private static final Map<String, String> SETTINGS = Map.of("chains", "1", "threads", "1", "warmup", "300", "draws", "1000",
      "starts", "1", "check", "no");

  private EngineTime() {}

  /// Counts and times gradients between the first and the last report of the phase in which an engine takes its steps.
  private static final class Clock implements Progress {
    private final Phase phase;
    private long calls;
    private long inside;
    private boolean begun;
    private long firstAt;
    private long firstCalls;
    private long firstInside;
    private long lastAt;
    private long lastCalls;
    private long lastInside;

    Clock(Phase phase) {
      this.phase = phase;
    }

    @Override
    public boolean report(int chain, int iteration, int total, Phase phase) {
      if (phase != this.phase) return true;
      lastAt = System.nanoTime();
      lastCalls = calls;
      lastInside = inside;
      if (begun) return true;
      begun = true;
      firstAt = lastAt;
      firstCalls = calls;
      firstInside = inside;
      return true;
    }

    void print(String model, String engine) {
      double n = lastCalls - firstCalls;
      double gradient = 1e-3 * (lastInside - firstInside) / n;
      double whole = 1e-3 * (lastAt - firstAt) / n;
      System.out.printf("%-26s %-6s %10.0f %14.3f %14.3f %9.1f%%%n", model, engine, n, gradient, whole - gradient,
          100 * (whole / gradient - 1));
    }
  }

  private record Timed(Target target, Clock clock) implements Target {
    @Override
    public int dimension() {
      return target.dimension();
    }

    @Override
    public double logDensity(double[] q) {
      return target.logDensity(q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      long begin = System.nanoTime();
      double value = target.gradient(q, gradient);
      clock.inside += System.nanoTime() - begin;
      clock.calls++;
      return value;
    }

    @Override
    public List<Quantity> quantities() {
      return target.quantities();
    }

    @Override
    public int outputSize() {
      return target.outputSize();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      target.constrain(q, random, out);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      target.start(random, q);
    }

    @Override
    public Target fork() {
      return new Timed(target.fork(), clock);
    }
  }

  /// @param models names of folders in `models/`, with `=FILE` for other data than theirs; none for a hierarchy of 1,003
  ///     unknowns and 10,000 rows, which is drawn here
  public static void main(String[] models) throws IOException, NoStart {
    System.out.printf("%-26s %-6s %10s %14s %14s %10s%n", "microseconds", "engine", "gradients", "a gradient", "beside it", "share");
    var targets = new HashMap<String, Target>();
    if (models.length == 0) targets.put("hierarchy", hierarchy());
    for (var model : models) targets.put(model, Bound.target(model));
    for (var t : targets.entrySet()) {
      run("nuts", Progress.Phase.SAMPLING, t.getKey(), t.getValue());
      run("advi", Progress.Phase.OPTIMISING, t.getKey(), t.getValue());
    }
  }

  private static void run(String name, Progress.Phase phase, String model, Target target) throws NoStart {
    var engine = Engine.ALL.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    var given = new HashMap<>(SETTINGS);
    given.keySet().retainAll(engine.knobs().stream().map(k -> k.name()).toList());
    for (int seed = 1; seed <= 3; seed++) {
      var clock = new Clock(phase);
      engine.run(new Timed(target, clock), given, seed, clock);
      clock.print(model, name);
    }
  }

  private static Target hierarchy() throws IOException {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    var effects = new double[GROUPS];
    for (int j = 0; j < GROUPS; j++) effects[j] = random.nextGaussian();
    var g = random.ints(ROWS, 1, GROUPS + 1).toArray();
    var x = random.doubles(ROWS, -2, 2).toArray();
    var y = new int[ROWS];
    for (int i = 0; i < ROWS; i++) y[i] = random.nextDouble() < 1 / (1 + Math.exp(-effects[g[i] - 1] - 0.5 * x[i])) ? 1 : 0;
    var program = Bound.program(new Source("hierarchy.ppl", HIERARCHY));
    var diagnostics = new Diagnostics();
    var values = JavaData.of(program.schema(), Map.of("N", ROWS, "J", GROUPS, "g", g, "x", x, "y", y), diagnostics);
    return program.bind(Binder.bind(program.schema(), values, diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString())));
  }
}
