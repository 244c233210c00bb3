package ppl.emit;

import java.util.List;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Kind;
import ppl.ir.Unit;

/// The parameters of a routine's methods: argument arrays, then references that are passed on.
///
/// @param references their descriptors
record Signature(List<Array> arguments, List<String> references) {
  static final String RANDOM = "Ljava/util/random/RandomGenerator;";

  /// What `ppl.runtime.Kernel` says of its methods, and for other names what the routine says.
  static Signature of(Unit.Routine routine) {
    boolean random = switch (routine.name()) {
      case "logDensity", "gradient" -> false;
      case "constrain", "predict" -> true;
      default -> routine.random();
    };
    if (routine.random() && !random) throw new IllegalArgumentException(routine.name() + " takes no random generator");
    return new Signature(routine.arguments(), random ? List.of(RANDOM) : List.of());
  }

  /// The descriptor of a method that returns `result`, or nothing.
  String descriptor(Optional<Kind> result) {
    var d = new StringBuilder("(");
    arguments.forEach(a -> d.append('[').append(Asm.descriptor(a.kind())));
    references.forEach(d::append);
    return d.append(')').append(result.map(Asm::descriptor).orElse("V")).toString();
  }

  int slot(Array argument) {
    return 1 + arguments.indexOf(argument);
  }

  int firstReference() {
    return 1 + arguments.size();
  }

  /// The first local variable after the parameters.
  int locals() {
    return firstReference() + references.size();
  }
}
