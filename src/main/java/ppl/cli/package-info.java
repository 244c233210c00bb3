/// The commands `ppl` and `ppc`.
///
/// Commands are described to picocli by values, not annotations, and only the one that is called is built: a cold
/// start costs a few milliseconds so.
package ppl.cli;
