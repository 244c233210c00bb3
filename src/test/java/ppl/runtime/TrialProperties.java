package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrialProperties {
  /// Most of the time goes to what takes less, also when that becomes the other.
  @Property(tries = 200)
  void theFasterWayHasItsTurnMostOfTheTime(@ForAll @IntRange(min = 1_000, max = 1_000_000) int fast,
      @ForAll @IntRange(min = 11, max = 100) int tenths, @ForAll @IntRange(min = 1, max = 50) int units, @ForAll boolean second) {
    var trial = new Trial();
    for (boolean faster : new boolean[] {second, !second}) {
      run(trial, faster, fast, tenths, units, 300);
      double share = run(trial, faster, fast, tenths, units, 300);
      assertTrue(share > 0.8, "" + share);
    }
  }

  /// The share of time of the faster way; for as long as `times` trials of the other take.
  private static double run(Trial trial, boolean faster, int fast, int tenths, int units, int times) {
    double slow = fast * (tenths / 10.0) * units;
    double good = 0;
    double all = 0;
    while (all < times * Math.max(slow, 4e6)) {
      double nanos = trial.second() == faster ? (double) fast * units : slow;
      if (trial.second() == faster) good += nanos;
      all += nanos;
      trial.add((long) nanos, units);
    }
    return good / all;
  }
}
