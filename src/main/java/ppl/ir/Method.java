package ppl.ir;

/// A public static Java method that generated code calls: internal class name, method name, JVM descriptor.
///
/// @param apart whether what is compiled of it must not depend on what calls it: see `ppl.emit.Apart`
public record Method(String owner, String name, String descriptor, boolean apart) {
  public Method(String owner, String name, String descriptor) {
    this(owner, name, descriptor, false);
  }
}
