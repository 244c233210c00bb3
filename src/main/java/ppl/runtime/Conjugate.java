package ppl.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The closed-form side of a model with its data bound. Some unknowns form [Block]s: given all others, each block is in
/// an exponential family, and the log joint is multilinear in the statistics of different blocks:
/// log p(x, u) = F(t_1(x_1), .., t_B(x_B), u) for the remaining unknowns u = u(q), which have unconstrained coordinates
/// `q` (none if every unknown is in a block).
///
/// So with blocks independent under q the expected log joint is F(m_1, .., m_B, u) at the moments m_b = E[t_b], the
/// optimal q_b has the natural parameters dF/dm_b, and its complete conditional has those with t(x) in place of m.
/// Sums over data were done when data were bound.
///
/// Moments, values and natural parameters are laid out as [Block] says. Moments and natural parameters of joint normals
/// ([Block.Gaussian]) are of x - c with the centre c of [#centre], at first 0, so that sums of squares over data do not
/// cancel. Densities are in nats and include all constants, and the log Jacobian of u(q); they are with respect to x
/// itself, so blocks have no Jacobian.
/// An instance owns workspace and is not thread-safe. Evaluations allocate nothing.
public interface Conjugate {
  List<Block> blocks();

  /// Number of unconstrained coordinates of the unknowns outside the blocks.
  int dimension();

  /// F(m, u(q)) + log |du/dq|.
  double energy(double[][] moments, double[] q);

  /// The same, with its gradient by q written to `gradient`.
  double energy(double[][] moments, double[] q, double[] gradient);

  /// dF/dm_b written to `natural`; `moments[b]` is not read where F is linear in it, as it is unless the contract is
  /// broken.
  void natural(int b, double[][] moments, double[] q, double[] natural);

  /// log p(x, u(q)) + log |du/dq| as the model states it, not by way of the blocks' statistics: a witness.
  ///
  /// @param values for each block its values
  double joint(double[][] values, double[] q);

  /// Whether a block is of unknowns that the model as it is written does not have: given them others have closed forms,
  /// and without them the joint density is that of the model.
  default boolean auxiliary(int b) {
    return false;
  }

  /// The same with the auxiliary blocks integrated out: the log joint of the model as it is written. Values of auxiliary
  /// blocks are not read.
  default double marginal(double[][] values, double[] q) {
    return joint(values, q);
  }

  /// The same, with its gradient by q written to `gradient`; only of models that have auxiliary blocks.
  default double marginal(double[][] values, double[] q, double[] gradient) {
    throw new UnsupportedOperationException("no unknown is auxiliary");
  }

  /// What [Target#quantities] lists, for values and coordinates.
  void report(double[][] values, double[] q, RandomGenerator random, double[] out);

  /// Draws of unknowns with mixtures for priors, given values and coordinates, written to their places in `out` of
  /// [#report]; NaN in all others. What cannot be drawn is infinite.
  default void imagine(double[][] values, double[] q, RandomGenerator random, double[] out) {
    Arrays.fill(out, Double.NaN);
  }

  /// For each of [Target#quantities], flattened in the same order as `out` of [#report], where its posterior moments are known in closed form: the
  /// block, times 2^32, plus the position among the block's values; or -1.
  long[] places();

  /// A starting point for the coordinates outside the blocks.
  void start(RandomGenerator random, double[] q);

  /// Sets the centres of normal blocks, and takes the sums over data about them again; other blocks' entries are not
  /// read. Moments and natural parameters of normal blocks are of x - c from then on.
  void centre(double[][] values);

  /// How many blocks one stands for: its natural parameters and its entropy count so often. More than one only where
  /// rows are taken for others.
  default double copies(int b) {
    return 1;
  }

  /// The same model taken in batches of rows, with its centres at 0, and the blocks in the same order.
  default Batching batching() {
    return new Batching.Impossible("the model does not say what its rows are");
  }

  /// Idle threads of `crew` do some of the work from now on, where there is much of it; the numbers stay what they are.
  default void helpedBy(Crew crew) {}

  /// An independent evaluator over the same data, with the same centres. Nobody helps it.
  Conjugate fork();
}
