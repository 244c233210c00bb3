package ppl.runtime;

import java.util.List;

/// The closed-form side of a model with its data bound, taken in batches of rows. The log joint is a rest and a sum over
/// rows, F = F_0 + sum_n F_n, where F_n has statistics of the rows' own blocks only of row n. Given a batch, what is
/// evaluated is `a F_0 + b sum_{n in batch} F_n` for the two weights; with a = 1 and b = rows / batch its expectation
/// over random batches is F, and so it is for its derivatives.
///
/// [Conjugate] says what moments and natural parameters are. An instance owns workspace and is not thread-safe.
public interface Batches {
  /// What a block has to do with rows.
  enum Role {
    /// It has values for each row, and those of the batch alone.
    ROWS,
    /// Rows meet it.
    SHARED,
    /// No row meets it: what is said of it is known without any.
    APART
  }

  /// What the rows are, for people.
  String over();

  /// How many there are.
  int rows();

  /// Those of the batch.
  List<Block> blocks();

  /// The same for every batch.
  List<Role> roles();

  int dimension();

  /// Takes a batch of different rows, counted from 0.
  void take(int[] rows);

  /// @param rest weight of what is no sum over rows
  /// @param rows weight of every row of the batch
  void weigh(double rest, double rows);

  /// The weighted sum at moments and coordinates, and the log Jacobian of these, weighted like the rest.
  double energy(double[][] moments, double[] q);

  /// The same, with its gradient by q written to `gradient`.
  double energy(double[][] moments, double[] q, double[] gradient);

  /// Its derivative by the moments of block `b`.
  void natural(int b, double[][] moments, double[] q, double[] natural);

  /// Sets the centres of normal blocks without rows, as [Conjugate#centre] does; those with rows keep theirs at 0.
  void centre(double[][] values);

  /// An independent evaluator over the same data, with the same centres and no batch.
  Batches fork();
}
