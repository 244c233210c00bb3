package ppl.emit;

import ppl.runtime.Kernel;

/// Makes compiled classes run in this virtual machine.
public final class Loader {
  private Loader() {}

  private static final class Models extends ClassLoader {
    Models() {
      super(Kernel.class.getClassLoader());
    }

    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }

  /// A fresh instance of a class that [Emit#toClass] made, to be bound to data. The class goes when nothing refers to
  /// its instances any more.
  public static Kernel load(byte[] bytes) {
    try {
      return (Kernel) new Models().define(bytes).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled class has no public constructor", e);
    }
  }
}
