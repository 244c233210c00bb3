import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// Rewrites the classes in jars so that the JVM's archive holds all that a start needs; they do the same as before.
///
/// - What `javac` leaves to the JVM to make when it is first reached, and the archive does not hold, becomes methods of the
///   class itself: the choice of a `switch` over types, and `equals` and `hashCode` of records.
/// - Classes of libraries that are compiled for Java 5 get the form of Java 8, which says what is on the stack where branches
///   meet. The archive takes no older ones: each start would read and verify them again.
///
///     java -cp asm.jar Archivable.java JAR..
final class Archivable extends ClassVisitor {
  private static final String SWITCHES = "java/lang/runtime/SwitchBootstraps";
  private static final String RECORDS = "java/lang/runtime/ObjectMethods";
  private static final String OBJECTS = "java/util/Objects";

  private final List<Consumer<ClassVisitor>> made = new ArrayList<>();
  private String owner = "";
  private boolean isInterface;

  private Archivable(ClassVisitor next) {
    super(Opcodes.ASM9, next);
  }

  public static void main(String[] arguments) throws IOException {
    for (var jar : arguments) rewrite(Path.of(jar));
  }

  private static void rewrite(Path jar) throws IOException {
    var bytes = new ByteArrayOutputStream();
    boolean changed = false;
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        var in = new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(jar)));
        var out = new ZipOutputStream(bytes)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var old = in.readAllBytes();
        var now = entry.getName().endsWith(".class") ? rewritten(old, loader) : old;
        changed |= now != old;
        var copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(now);
        out.closeEntry();
      }
    }
    if (!changed) return;
    var whole = Files.write(jar.resolveSibling(jar.getFileName() + ".new"), bytes.toByteArray());
    Files.move(whole, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /// The same array where nothing is to be done.
  private static byte[] rewritten(byte[] old, ClassLoader loader) {
    var reader = new ClassReader(old);
    if (reader.readUnsignedShort(6) < Opcodes.V1_6) return newer(reader, loader);
    var writer = new ClassWriter(0);
    var rewriting = new Archivable(writer);
    reader.accept(rewriting, 0);
    return rewriting.made.isEmpty() ? old : writer.toByteArray();
  }

  private static byte[] newer(ClassReader old, ClassLoader loader) {
    var writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
      @Override
      protected ClassLoader getClassLoader() {
        return loader;
      }
    };
    old.accept(new ClassVisitor(Opcodes.ASM9, writer) {
      @Override
      public void visit(int version, int access, String name, String signature, String above, String[] interfaces) {
        super.visit(Opcodes.V1_8, access, name, signature, above, interfaces);
      }
    }, 0);
    return writer.toByteArray();
  }

  @Override
  public void visit(int version, int access, String name, String signature, String above, String[] interfaces) {
    owner = name;
    isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
    super.visit(version, access, name, signature, above, interfaces);
  }

  @Override
  public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
      @Override
      public void visitInvokeDynamicInsn(String called, String of, Handle factory, Object... given) {
        if (factory.getOwner().equals(SWITCHES) && called.equals("typeSwitch")
            && Arrays.stream(given).allMatch(Type.class::isInstance))
          replace("type$" + made.size(), of, out -> choice(out, Arrays.stream(given).map(Type.class::cast).toList()));
        else if (factory.getOwner().equals(RECORDS) && called.equals("hashCode"))
          replace("hash$", of, out -> hash(out, components(given)));
        else if (factory.getOwner().equals(RECORDS) && called.equals("equals"))
          replace("equals$", of, out -> equality(out, components(given)));
        else super.visitInvokeDynamicInsn(called, of, factory, given);
      }

      private void replace(String by, String of, Consumer<MethodVisitor> code) {
        visitMethodInsn(Opcodes.INVOKESTATIC, owner, by, of, isInterface);
        made.add(next -> {
          var out = next.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, by, of, null, null);
          out.visitCode();
          code.accept(out);
          out.visitMaxs(5, 2);
          out.visitEnd();
        });
      }
    };
  }

  @Override
  public void visitEnd() {
    made.forEach(m -> m.accept(cv));
    super.visitEnd();
  }

  /// Of `(value, label to begin with)`: the number of the first label, from that on, that the value is of; -1 for null.
  private static void choice(MethodVisitor out, List<Type> labels) {
    var some = new Label();
    out.visitVarInsn(Opcodes.ALOAD, 0);
    out.visitJumpInsn(Opcodes.IFNONNULL, some);
    give(out, -1);
    mark(out, some);
    for (int i = 0; i < labels.size(); i++) {
      var next = new Label();
      out.visitVarInsn(Opcodes.ILOAD, 1);
      out.visitIntInsn(Opcodes.SIPUSH, i);
      out.visitJumpInsn(Opcodes.IF_ICMPGT, next);
      out.visitVarInsn(Opcodes.ALOAD, 0);
      out.visitTypeInsn(Opcodes.INSTANCEOF, labels.get(i).getInternalName());
      out.visitJumpInsn(Opcodes.IFEQ, next);
      give(out, i);
      mark(out, next);
    }
    give(out, labels.size());
  }

  /// Of `(record)`: the hashes of its components, each times 31 for every one after it.
  private void hash(MethodVisitor out, List<Handle> components) {
    out.visitInsn(Opcodes.ICONST_0);
    for (var c : components) {
      out.visitIntInsn(Opcodes.BIPUSH, 31);
      out.visitInsn(Opcodes.IMUL);
      out.visitVarInsn(Opcodes.ALOAD, 0);
      get(out, c);
      var type = boxed(c);
      out.visitMethodInsn(Opcodes.INVOKESTATIC, type, "hashCode",
          type.equals(OBJECTS) ? "(Ljava/lang/Object;)I" : "(" + c.getDesc() + ")I", false);
      out.visitInsn(Opcodes.IADD);
    }
    out.visitInsn(Opcodes.IRETURN);
  }

  /// Of `(record, object)`: whether it is the same, or of the same class with equal components.
  private void equality(MethodVisitor out, List<Handle> components) {
    var other = new Label();
    var none = new Label();
    out.visitVarInsn(Opcodes.ALOAD, 0);
    out.visitVarInsn(Opcodes.ALOAD, 1);
    out.visitJumpInsn(Opcodes.IF_ACMPNE, other);
    give(out, 1);
    mark(out, other);
    out.visitVarInsn(Opcodes.ALOAD, 1);
    out.visitTypeInsn(Opcodes.INSTANCEOF, owner);
    out.visitJumpInsn(Opcodes.IFEQ, none);
    for (var c : components) {
      out.visitVarInsn(Opcodes.ALOAD, 0);
      get(out, c);
      out.visitVarInsn(Opcodes.ALOAD, 1);
      out.visitTypeInsn(Opcodes.CHECKCAST, owner);
      get(out, c);
      var type = boxed(c);
      if (type.equals(OBJECTS)) {
        out.visitMethodInsn(Opcodes.INVOKESTATIC, OBJECTS, "equals", "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
        out.visitJumpInsn(Opcodes.IFEQ, none);
      } else {
        out.visitMethodInsn(Opcodes.INVOKESTATIC, type, "compare", "(" + c.getDesc() + c.getDesc() + ")I", false);
        out.visitJumpInsn(Opcodes.IFNE, none);
      }
    }
    give(out, 1);
    mark(out, none);
    give(out, 0);
  }

  /// The getters among what makes the methods of a record, behind its class and its components' names.
  private static List<Handle> components(Object... given) {
    return Arrays.stream(given).skip(2).map(Handle.class::cast).toList();
  }

  private static void get(MethodVisitor out, Handle field) {
    out.visitFieldInsn(Opcodes.GETFIELD, field.getOwner(), field.getName(), field.getDesc());
  }

  /// The class that compares and hashes a component.
  private static String boxed(Handle field) {
    return switch (Type.getType(field.getDesc()).getSort()) {
      case Type.BOOLEAN -> "java/lang/Boolean";
      case Type.CHAR -> "java/lang/Character";
      case Type.BYTE -> "java/lang/Byte";
      case Type.SHORT -> "java/lang/Short";
      case Type.INT -> "java/lang/Integer";
      case Type.LONG -> "java/lang/Long";
      case Type.FLOAT -> "java/lang/Float";
      case Type.DOUBLE -> "java/lang/Double";
      default -> OBJECTS;
    };
  }

  private static void mark(MethodVisitor out, Label place) {
    out.visitLabel(place);
    out.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
  }

  private static void give(MethodVisitor out, int number) {
    out.visitIntInsn(Opcodes.SIPUSH, number);
    out.visitInsn(Opcodes.IRETURN);
  }
}
