package ppl.sum;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Small models with discrete unknowns, of every shape that can be summed out, with random sizes and data.
record DiscreteModels(String name, String text, Map<String, String> data) {
  /// The number of shapes.
  static final int SHAPES = 25;

  /// The shape with gaps in two columns.
  static final int GAPS = 23;

  static DiscreteModels of(int shape, long seed) {
    var r = new Random(seed);
    for (int i = 0; i < 20; i++) r.nextInt();
    int n = 1 + r.nextInt(4);
    int k = 2 + r.nextInt(2);
    return switch (shape) {
      case 0 -> model("mixture", """
          z : int[N] ~ Categorical(w)
          y ~ Normal(mu[z], sigma[z])
          """, n, k, r);
      case 1 -> model("chain", """
          z : int[N]
          z[1] ~ Categorical(w)
          for t in 2..N { z[t] ~ Categorical(A[z[t - 1]]) }
          y ~ Normal(mu[z], sigma[z])
          """, n, k, r);
      case 2 -> model("chain in one loop, uneven starts", """
          z : int[N]
          for t in 1..N {
            if g[t] == 1 or t == 1 { z[t] ~ Categorical(w) } else { z[t] ~ Categorical(A[z[t - 1]]) }
            y[t] ~ Normal(mu[z[t]], 1)
          }
          """, n, k, r);
      case 3 -> model("classes of groups", """
          z : int[G] ~ Categorical(w)
          y ~ Normal(mu[z[g]], 1)
          """, n, k, r);
      case 4 -> model("change point", """
          tau : int ~ DiscreteUniform(1, N)
          rate = [t < tau ? mu[1] : mu[2] for t in 1..N]
          y ~ Normal(rate, 1)
          """, n, k, r);
      case 5 -> model("two change points", """
          a : int ~ DiscreteUniform(1, N)
          b : int ~ DiscreteUniform(a, N)
          for t in 1..N { y[t] ~ Normal(t < a ? mu[1] : t < b ? mu[2] : 0, 1) }
          """.replace("DiscreteUniform(a, N)", "truncated(DiscreteUniform(1, N), lower = 1)"), n, k, r);
      case 6 -> model("indicators", """
          on : binary[N] ~ Bernoulli(w[1])
          y ~ Normal(on * mu[1], 1)
          """, n, k, r);
      case 7 -> model("occupancy", """
          on : binary[N] ~ Bernoulli(w[1])
          for i in 1..N { for j in 1..2 { c[i, j] ~ Bernoulli(on[i] * w[2]) } }
          """, n, k, r);
      case 8 -> model("latent counts", """
          m : int(0..5)[N] ~ Poisson(exp(mu[1]))
          for i in 1..N { for j in 1..2 { c[i, j] ~ Binomial(m[i], w[1]) } }
          """, n, k, r);
      case 9 -> model("two families at one place", """
          z : int[N] ~ Categorical(w)
          u : binary[N] ~ Bernoulli(w[1])
          y ~ Normal(mu[z] + u, 1)
          """, n, k, r);
      case 10 -> model("a class of a class", """
          u : int[N] ~ Categorical(w)
          z : int[N] ~ Categorical(A[u])
          y ~ Normal(mu[z], 1)
          """, n, k, r);
      case 11 -> model("classes of rows in classes of groups", """
          u : int[G] ~ Categorical(w)
          z : int[N] ~ Categorical(A[u[g]])
          y ~ Normal(mu[z], 1)
          """, n, k, r);
      case 12 -> model("two chains with one series", """
          z : int[N]
          u : binary[N]
          z[1] ~ Categorical(w)
          u[1] ~ Bernoulli(0.5)
          for t in 2..N {
            z[t] ~ Categorical(A[z[t - 1]])
            u[t] ~ Bernoulli(u[t - 1] == 1 ? w[1] : 0.3)
          }
          y ~ Normal(mu[z] + u, 1)
          """, Math.min(n, 3), 2, r);
      case 13 -> model("a chain of mixtures", """
          z : int[N]
          e2 : int[N] ~ Categorical(A[z])
          z[1] ~ Categorical(w)
          for t in 2..N { z[t] ~ Categorical(A[z[t - 1]]) }
          y ~ Normal(mu[e2], sigma[z])
          """, Math.min(n, 3), 2, r);
      case 14 -> model("a regime for the whole chain", """
          m : binary ~ Bernoulli(0.3)
          z : int[N]
          z[1] ~ Categorical(w)
          for t in 2..N { z[t] ~ Categorical(m == 1 ? w : A[z[t - 1]]) }
          y ~ Normal(mu[z], 1)
          """, Math.min(n, 3), k, r);
      case 15 -> model("chains of several series", """
          z : int[2, N]
          for s in 1..2 {
            z[s, 1] ~ Categorical(w)
            for t in 2..N { z[s, t] ~ Categorical(A[z[s, t - 1]]) }
            for t in 1..N { c[t, s] ~ Poisson(exp(mu[z[s, t]])) }
          }
          """, Math.min(n, 3), 2, r);
      case 16 -> model("numbers tied to each other", """
          a : int ~ Categorical(w)
          b : int ~ Categorical(A[a])
          c2 : int ~ Categorical(A[b])
          y ~ Normal(mu[a] + mu[c2], sigma[b])
          """, n, k, r);
      case 17 -> model("impossible transitions", """
          z : int[N]
          z[1] ~ Categorical([1, 0])
          for t in 2..N { z[t] ~ Categorical(z[t - 1] == 1 ? [w[1], 1 - w[1]] : [0, 1]) }
          y ~ Normal(mu[z], 1)
          """, n, 2, r);
      case 18 -> model("vectors of a class", """
          z : int[N] ~ Categorical(w)
          for i in 1..N { v[i] ~ MultivariateNormal([mu[z[i]], 0], cov = [[1, 0.3], [0.3, 1 + z[i]]]) }
          """, n, k, r);
      case 19 -> model("sums over rows, written out", """
          z : int[N] ~ Categorical(w)
          target += sum(i in 1..N : logpdf(Normal(mu[z[i]], 1), y[i])) + 2 * sum(i in 1..N : mu[1] * z[i])
          """, n, k, r);
      case 20 -> model("values computed step by step", """
          tau : int ~ DiscreteUniform(1, N)
          level : real[N]
          level[1] = mu[1]
          for t in 2..N { level[t] = 0.5 * level[t - 1] + (t >= tau ? 1 : 0) }
          y ~ Normal(level, 1)
          """, n, k, r);
      case 21 -> model("a chain against strong evidence", """
          z : int[N]
          z[1] ~ Categorical([0.5, 0.5])
          for t in 2..N { z[t] ~ Categorical(z[t - 1] == 1 ? [w[1], 1 - w[1]] : [1.0e-300, 1 - 1.0e-300]) }
          y ~ Normal(mu[z], 0.02)
          """, n, 2, r);
      case 22 -> model("labels of some rows", """
          h ~ Categorical(w)
          y ~ Normal(mu[h], sigma[h])
          """, n, k, r);
      case 23 -> model("labels of some rows, and counts", """
          h ~ Categorical(w)
          for i in 1..N { e[i] ~ Binomial(2, w[h[i]]) }
          y ~ Normal(mu[h] + e, 1)
          """, n, k, r);
      case 24 -> model("labels in a row, of which some are known", """
          h[1] ~ Categorical(w)
          for t in 2..N { h[t] ~ Categorical(A[h[t - 1]]) }
          y ~ Normal(mu[h], sigma[h])
          """, n, k, r);
      default -> throw new IllegalArgumentException();
    };
  }

