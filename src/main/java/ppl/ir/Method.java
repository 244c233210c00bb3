package ppl.ir;

/// A public static Java method that generated code calls: internal class name, method name, JVM descriptor.
public record Method(String owner, String name, String descriptor) {}
