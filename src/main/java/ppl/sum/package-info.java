/// Discrete unknowns summed out: the factor graph of a model in index notation, and elimination over it in log space.
package ppl.sum;
