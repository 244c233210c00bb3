package ppl.runtime;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The draws of one chain, a row of numbers each: held, or computed when they are read.
public interface Rows {
  /// Numbers in a draw.
  int width();

  /// Number of draws.
  int length();

  /// A reader of its own for each thread.
  Reader reader();

  /// Whether reading costs next to nothing.
  boolean isHeld();

  /// All numbers, draw after draw; not to be changed.
  default double[] all() {
    return some(IntStream.range(0, length()).toArray());
  }

  /// The numbers of some draws, one after the other.
  default double[] some(int[] draws) {
    var out = Storage.reals((long) draws.length * width());
    var reader = reader();
    for (int i = 0; i < draws.length; i++) {
      int at = reader.at(draws[i]);
      System.arraycopy(reader.values(), at, out, i * width(), width());
    }
    return out;
  }

  /// Reads draw by draw.
  interface Reader {
    /// Where draw `draw` begins in [#values()]: its numbers lie there until the next one is asked for.
    int at(int draw);

    /// The array that draws are read from.
    double[] values();
  }

  /// Draws in memory.
  ///
  /// @param values row-major, `length x width`; not copied, not to be changed
  record Held(int width, double[] values) implements Rows {
    public Held {
      if (width == 0 ? values.length != 0 : values.length % width != 0)
        throw new IllegalArgumentException("a chain of " + values.length + " numbers in draws of " + width);
    }

    /// Draws of width 0 are none.
    @Override
    public int length() {
      return width == 0 ? 0 : values.length / width;
    }

    @Override
    public Reader reader() {
      return new Reader() {
        @Override
        public int at(int draw) {
          return draw * width;
        }

        @Override
        public double[] values() {
          return values;
        }
      };
    }

    @Override
    public boolean isHeld() {
      return true;
    }

    @Override
    public double[] all() {
      return values;
    }
  }

  /// What a target reports of positions, computed whenever it is read; for which it must do without random numbers.
  ///
  /// @param target    does not [Target#draws()]; forked for each reader
  /// @param positions row-major, `length x` [Target#dimension()]; not copied, not to be changed
  record Computed(Target target, double[] positions) implements Rows {
    @Override
    public int width() {
      return target.outputSize();
    }

    @Override
    public int length() {
      return positions.length / target.dimension();
    }

    @Override
    public Reader reader() {
      Target own;
      // forks of one target may be asked for by several threads
      synchronized (target) {
        own = target.fork();
      }
      var q = new double[target.dimension()];
      var out = new double[target.outputSize()];
      return new Reader() {
        @Override
        public int at(int draw) {
          System.arraycopy(positions, draw * q.length, q, 0, q.length);
          own.constrain(q, NO_RANDOM, out);
          return 0;
        }

        @Override
        public double[] values() {
          return out;
        }
      };
    }

    @Override
    public boolean isHeld() {
      return false;
    }
  }

  /// Some columns of other draws.
  record Picked(Rows of, int[] columns) implements Rows {
    @Override
    public int width() {
      return columns.length;
    }

    @Override
    public int length() {
      return of.length();
    }

    @Override
    public Reader reader() {
      var from = of.reader();
      var out = new double[columns.length];
      return new Reader() {
        @Override
        public int at(int draw) {
          int at = from.at(draw);
          for (int c = 0; c < out.length; c++) out[c] = from.values()[at + columns[c]];
          return 0;
        }

        @Override
        public double[] values() {
          return out;
        }
      };
    }

    @Override
    public boolean isHeld() {
      return false;
    }
  }

  /// Of a computation that draws nothing.
  RandomGenerator NO_RANDOM = () -> {
    throw new IllegalStateException("a random number was drawn by a target that says it draws none");
  };
}
