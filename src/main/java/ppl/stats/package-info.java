/// Statistics about draws: convergence and effective sample sizes of chains, Pareto-smoothed importance weights,
/// quantiles, summaries.
package ppl.stats;
