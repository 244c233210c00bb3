package ppl.ir;

/// What a scalar is: a whole number (also an index, a category or a truth value 0 or 1) or a real number.
public enum Kind { INT, REAL }
