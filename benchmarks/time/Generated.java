/// A long model: many groups of priors, deterministic quantities, a loop and a likelihood.
final class Generated {
  private Generated() {}

  static String model(int groups) {
    var text = new StringBuilder("/// A generated model.\ndata N : int\n");
    for (int g = 1; g <= groups; g++) text.append(group().replace("#", String.valueOf(g)));
    return text.toString();
  }

  private static String group() {
    return """

        // Group #: a line with its own noise, and a random walk around it.
        data x# : real[N]
        data y# : real[N]
        a# : real ~ Normal(0, 10)
        b# : real ~ Normal(0, 1)
        s# : real ~ HalfNormal(2)
        w# : real[N] ~ Normal(0, 1)
        h# : real[N]
        h#[1] = w#[1]
        for t in 2..N {
          h#[t] = h#[t - 1] + s# * w#[t]
        }
        y# ~ Normal(a# + b# * x# + h#, s#)
        """;
  }
}
