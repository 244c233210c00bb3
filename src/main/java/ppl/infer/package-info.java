/// Inference engines over a [ppl.runtime.Target], and the parts that they share.
///
/// An engine is a class that implements [ppl.infer.Engine]; [ppl.infer.Engine#ALL] lists them. Settings are
/// [ppl.infer.Knob]s, checked as [ppl.infer.Values]; what comes out is a [ppl.runtime.Posterior] with verdicts in
/// words.
///
/// - `nuts`: [ppl.infer.Nuts], chains [ppl.infer.NutsChain], the doubling [ppl.infer.Tree] over a
///   [ppl.infer.Trajectory], of which [ppl.infer.PhaseSpace] is the Hamiltonian one, by [ppl.infer.Leapfrog];
/// - `advi`: [ppl.infer.Advi], one fit [ppl.infer.AdviFit] of a [ppl.infer.Family] by [ppl.infer.FixedDraws];
/// - `map`: [ppl.infer.Laplace], one climb [ppl.infer.Mode];
/// - for models with a [ppl.runtime.Conjugate]: `exact`, [ppl.infer.Exact]; `cavi`, [ppl.infer.Cavi], one
///   [ppl.infer.Ascent] over [ppl.infer.Blocks]; `hybrid`, [ppl.infer.Hybrid], gradients over what is left when blocks
///   are integrated out ([ppl.infer.Collapsed]); `gibbs`, [ppl.infer.Gibbs].
///
/// Every engine starts from [ppl.infer.Pathfinder] climbs or plain ones, by [ppl.infer.Lbfgs]. Approximations are
/// judged by [ppl.infer.SampleCheck], those of blocks by [ppl.infer.BlockCheck], and, where importance weights fail, by
/// short chains ([ppl.infer.Drift]).
///
/// Random numbers come from streams split from the seed, one for every chain or start, and sums over threads are
/// taken in a fixed order: the same seed gives the same bits on any number of threads.
package ppl.infer;
