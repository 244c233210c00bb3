package ppl.dist;

/// A library distribution.
public interface Distribution {
  String name();
}
