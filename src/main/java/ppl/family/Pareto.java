package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.Samplers;
import ppl.runtime.Statistic;

/// The Pareto distribution above a positive minimum, the event's lower bound: log x, with natural parameter -shape - 1.
record Pareto() implements Family {
  static final List<Statistic> STATISTICS = List.of(Statistic.LOG);

  @Override
  public List<Statistic> statistics() {
    return STATISTICS;
  }

  @Override
  public Optional<String> objection(double[] eta, Event event) {
    return Numbers.positive("its shape", -eta[0] - 1);
  }

  @Override
  public double solve(double[] eta, Event event, double[] moments) {
    double shape = -eta[0] - 1;
    moments[0] = Math.log(event.lower()) + 1 / shape;
    return -shape * Math.log(event.lower()) - Math.log(shape);
  }

  @Override
  public void draw(RandomGenerator random, double[] eta, Event event, double[] x) {
    x[0] = Samplers.pareto(random, event.lower(), -eta[0] - 1);
  }

  @Override
  public void statistics(double[] x, Event event, double[] t) {
    t[0] = Math.log(x[0]);
  }

  @Override
  public double mean(double[] eta, Event event, int element) {
    double shape = -eta[0] - 1;
    return shape > 1 ? event.lower() * shape / (shape - 1) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double sd(double[] eta, Event event, int element) {
    double shape = -eta[0] - 1;
    return shape > 2 ? event.lower() * Math.sqrt(shape / (shape - 2)) / (shape - 1) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double quantile(double[] eta, Event event, int element, double p) {
    return event.lower() * Math.exp(Math.log1p(-p) / (eta[0] + 1));
  }
}
