package ppl.typed;

import ppl.source.Span;

/// Two sizes that must be equal and of which that can only be said when data are bound.
///
/// @param what one sentence for the user who bound data of other sizes, without the values
public record SizeCheck(Size left, Size right, String what, Span span) {}
