package ppl.emit;

import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import ppl.ir.Method;

/// Methods of the class between its code and kernels, which HotSpot compiles by themselves.
///
/// Inlined into a routine with ten others, a kernel over vectors meets HotSpot's limits at a place that depends on what
/// happened to be compiled first: vectors beyond it become objects, and the routine takes up to ten times as long, in one
/// process of three. And each time that a kernel passes to its other form, all that it is inlined in is compiled
/// again. So kernels stand behind methods that are too long to be inlined (`FreqInlineSize`, 325 bytes of code), the length
/// being instructions that do nothing and of which compiled code keeps nothing.
final class Apart {
  static final int TOO_LONG = 325;

  private final String owner;
  private final Set<Method> methods = new LinkedHashSet<>();

  /// @param owner internal name of the class
  Apart(String owner) {
    this.owner = owner;
  }

  /// What is called in the place of a method.
  Method of(Method method) {
    methods.add(method);
    return new Method(owner, name(method), method.descriptor());
  }

  private static String name(Method method) {
    return method.owner().substring(method.owner().lastIndexOf('/') + 1) + "$" + method.name();
  }

  void write(ClassWriter writer) {
    for (var m : methods) {
      var out = writer.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC, name(m),
          m.descriptor(), null, null);
      out.visitCode();
      for (int i = 0; i <= TOO_LONG; i++) out.visitInsn(Opcodes.NOP);
      int slot = 0;
      for (var argument : Type.getArgumentTypes(m.descriptor())) {
        out.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
        slot += argument.getSize();
      }
      out.visitMethodInsn(Opcodes.INVOKESTATIC, m.owner(), m.name(), m.descriptor(), false);
      out.visitInsn(Type.getReturnType(m.descriptor()).getOpcode(Opcodes.IRETURN));
      out.visitMaxs(0, 0);
      out.visitEnd();
    }
  }
}
