package ppl.cli;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Dataset;
import ppl.runtime.Quantity;
import ppl.runtime.Schema;
import ppl.runtime.Target;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// A toolchain with one model: `y[i] ~ Normal(mu[i], 1)`, `mu[i] ~ Normal(0, 10)` for data `y : real[3]`. A text that
/// contains `wrong` has an error; `crash` makes it throw.
record FakeToolchain() implements Toolchain {
  @Override
  public Optional<String> check(Source source, Options options, Diagnostics diagnostics) {
    if (source.text().contains("crash")) throw new IllegalStateException("planted");
    if (source.text().contains("wrong")) diagnostics.add(Diagnostic.error("E0001", source.all(), "this is wrong"));
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of("1 data, 1 unknown, 1 observation");
  }

  @Override
  public Optional<Compiled> compile(Source source, Options options, Diagnostics diagnostics) {
    check(source, options, diagnostics);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(new Normals(source));
  }

  @Override
  public Optional<String> show(String stage, Source source, Options options, Diagnostics diagnostics) {
    return Optional.of(stage + " of " + source.name());
  }

  @Override
  public List<String> stages() {
    return List.of("ast", "typed");
  }

  @Override
  public Map<String, byte[]> runtime(Collection<byte[]> classes) {
    return Map.of();
  }

  private record Normals(Source source) implements Compiled {
    @Override
    public Schema schema() {
      var extent = new Schema.Extent("3", Optional.empty(), Optional.empty(), _ -> 3);
      return new Schema(List.of(new Schema.Slot("y", "real[3]", new Schema.Element.Real(), List.of(extent),
          Schema.Limits.NONE, Optional.empty(), false, Optional.empty(), source.all())), List.of(), List.of());
    }

    @Override
    public List<String> reported(boolean replicates) {
      return List.of("mu");
    }

    @Override
    public Optional<Diagnostic> fault(Dataset data, double[] q) {
      return Optional.empty();
    }

    @Override
    public Optional<Target> bind(Dataset data, boolean replicates, boolean odds, Diagnostics diagnostics) {
      return Optional.of(new Normal((double[]) data.columns().values().iterator().next().values()));
    }

    @Override
    public String explain() {
      return "mu has a normal prior\n";
    }

    @Override
    public Map<String, byte[]> files() {
      return Map.of("model/M.class", new byte[] {1, 2, 3});
    }
  }

  private record Normal(double[] y) implements Target {
    @Override
    public int dimension() {
      return y.length;
    }

    @Override
    public double logDensity(double[] q) {
      return gradient(q, new double[q.length]);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      double sum = 0;
      for (int i = 0; i < q.length; i++) {
        double d = y[i] - q[i];
        sum -= d * d / 2 + q[i] * q[i] / 200;
        gradient[i] = d - q[i] / 100;
      }
      return sum;
    }

    @Override
    public List<Quantity> quantities() {
      return List.of(new Quantity("mu", List.of(3), List.of(Optional.of(List.of("ANOKA", "CLAY", "ST LOUIS"))),
          Quantity.Role.UNKNOWN, false));
    }

    @Override
    public int outputSize() {
      return 3;
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      System.arraycopy(q, 0, out, 0, 3);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-2, 2);
    }

    @Override
    public Target fork() {
      return this;
    }
  }
}
