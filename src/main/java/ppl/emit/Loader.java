package ppl.emit;

import java.util.function.Supplier;
import ppl.runtime.Kernel;
import ppl.runtime.Once;

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

  /// Makes instances of a class that [Emit#toClass] made, each to be bound to data. The class is defined once, when the
  /// first is made, so that what the JVM has compiled serves all of them; it goes when nothing refers to it any more.
  public static Supplier<Kernel> maker(Supplier<byte[]> bytes) {
    Supplier<Class<?>> type = Once.of(() -> new Models().define(bytes.get()));
    return () -> instance(type.get());
  }

  /// The same of a class that is there.
  public static Supplier<Kernel> maker(byte[] bytes) {
    return maker(() -> bytes);
  }

  /// One such instance.
  public static Kernel load(byte[] bytes) {
    return maker(bytes).get();
  }

  private static Kernel instance(Class<?> type) {
    try {
      return (Kernel) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a compiled class has no public constructor", e);
    }
  }
}
