package ppl.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The closed-form sides of a model with its data bound, each made when it is first asked for.
public final class ClosedSides {
  /// A model that has none.
  public static final ClosedSides NONE = new ClosedSides((_, _, _) -> Made.NONE);

  /// Which unknowns are in blocks.
  public enum Kind {
    /// All that have a closed form in the model as it is written.
    PLAIN,
    /// Those that auxiliary unknowns close, and these, too; only where there are such.
    AUGMENTED,
    /// The same where logits may have auxiliaries.
    WITH_ODDS,
    /// None.
    OPEN;

    /// In one word.
    public String text() {
      return switch (this) {
        case PLAIN -> "plain";
        case AUGMENTED -> "augmented";
        case WITH_ODDS -> "odds";
        case OPEN -> "open";
      };
    }
  }

  /// A side, and the unknowns whose closed forms did not certify themselves.
  public record Made(Optional<Conjugate> side, List<String> dropped) {
    public static final Made NONE = new Made(Optional.empty(), List.of());

    public Made {
      dropped = List.copyOf(dropped);
    }
  }

  /// How a side that reports `quantities`, then `replicates`, is bound to data.
  @FunctionalInterface
  public interface Binding {
    Made of(Kind kind, List<Quantity> quantities, List<Quantity> replicates);
  }

  private record Asked(Kind kind, List<Quantity> replicates) {}

  private final Binding binding;
  private final Map<Asked, Made> made = new HashMap<>();

  public ClosedSides(Binding binding) {
    this.binding = binding;
  }

  /// A new evaluator that reports `quantities`, then `replicates`.
  public synchronized Optional<Conjugate> of(Kind kind, List<Quantity> quantities, List<Quantity> replicates) {
    return made.computeIfAbsent(new Asked(kind, replicates), _ -> binding.of(kind, quantities, replicates)).side
        .map(Conjugate::fork);
  }

  /// Unknowns whose closed forms are not used since they did not certify themselves with the data, as far as sides were
  /// asked for.
  public synchronized List<String> dropped(List<Quantity> replicates) {
    return Stream.of(Kind.values()).flatMap(k -> made.getOrDefault(new Asked(k, replicates), Made.NONE).dropped.stream())
        .distinct().toList();
  }
}
