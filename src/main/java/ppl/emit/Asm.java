package ppl.emit;

import java.util.Optional;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import ppl.ir.Kind;
import ppl.ir.Method;

/// The class file being written: the one door to the bytecode library, in the terms of this package.
final class Asm {
  static final int IDIV = Opcodes.IDIV;
  static final int IREM = Opcodes.IREM;

  private final String name;
  private final ClassWriter writer;
  private final Apart apart;

  /// @param name       internal name
  /// @param interfaces internal names
  Asm(String name, String... interfaces) {
    this.name = name;
    this.apart = new Apart(name);
    this.writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V25, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, name, null,
        "java/lang/Object", interfaces);
  }

  String name() {
    return name;
  }

  void field(String field, String descriptor) {
    writer.visitField(Opcodes.ACC_PRIVATE, field, descriptor, null, null).visitEnd();
  }

  Code method(boolean visible, String method, String descriptor) {
    var access = visible ? Opcodes.ACC_PUBLIC : Opcodes.ACC_PRIVATE;
    var visitor = writer.visitMethod(access, method, descriptor, null, null);
    visitor.visitCode();
    return new Code(visitor);
  }

  /// The finished class file.
  ///
  /// @throws IllegalStateException if the class breaks a limit of the JVM, which it names
  byte[] finish() {
    apart.write(writer);
    writer.visitEnd();
    try {
      return writer.toByteArray();
    } catch (ClassTooLargeException e) {
      throw new IllegalStateException("the model's class " + name + " needs " + e.getConstantPoolCount()
          + " constants; the JVM allows 65535 in a class", e);
    } catch (MethodTooLargeException e) {
      throw new IllegalStateException("method " + e.getMethodName() + " of the model's class " + name + " has "
          + e.getCodeSize() + " bytes; the JVM allows 65535", e);
    }
  }

  static int add(Kind kind) {
    return kind == Kind.REAL ? Opcodes.DADD : Opcodes.IADD;
  }

  static int multiply(Kind kind) {
    return kind == Kind.REAL ? Opcodes.DMUL : Opcodes.IMUL;
  }

  static String descriptor(Kind kind) {
    return kind == Kind.REAL ? "D" : "I";
  }

  /// A place in a method's code that jumps lead to.
  static final class Mark {
    private final Label label = new Label();
  }

  /// When a jump on two whole numbers, or on one against 0, is taken.
  enum When {
    EQ(Opcodes.IF_ICMPEQ, Opcodes.IFEQ), NE(Opcodes.IF_ICMPNE, Opcodes.IFNE), LT(Opcodes.IF_ICMPLT, Opcodes.IFLT),
    GE(Opcodes.IF_ICMPGE, Opcodes.IFGE), GT(Opcodes.IF_ICMPGT, Opcodes.IFGT), LE(Opcodes.IF_ICMPLE, Opcodes.IFLE);

    private final int ofTwo;
    private final int ofOne;

    When(int ofTwo, int ofOne) {
      this.ofTwo = ofTwo;
      this.ofOne = ofOne;
    }

    When negated() {
      return switch (this) {
        case EQ -> NE;
        case NE -> EQ;
        case LT -> GE;
        case GE -> LT;
        case GT -> LE;
        case LE -> GT;
      };
    }
  }

  /// The code of one method.
  final class Code {
    private final MethodVisitor out;

    private Code(MethodVisitor out) {
      this.out = out;
    }

    void op(int opcode) {
      out.visitInsn(opcode);
    }

    void constant(int value) {
      if (value >= -1 && value <= 5) out.visitInsn(Opcodes.ICONST_0 + value);
      else if (value == (byte) value) out.visitIntInsn(Opcodes.BIPUSH, value);
      else if (value == (short) value) out.visitIntInsn(Opcodes.SIPUSH, value);
      else out.visitLdcInsn(value);
    }

    void constant(double value) {
      if (Double.doubleToRawLongBits(value) == 0) out.visitInsn(Opcodes.DCONST_0);
      else if (value == 1) out.visitInsn(Opcodes.DCONST_1);
      else out.visitLdcInsn(value);
    }

    void constant(String value) {
      out.visitLdcInsn(value);
    }

    void absent() {
      out.visitInsn(Opcodes.ACONST_NULL);
    }

    void longZero() {
      out.visitInsn(Opcodes.LCONST_0);
    }

    void longOne() {
      out.visitInsn(Opcodes.LCONST_1);
    }

    void self() {
      out.visitVarInsn(Opcodes.ALOAD, 0);
    }

    void loadReference(int slot) {
      out.visitVarInsn(Opcodes.ALOAD, slot);
    }

    void storeReference(int slot) {
      out.visitVarInsn(Opcodes.ASTORE, slot);
    }

    void load(Kind kind, int slot) {
      out.visitVarInsn(kind == Kind.REAL ? Opcodes.DLOAD : Opcodes.ILOAD, slot);
    }

    void store(Kind kind, int slot) {
      out.visitVarInsn(kind == Kind.REAL ? Opcodes.DSTORE : Opcodes.ISTORE, slot);
    }

    void increment(int slot, int by) {
      out.visitIincInsn(slot, by);
    }

    /// The array that is an element of an array.
    void loadArray() {
      out.visitInsn(Opcodes.AALOAD);
    }

    void loadElement(Kind kind) {
      out.visitInsn(kind == Kind.REAL ? Opcodes.DALOAD : Opcodes.IALOAD);
    }

    void storeElement(Kind kind) {
      out.visitInsn(kind == Kind.REAL ? Opcodes.DASTORE : Opcodes.IASTORE);
    }

    void length() {
      out.visitInsn(Opcodes.ARRAYLENGTH);
    }

    void get(String field, String descriptor) {
      out.visitFieldInsn(Opcodes.GETFIELD, name, field, descriptor);
    }

    void put(String field, String descriptor) {
      out.visitFieldInsn(Opcodes.PUTFIELD, name, field, descriptor);
    }

    void invokeStatic(String owner, String method, String descriptor) {
      out.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
    }

    /// A static method of an interface.
    void invokeOfInterface(String owner, String method, String descriptor) {
      out.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, true);
    }

    void invokeStatic(Method method) {
      var called = method.apart() ? apart.of(method) : method;
      invokeStatic(called.owner(), called.name(), called.descriptor());
    }

    /// A method of this class.
    void invoke(String method, String descriptor) {
      out.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, method, descriptor, false);
    }

    /// A new object by its constructor without arguments.
    void create(String type) {
      out.visitTypeInsn(Opcodes.NEW, type);
      out.visitInsn(Opcodes.DUP);
      construct(type);
    }

    void construct(String type) {
      out.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
    }

    void mark(Mark mark) {
      out.visitLabel(mark.label);
    }

    void jump(Mark to) {
      out.visitJumpInsn(Opcodes.GOTO, to.label);
    }

    /// Compares the two whole numbers on the stack.
    void jumpOfTwo(When when, Mark to) {
      out.visitJumpInsn(when.ofTwo, to.label);
    }

    /// Compares the whole number on the stack with 0.
    void jumpOfOne(When when, Mark to) {
      out.visitJumpInsn(when.ofOne, to.label);
    }

    /// If the reference on the stack is null.
    void jumpIfAbsent(Mark to) {
      out.visitJumpInsn(Opcodes.IFNULL, to.label);
    }

    /// -1, 0 or 1 from two reals; `unordered` (1 or -1) if one is NaN.
    void compare(int unordered) {
      out.visitInsn(unordered > 0 ? Opcodes.DCMPG : Opcodes.DCMPL);
    }

    /// Ends the method; the kind of what it returns, or nothing.
    void finish(Optional<Kind> result) {
      out.visitInsn(result.map(k -> k == Kind.REAL ? Opcodes.DRETURN : Opcodes.IRETURN).orElse(Opcodes.RETURN));
      end();
    }

    void finishLong() {
      out.visitInsn(Opcodes.LRETURN);
      end();
    }

    void finishReference() {
      out.visitInsn(Opcodes.ARETURN);
      end();
    }

    /// Throws an [UnsupportedOperationException].
    void refuse() {
      var type = "java/lang/UnsupportedOperationException";
      create(type);
      out.visitInsn(Opcodes.ATHROW);
      end();
    }

    private void end() {
      out.visitMaxs(0, 0);
      out.visitEnd();
    }
  }
}
