/// Models inside Java programs: compiled ones with their metadata, bound to Java values. Nothing here needs the
/// compiler.
package ppl.embed;
