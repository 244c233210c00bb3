package ppl.runtime;

/// Summary of one element of a posterior. The last four are NaN where they have no meaning: for draws that are
/// not chains (all but `mcseMean`), for constants, and for too few draws.
///
/// @param name the element, such as `theta[2]`
/// @param mean posterior mean
/// @param sd posterior standard deviation
/// @param q5 5 % quantile
/// @param q50 median
/// @param q95 95 % quantile
/// @param mcseMean Monte Carlo standard error of the mean
/// @param essBulk effective sample size for the centre
/// @param essTail effective sample size for the 5 % and 95 % quantiles
/// @param rhat rank-normalised split R-hat
public record Summary(
    String name, double mean, double sd, double q5, double q50, double q95,
    double mcseMean, double essBulk, double essTail, double rhat) {}
