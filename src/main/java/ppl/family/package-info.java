/// Exponential families in numbers: moments from natural parameters, log normalisers, draws.
///
/// A [ppl.family.Factor] is the distribution of a block: independent events of a [ppl.family.Family] each
/// ([ppl.family.Families] knows which there are), a joint normal with a sparse precision, discrete values with
/// dependences that form a forest. Where no family of the books has the statistics of a number, quadrature gives it one.
package ppl.family;
