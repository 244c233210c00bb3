package ppl.infer;

import java.util.LinkedHashMap;
import java.util.Map;

/// Wall time of successive phases, in seconds.
final class Clock {
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final long begin = System.nanoTime();
  private long last = begin;

  /// Ends a phase, which began when the one before ended.
  void lap(String phase) {
    long now = System.nanoTime();
    seconds.put(phase, (now - last) * 1e-9);
    last = now;
  }

  /// All phases, and their `total`.
  Map<String, Double> seconds() {
    var out = new LinkedHashMap<>(seconds);
    out.put("total", (last - begin) * 1e-9);
    return out;
  }
}
