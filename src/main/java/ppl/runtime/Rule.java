package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Arrays that follow from data, such as the extents of other data or their bounds.
@FunctionalInterface
public interface Rule {
  /// The arrays for `data`, which needs to know what the rule reads alone.
  List<Value> of(Schema.Lookup data);

  /// An array that a rule gave, row-major.
  record Value(int[] dims, double[] elements) implements Schema.Bounds {
    /// The element at the last subscripts of `index`, as many as there are dimensions.
    @Override
    public double at(int[] index) {
      int flat = 0;
      for (int d = 0; d < dims.length; d++) flat = flat * dims[d] + index[index.length - dims.length + d];
      return elements[flat];
    }
  }

  /// A rule that is computed as the quantities of a model without unknowns, so that it can be compiled and kept as one.
  ///
  /// @param kernel unbound instances; what [Kernel#extents] gives starts with a dimension of 0
  /// @param inputs what to bind, no gaps among it
  /// @param ranks  number of dimensions of each array
  record Computed(Supplier<Kernel> kernel, List<Input> inputs, List<Integer> ranks) implements Rule {
    @Override
    public List<Value> of(Schema.Lookup data) {
      var bound = kernel.get().bind(inputs.stream().map(i -> value(i, data)).toArray());
      var extents = new double[1 + ranks.stream().mapToInt(r -> r).sum()];
      bound.extents(extents);
      var dims = new ArrayList<int[]>();
      int from = 1;
      int size = 0;
      for (int rank : ranks) {
        int[] d = Arrays.stream(extents, from, from += rank).mapToInt(x -> (int) x).toArray();
        dims.add(d);
        size += product(d);
      }
      var out = new double[size];
      bound.constrain(new double[0], out, new SplittableRandom(0));
      return cut(dims, out);
    }

    private static List<Value> cut(List<int[]> dims, double[] all) {
      var values = new ArrayList<Value>();
      int from = 0;
      for (var d : dims) values.add(new Value(d, Arrays.copyOfRange(all, from, from += product(d))));
      return values;
    }

    private static int product(int[] dims) {
      return Arrays.stream(dims).reduce(1, Math::multiplyExact);
    }

    private static Object value(Input input, Schema.Lookup data) {
      return switch (input) {
        case Input.Column(var slot) -> switch (slot.element()) {
          case Schema.Element.Real _ -> data.values(slot);
          case Schema.Element.Int _, Schema.Element.Level _ ->
              Arrays.stream(data.values(slot)).mapToInt(x -> (int) x).toArray();
        };
        case Input.SizeOf(var domain) -> new int[] {data.size(domain)};
        case Input.Position(var factor, var label, _) -> new int[] {data.position(factor, label)};
        case Input.Gaps _, Input.GapCount _ -> throw new IllegalStateException("missing values in a rule");
      };
    }
  }
}
