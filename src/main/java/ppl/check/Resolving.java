package ppl.check;

import java.util.ArrayList;
import java.util.List;
import ppl.source.Diagnostics;

/// The names whose meaning is being found, outermost first: where one is met again there is a cycle.
final class Resolving {
  private final List<Entry> stack = new ArrayList<>();
  private final Diagnostics out;

  Resolving(Diagnostics out) {
    this.out = out;
  }

  void enter(Entry e) {
    stack.add(e);
  }

  void leave() {
    stack.removeLast();
  }

  void cycle(Entry again) {
    var cycle = List.copyOf(stack.subList(stack.indexOf(again), stack.size()));
    out.add(Cycles.error(cycle.stream().map(e -> new Cycles.Step(e.name(), e.span())).toList()));
  }
}
