/// The normal form of a log joint: sums of products of statistics of unknowns, and what is read off it.
package ppl.form;
