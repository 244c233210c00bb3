package ppl.emit;

import java.util.List;

/// One step of a region's code.
sealed interface Entry permits Item, Val, Entry.Outline {
  /// Steps that stand in a method of their own.
  record Outline(int id, List<Entry> code) implements Entry {}
}
