package ppl.emit;

import java.util.ArrayList;
import java.util.List;

/// Moves steps to methods of their own until every method is small: HotSpot never compiles one of more than 8,000
/// bytes, and compiles small ones better.
///
/// What hands out a loop stands in an arm that small data never enter. HotSpot leaves such an arm out, so that it does not
/// count as long as the whole is not twice as large as a method may be; beyond, it is a method of its own.
final class Split {
  /// Estimated bytes of a method.
  static final int MOST = 2_200;

  private final int most;
  private int outlines;

  private Split(int most) {
    this.most = most;
  }

  static void of(Region routine, int most) {
    new Split(most).split(routine);
  }

  private void split(Region region) {
    for (var e : region.code)
      if (e instanceof Owner o) o.inner().forEach(this::split);
    int size = Sizes.of(region.code);
    if (size > most) {
      var arms = new ArrayList<Region>();
      collect(region.code, arms);
      int cold = arms.stream().mapToInt(r -> Sizes.of(r.code)).sum();
      if (size - cold <= most && size <= 2 * most) return;
      for (var arm : arms) arm.code = List.of(new Entry.Outline(outlines++, arm.code));
      size = Sizes.of(region.code);
    }
    while (size > most) {
      var shorter = chunks(region.code);
      int now = Sizes.of(shorter);
      if (now >= size) return;
      region.code = shorter;
      size = now;
    }
  }

  /// The arms that hand out loops.
  private static void collect(List<Entry> code, List<Region> arms) {
    for (var e : code)
      if (e instanceof Owner o)
        for (var inner : o.inner()) {
          boolean shares = inner.form == Region.Form.ARM
              && inner.code.stream().anyMatch(x -> x instanceof Item item && item.act instanceof Item.Act.Share);
          if (shares) arms.add(inner);
          else collect(inner.code, arms);
        }
  }

  private List<Entry> chunks(List<Entry> code) {
    var result = new ArrayList<Entry>();
    var chunk = new ArrayList<Entry>();
    int size = 0;
    for (var e : code) {
      int more = Sizes.of(e);
      if (size + more > most || isReturn(e)) {
        close(chunk, result);
        size = 0;
      }
      if (isReturn(e)) result.add(e);
      else chunk.add(e);
      size += more;
    }
    close(chunk, result);
    return result;
  }

  private static boolean isReturn(Entry e) {
    return e instanceof Item item && item.act instanceof Item.Act.Return;
  }

  private void close(List<Entry> chunk, List<Entry> result) {
    if (chunk.size() == 1 && chunk.getFirst() instanceof Entry.Outline) result.addAll(chunk);
    else if (!chunk.isEmpty()) result.add(new Entry.Outline(outlines++, List.copyOf(chunk)));
    chunk.clear();
  }
}
