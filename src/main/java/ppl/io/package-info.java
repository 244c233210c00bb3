/// Readers of data files, the binder that fits them to a [ppl.runtime.Schema], and writers of results.
///
/// Files are read as streams into flat growing arrays ([ppl.io.Raw]), with the schema only steering what is kept;
/// [ppl.io.Binder] then does all the checking, and reports every fault at once.
package ppl.io;
