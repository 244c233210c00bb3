package ppl.ir;

/// A loop or summation variable. Two are the same only if they are the same object.
public final class Index {
  private final String name;

  public Index(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
