package ppl.lower;

import java.util.List;

/// A model with what has to hold for its log density to be finite: for telling what is wrong, not for computing.
///
/// @param model      the same as without probes, but for the identity of its arrays
/// @param statements those that add to the log density, in the order of the text
public record Examination(Model model, List<Probe.Statement> statements) {}
