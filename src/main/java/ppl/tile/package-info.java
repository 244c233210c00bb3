/// Independent loops as passes over tiles: a few hundred iterations at a time, each operation on all of them before the
/// next, with intermediate values in arrays that stay in the nearest cache. What is left between the passes are loops
/// so simple that the JVM itself makes vectors of them.
package ppl.tile;
