package ppl.ir;

import java.util.List;
import java.util.random.RandomGenerator;

/// Draws one scalar from a distribution with scalar arguments.
///
/// @param parameters kinds of the arguments
/// @param result     kind of the draw
/// @param value      for the interpreter; whole numbers are passed and returned as doubles
/// @param method     for generated code: static, takes a `RandomGenerator`, then one int or double for each parameter
public record Sampler(String name, List<Kind> parameters, Kind result, Value value, Method method) {
  /// The sampler as a function.
  @FunctionalInterface
  public interface Value {
    double draw(RandomGenerator random, double[] args);
  }
}
