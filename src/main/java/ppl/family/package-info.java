/// Exponential families in numbers: moments from natural parameters, log normalisers, draws.
package ppl.family;
