package ppl.math;

import java.util.ArrayList;
import java.util.List;

/// Gauss and Legendre's rule for exp f on intervals that are halved until halving changes nothing.
final class Panels {
  private static final double AGREEMENT = 1e-10;
  /// What halving may change in an integral that is none the worse for it.
  private static final double SOUND = 1e-5;
  private static final int MOST = 2000;
  private static final int DEEPEST = 40;

  private final LineIntegral.LogDensity f;
  private final double mode;
  private final List<Panel> done = new ArrayList<>();
  private double total;
  private double doubt;

  /// @param mode where f is highest
  Panels(LineIntegral.LogDensity f, double mode) {
    this.f = f;
    this.mode = mode;
  }

  /// An interval with weighted values at the nodes.
  private record Panel(double from, double to, double[] values, double sum) {}

  private Panel panel(double from, double to) {
    int n = GaussLegendre.COUNT;
    double half = 0.5 * (to - from);
    var values = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) sum += values[i] = half * GaussLegendre.weight(i) * Math.exp(f.rise(node(from, half, i), mode));
    return new Panel(from, to, values, sum);
  }

  private static double node(double from, double half, int i) {
    return from + half * (1 + GaussLegendre.node(i));
  }

  /// Integrates between places, ascending. Returns whether that came to an end.
  boolean add(double[] ends) {
    var first = new ArrayList<Panel>();
    for (int k = 0; k + 1 < ends.length; k++) first.add(panel(ends[k], ends[k + 1]));
    for (var p : first) total += p.sum();
    for (var p : first) halve(p, 0);
    return Double.isFinite(total) && doubt <= SOUND * total;
  }

  private void halve(Panel p, int depth) {
    double middle = p.from() + 0.5 * (p.to() - p.from());
    var left = panel(p.from(), middle);
    var right = panel(middle, p.to());
    double sum = left.sum() + right.sum();
    total += sum - p.sum();
    double change = Math.abs(sum - p.sum());
    if (change > AGREEMENT * total && depth < DEEPEST && done.size() < MOST) {
      halve(left, depth + 1);
      halve(right, depth + 1);
      return;
    }
    // not a number where f is not known: then all is in doubt
    doubt += change;
    done.add(left);
    done.add(right);
  }

  LineIntegral integral(double width) {
    int n = GaussLegendre.COUNT;
    var u = new double[n * done.size()];
    var weight = new double[u.length];
    var edges = new double[done.size() + 1];
    double sum = 0;
    for (var p : done) sum += p.sum();
    for (int k = 0; k < done.size(); k++) {
      var p = done.get(k);
      edges[k] = p.from();
      edges[k + 1] = p.to();
      for (int i = 0; i < n; i++) {
        u[k * n + i] = node(p.from(), 0.5 * (p.to() - p.from()), i);
        weight[k * n + i] = p.values()[i] / sum;
      }
    }
    return new LineIntegral(u, weight, Math.log(sum), LineIntegral.End.WHOLE, mode, width, edges);
  }
}
