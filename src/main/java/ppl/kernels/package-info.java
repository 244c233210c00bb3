/// Loops over arrays of numbers at the speed of the machine. Every kernel exists twice, in plain Java and over vectors of
/// the incubating module `jdk.incubator.vector`, and both give the same bits: which of them runs is a matter of speed.
package ppl.kernels;
