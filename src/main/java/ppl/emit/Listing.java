package ppl.emit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.HashMap;
import java.util.Map;

/// A class file as text: fields, then every method with the size of its code and its instructions.
public final class Listing {
  private final StringBuilder text = new StringBuilder();

  private Listing() {}

  /// The listing of a class file.
  public static String of(byte[] bytes) {
    var model = ClassFile.of().parse(bytes);
    var listing = new Listing();
    listing.line("class " + model.thisClass().asInternalName());
    for (var f : model.fields())
      listing.line("  field " + f.fieldName().stringValue() + " : " + f.fieldType().stringValue());
    model.methods().forEach(listing::method);
    return listing.text.toString();
  }

  private void method(MethodModel method) {
    line("");
    var code = method.code();
    line("  method " + method.methodName().stringValue() + method.methodType().stringValue()
        + code.map(c -> "  " + bytes(c) + " bytes").orElse(""));
    code.ifPresent(this::code);
  }

  private static int bytes(CodeModel code) {
    return code.elementStream().mapToInt(e -> e instanceof Instruction i ? i.sizeInBytes() : 0).sum();
  }

  private void code(CodeModel code) {
    var labels = new HashMap<Label, String>();
    for (var e : code)
      if (e instanceof BranchInstruction b) labels.computeIfAbsent(b.target(), k -> "L" + labels.size());
    for (var e : code) element(e, labels);
  }

  private void element(CodeElement e, Map<Label, String> labels) {
    if (e instanceof LabelTarget t && labels.containsKey(t.label())) line("  " + labels.get(t.label()) + ":");
    if (e instanceof Instruction i) line("    " + i.opcode().name().toLowerCase() + operand(i, labels));
  }

  private static String operand(Instruction instruction, Map<Label, String> labels) {
    return switch (instruction) {
      case LoadInstruction i -> " " + i.slot();
      case StoreInstruction i -> " " + i.slot();
      case IncrementInstruction i -> " " + i.slot() + " by " + i.constant();
      case FieldInstruction i -> " " + i.name().stringValue() + " : " + i.type().stringValue();
      case InvokeInstruction i ->
          " " + i.owner().asInternalName() + "." + i.name().stringValue() + i.type().stringValue();
      case BranchInstruction i -> " " + labels.get(i.target());
      case ConstantInstruction i when i.sizeInBytes() > 1 -> " " + i.constantValue();
      case NewObjectInstruction i -> " " + i.className().asInternalName();
      default -> "";
    };
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
