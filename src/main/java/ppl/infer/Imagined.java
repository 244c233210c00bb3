package ppl.infer;

import java.util.Arrays;
import java.util.stream.IntStream;
import ppl.family.Chart;

/// Where the one coordinate of a density may make it high, as far as its prior tells: draws of a mixture lie in its parts,
/// however narrow and far apart these are.
///
/// @param hints coordinates, ascending
/// @param whole whether all draws have coordinates that are known
record Imagined(double[] hints, boolean whole) {
  private static final int DRAWS = 256;
  /// So far out coordinates tell bounds.
  private static final double FAR = 1e6;
  private static final double ROUNDING = 1e-6;
  private static final Imagined NOTHING = new Imagined(new double[0], true);

  /// At a position, which has one coordinate. Where is sought depends on no seed.
  static Imagined of(Collapsed collapsed, double at) {
    var blocks = collapsed.blocks();
    if (blocks.q.length != 1) return NOTHING;
    var random = Streams.of(0, 1)[0];
    boolean solved = !Double.isNaN(collapsed.solve(new double[] {at}));
    var drawn = new double[DRAWS][collapsed.outputSize()];
    for (var d : drawn) blocks.model.imagine(solved ? collapsed.draw(random) : blocks.values(), blocks.q, random, d);
    var low = collapsed.reported(-FAR);
    var high = collapsed.reported(FAR);
    return IntStream.range(0, low.length)
        .filter(i -> low[i] != high[i] && Arrays.stream(drawn).anyMatch(d -> !Double.isNaN(d[i])))
        .mapToObj(i -> hints(collapsed, i, Arrays.stream(drawn).mapToDouble(d -> d[i]).toArray(), low[i], high[i]))
        .findFirst().orElse(NOTHING);
  }

  /// Of draws of the number that is reported at place `i`.
  private static Imagined hints(Collapsed collapsed, int i, double[] drawn, double low, double high) {
    var chart = new Chart(low == -FAR ? Double.NEGATIVE_INFINITY : Math.min(low, high),
        high == FAR ? Double.POSITIVE_INFINITY : Math.max(low, high));
    var inside = Arrays.stream(drawn).filter(x -> x > chart.lower() && x < chart.upper()).toArray();
    var hints = Arrays.stream(inside).map(chart::u).filter(u -> {
      double x = chart.x(u);
      return Math.abs(collapsed.reported(u)[i] - x) <= ROUNDING * Math.abs(x);
    }).sorted().toArray();
    return new Imagined(hints, hints.length == inside.length && Arrays.stream(drawn).noneMatch(Double::isInfinite));
  }
}