  private static DiscreteModels model(String name, String body, int n, int k, Random r) {
    var text = """
        data N : int
        data K : int
        data G : int
        data g : int(1..G)[N]
        data y : real[N]
        data c : count[N, 2]
        data v : real[N, 2]
        data h : int(1..K)[N]
        data e : count[N]
        w : simplex[K] ~ Dirichlet(rep(2, K))
        A : simplex[K, K] ~ Dirichlet(rep(1, K))
        mu : real[K] ~ Normal(0, 2)
        sigma : positive[K] ~ LogNormal(0, 1)
        """ + body;
    var data = new LinkedHashMap<String, String>();
    data.put("N", "" + n);
    data.put("K", "" + k);
    data.put("G", "2");
    data.put("g", list(n, () -> "" + (1 + r.nextInt(2))));
    data.put("y", list(n, () -> "%.3f".formatted(2 * r.nextGaussian())));
    data.put("c", list(n, () -> list(2, () -> "" + r.nextInt(2))));
    data.put("v", list(n, () -> list(2, () -> "%.3f".formatted(r.nextGaussian()))));
    data.put("h", list(n, () -> r.nextBoolean() ? "null" : "" + (1 + r.nextInt(k))));
    data.put("e", list(n, () -> name.contains("and counts") && r.nextBoolean() ? "null" : "" + r.nextInt(3)));
    if (!name.contains("labels")) data.put("h", list(n, () -> "1"));
    return new DiscreteModels(name, text, data);
  }

  private static String list(int n, java.util.function.Supplier<String> element) {
    return IntStream.range(0, n).mapToObj(i -> element.get()).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String toString() {
    return name + "\n" + text + data;
  }
}
