package ppl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What is done, in order. Arrays are single-assignment: every element is [Set] at most once in one run of the block
/// that owns the array, before it is read; only [Array#TARGET] and adjoints accumulate by [Add].
public sealed interface Stmt {
  /// `array[at] = value`.
  record Set(Array array, List<Expr> at, Expr value) implements Stmt {
    public Set {
      at = List.copyOf(at);
      if (at.size() != array.rank() || value.kind() != array.kind()) throw new IllegalArgumentException("set " + array);
    }
  }

  /// `array[at] += value`.
  record Add(Array array, List<Expr> at, Expr value) implements Stmt {
    public Add {
      at = List.copyOf(at);
      if (at.size() != array.rank() || value.kind() != Kind.REAL) throw new IllegalArgumentException("add " + array);
    }
  }

  /// Every element of `array` becomes `value`.
  record Fill(Array array, Expr value) implements Stmt {}

  /// `body` for `from <= index < to`, in rising order or, if `reverse`, in falling order. `independent` says that the
  /// iterations may run in any order: they set different elements and read none that another iteration sets.
  record For(Index index, Expr from, Expr to, boolean reverse, boolean independent, Block body) implements Stmt {
    /// The same iterations of another body.
    public For with(Block other) {
      return new For(index, from, to, reverse, independent, other);
    }
  }

  /// One of two blocks.
  record If(Expr condition, Block then, Block otherwise) implements Stmt {}

  /// A whole-array primitive: reads `inputs`, writes (or for adjoints adds to) `outputs`. `sizes` are the extents
  /// that the primitive wants, in its own order.
  record Call(ArrayOp op, List<Array> inputs, List<Array> outputs, List<Expr> sizes) implements Stmt {
    public Call {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      sizes = List.copyOf(sizes);
    }
  }

  /// `array[at]` becomes a random draw.
  record Draw(Sampler sampler, Array array, List<Expr> at, List<Expr> args) implements Stmt {
    public Draw {
      at = List.copyOf(at);
      args = List.copyOf(args);
    }
  }

  /// Statements in order, with the arrays that live only in this block. An array declared in a loop's body is a new
  /// one in each iteration (storage is shared, contents are not to be relied on).
  record Block(List<Array> arrays, List<Stmt> statements) implements Stmt {
    public Block {
      arrays = List.copyOf(arrays);
      statements = List.copyOf(statements);
    }

    public static final Block EMPTY = new Block(List.of(), List.of());

    public boolean isEmpty() {
      return statements.isEmpty();
    }

    /// The same arrays with other statements, one for each.
    public Block map(UnaryOperator<Stmt> f) {
      var mapped = new ArrayList<Stmt>(statements.size());
      for (var s : statements) mapped.add(f.apply(s));
      return new Block(arrays, mapped);
    }
  }
}
