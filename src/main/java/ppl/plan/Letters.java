package ppl.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Graph;
import ppl.ir.Stmts;
import ppl.lower.Model;

/// Letters for what a text brings in beside the names of a model.
record Letters(Set<String> names) {
  static Letters of(Model model) {
    var arrays = new HashSet<Array>();
    model.slots().forEach(s -> arrays.add(s.array()));
    model.unknowns().forEach(u -> arrays.add(u.array()));
    for (var step : model.steps()) Stmts.walk(step.block(), s -> {
      arrays.addAll(Graph.reads(Stmts.expressions(s)));
      arrays.addAll(Stmts.written(s));
    });
    var names = new HashSet<String>();
    arrays.forEach(a -> names.add(MathText.name(a)));
    model.outputs().forEach(o -> names.add(o.symbol().name()));
    return new Letters(names);
  }

  boolean isName(String letter) {
    return names.contains(letter);
  }

  /// The first of `wanted` that is free, or else the next letter after them, or else one with a number.
  String first(List<String> wanted, Collection<String> used) {
    int last = wanted.getLast().charAt(0);
    int least = Character.isUpperCase(last) ? 'A' : 'a';
    var others = Stream.iterate(0, i -> i + 1).limit(26).map(i -> "" + (char) (least + (last - least + i) % 26));
    var numbered = Stream.iterate(1, i -> i + 1).map(i -> wanted.getFirst() + i);
    return Stream.concat(Stream.concat(wanted.stream(), others), numbered)
        .filter(l -> !names.contains(l) && !used.contains(l)).findFirst().orElseThrow();
  }
}
