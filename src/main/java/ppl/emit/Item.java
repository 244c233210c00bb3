package ppl.emit;

import java.util.ArrayList;
import java.util.List;
import ppl.ir.Array;
import ppl.ir.ArrayOp;
import ppl.ir.Sampler;

/// A statement with its place. Its operands are values, whose own places are free.
final class Item implements Owner, Entry {
  /// What a statement does with its operands.
  sealed interface Act {
    /// Of `(storage, flat subscript, value)`.
    record Store(Array array) implements Act {}

    /// Of `(value)`.
    record StoreCell(Array array) implements Act {}

    /// Of `(storage, value)`, or of `(storage, from, to, value)` for a part of it.
    record Fill(Array array) implements Act {}

    /// Of `(from, to)`; guard and body inside.
    record Loop(Node variable, boolean reverse) implements Act {}

    /// Of `(condition)`; two arms inside.
    record Choice() implements Act {}

    /// Of `(storages of inputs.., of outputs.., sizes..)`.
    record Call(ArrayOp op, List<Array> inputs, List<Array> outputs) implements Act {}

    /// Of `(count, arguments..)`: all parts of a loop.
    record Share(Part part) implements Act {}

    /// Of `(arguments..)`.
    record Draw(Sampler sampler, Node result) implements Act {}

    /// Of `(value)`.
    record Return() implements Act {}

    /// Of `(extents..)`: makes the array's storage.
    record Allocate(Array array) implements Act {}

    /// Of `(extents..)`: replaces the array's storage if it is too small.
    record Grow(Array array) implements Act {}

    /// Takes an array from its slot of the bound data.
    record Take(Array array, int slot) implements Act {}

    /// Of `(extents..)`: compares the length of bound data with the array's size.
    record Expect(Array array) implements Act {}

    /// Copies an array's storage from another instance.
    record Copy(Array array) implements Act {}

    /// Lets an array's storage go.
    record Drop(Array array) implements Act {}
  }

  final Act act;
  final Region region;
  final int index;
  final List<Node> operands;
  final List<Val> values;
  private List<Region> inner = List.of();
  boolean live;

  Item(Act act, Region region, List<Node> operands) {
    this.act = act;
    this.region = region;
    this.index = region.items.size();
    this.operands = operands;
    this.values = new ArrayList<>(java.util.Collections.nCopies(operands.size(), null));
    region.items.add(this);
  }

  void enclose(Region... regions) {
    inner = List.of(regions);
  }

  public int position() {
    return index;
  }

  public List<Region> inner() {
    return inner;
  }

  public void bind(int index, Val value) {
    values.set(index, value);
  }
}
