package ppl.emit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Brings placed values and statements into their order, and decides which values never leave the operand stack.
///
/// A value may stay on the stack if it is used once, where it is computed. Reductions never do: HotSpot does not
/// compile a running loop that has operands on the stack below it. Deep or long expressions are cut.
final class Sequence {
  private static final int HIGHEST = 24;
  private static final int LONGEST = 300;

  private Sequence() {}

  static void of(Region routine) {
    order(routine);
    dropInlined(routine);
  }

  private static void order(Region region) {
    var values = new ArrayList<>(region.values);
    values.sort(Comparator.comparingInt(Val::position).thenComparingInt(v -> v.node.id));
    var code = new ArrayList<Entry>();
    int next = 0;
    for (var v : values) {
      while (next < region.items.size() && region.items.get(next).index < v.position())
        append(code, region.items.get(next++));
      v.inner().forEach(Sequence::order);
      fit(v);
      code.add(v);
    }
    while (next < region.items.size()) append(code, region.items.get(next++));
    region.code = code;
  }

  private static void append(List<Entry> code, Item item) {
    if (!item.live) return;
    item.inner().forEach(Sequence::order);
    code.add(item);
  }

  /// Arguments come before their users, so what `v` has on the stack is known.
  private static void fit(Val v) {
    measure(v);
    while (v.size > LONGEST || v.height > HIGHEST) {
      var biggest = v.args.stream().filter(a -> a.inline).max(Comparator.comparingInt(a -> a.size));
      if (biggest.isEmpty()) break;
      biggest.get().inline = false;
      measure(v);
    }
    if (v.node.op instanceof Op.Reduce || v.inner().stream().anyMatch(Sequence::hasSteps)) v.inline = false;
  }

  private static boolean hasSteps(Region region) {
    return region.code.stream().anyMatch(e -> !isInlined(e));
  }

  private static boolean isInlined(Entry e) {
    return e instanceof Val v && v.inline;
  }

  private static void dropInlined(Region region) {
    for (var e : region.code)
      if (e instanceof Owner o) o.inner().forEach(Sequence::dropInlined);
    region.code = region.code.stream().filter(e -> !isInlined(e)).toList();
  }

  private static void measure(Val v) {
    v.size = Sizes.own(v);
    v.height = 1;
    for (var a : v.args) {
      v.size += a.inline ? a.size : Sizes.LOAD;
      if (a.inline) v.height = Math.max(v.height, a.height + 1);
    }
  }
}
