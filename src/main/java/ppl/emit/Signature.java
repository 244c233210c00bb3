package ppl.emit;

import java.util.List;
import java.util.Optional;
import ppl.ir.Array;
import ppl.ir.Kind;
import ppl.ir.Unit;

/// The parameters of a routine's methods: arrays of argument arrays, argument arrays, then references that are passed on.
///
/// @param groups     arrays of numbers each
/// @param references their descriptors
record Signature(List<List<Array>> groups, List<Array> arguments, List<String> references) {
  static final String RANDOM = "Ljava/util/random/RandomGenerator;";
  static final Signature NOTHING = of();

  /// No argument arrays.
  static Signature of(String... references) {
    return new Signature(List.of(), List.of(), List.of(references));
  }

  /// What `ppl.runtime.Kernel` says of its methods, and for other names what the routine says.
  static Signature of(Unit.Routine routine) {
    boolean random = switch (routine.name()) {
      case "logDensity", "gradient" -> false;
      case "constrain", "predict" -> true;
      default -> routine.random();
    };
    if (routine.random() && !random) throw new IllegalArgumentException(routine.name() + " takes no random generator");
    return new Signature(routine.groups(), routine.arguments(), random ? List.of(RANDOM) : List.of());
  }

  /// The descriptor of a method that returns `result`, or nothing.
  String descriptor(Optional<Kind> result) {
    var d = new StringBuilder("(");
    d.repeat("[[" + Asm.descriptor(Kind.REAL), groups.size());
    arguments.forEach(a -> d.append('[').append(Asm.descriptor(a.kind())));
    references.forEach(d::append);
    return d.append(')').append(result.map(Asm::descriptor).orElse("V")).toString();
  }

  /// Whether a parameter is the array.
  boolean has(Array array) {
    return arguments.contains(array);
  }

  int slot(Array argument) {
    return 1 + groups.size() + arguments.indexOf(argument);
  }

  /// An array that is a parameter's element.
  record Member(int slot, int place) {}

  /// Where the array is among those that come together, if it is.
  Optional<Member> member(Array array) {
    for (int g = 0; g < groups.size(); g++) {
      int place = groups.get(g).indexOf(array);
      if (place >= 0) return Optional.of(new Member(1 + g, place));
    }
    return Optional.empty();
  }

  int firstReference() {
    return 1 + groups.size() + arguments.size();
  }

  /// The first local variable after the parameters.
  int locals() {
    return firstReference() + references.size();
  }
}
