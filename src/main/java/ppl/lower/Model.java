package ppl.lower;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.source.Span;
import ppl.typed.Domain;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.Type;

/// A model in index notation: data slots, unknowns, and steps in an order in which everything is given before it is
/// used. It is as large as its text, never as its data.
///
/// @param position  the unconstrained coordinates; its extent is the dimension
/// @param missing   which of these are those of missing real data
/// @param unknowns  in declaration order, missing data last
/// @param steps     what gives unknowns and deterministic values, and what adds to the log density
/// @param outputs   what is reported, in order
/// @param generate  forward draws and values of `generate`
/// @param replicates one for each observed name
/// @param priors    draws of unknowns whose priors are mixtures, given all else: where their parts lie;
///                  infinite where nothing can be drawn
/// @param audit     what is asked when data are bound
public record Model(
    String name, List<Slots.Slot> slots, Array position, Coordinates missing, List<Unknown> unknowns,
    List<Step> steps, List<Output> outputs, Stmt.Block generate, List<Output> generated, List<Replicate> replicates,
    List<Replicate> priors, Audit audit) {
  /// The same model with other steps.
  public Model with(List<Step> others) {
    return new Model(name, slots, position, missing, unknowns, others, outputs, generate, generated, replicates, priors, audit);
  }

  /// What is drawn given the rest, discrete unknowns that were summed out among it: the log joint says nothing of them.
  public Set<Array> drawn() {
    var drawn = new HashSet<Array>();
    for (var s : steps) if (s instanceof Step.Draws d) drawn.addAll(Stmts.allWritten(d.block()));
    return drawn;
  }

  /// Whether a step constrains missing real data: these are coordinates, but no unknowns.
  public boolean isOfGaps(Step.Constrain step) {
    return unknowns.stream().noneMatch(u -> u.symbol() == step.unknown());
  }

  /// A run of coordinates.
  ///
  /// @param from the first
  public record Coordinates(Expr from, Expr size) {}

  /// What counts how often elements are given, for names that are given in parts: each must come to 1.
  ///
  /// @param counts  the arrays, which start at 0
  /// @param steps   over data alone, in order; they add to the counts
  /// @param sums    what discrete unknowns cost
  /// @param rule    the counts as arrays over data, for models that run without the compiler; empty without counts
  /// @param settled quantities that follow from data alone, which nothing reports: they must exist, used or not
  /// @param tests   of arguments that data decide and that no density tests: those of moments, of distribution functions,
  ///                of draws
  public record Audit(List<Count> counts, List<Step> steps, List<Sum> sums, Optional<Formula> rule, List<Output> settled,
      List<Probe.Statement> tests) {
    static final Audit NONE = new Audit(List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of());

    /// The same with what discrete unknowns cost.
    public Audit costing(List<Sum> others) {
      return new Audit(counts, steps, others, rule, settled, tests);
    }

    Audit testing(List<Output> outputs, List<Probe.Statement> statements) {
      return new Audit(counts, steps, sums, rule, outputs, statements);
    }
  }

  /// A sum over the values of discrete unknowns.
  ///
  /// @param what  for people
  /// @param terms how many there are in one evaluation, a real over data and constants
  public record Sum(String what, Expr terms, Span span) {}

  /// The counts of one name.
  public record Count(Symbol symbol, Array array) {}

  /// An unknown: its values, and where its coordinates lie.
  ///
  /// @param transform how it is constrained, for people
  /// @param offset    its first coordinate
  /// @param size      its number of coordinates
  /// @param constant  what a restriction of the prior does to its normalising constant, for people; empty without one
  /// @param discrete  for whole numbers where they lie; such an unknown has no coordinates and is given by no step:
  ///                  densities read its elements as they read those of others
  /// @param range     where its values may lie
  public record Unknown(
      Symbol symbol, Array array, String transform, Expr offset, Expr size, Optional<String> constant,
      Optional<Discrete> discrete, Range range) {
    /// Positive numbers that the compiler adds to a model, one coordinate an element.
    ///
    public static Unknown auxiliary(Array array, Expr offset, Expr size, Range range, Span span) {
      var symbol = new Symbol(array.name(), Symbol.Role.UNKNOWN, Type.REAL, Support.ALL, Optional.empty(), "", span);
      return new Unknown(symbol, array, "auxiliary", offset, size, Optional.empty(), Optional.empty(), range);
    }

    Unknown within(Range r, String transformed) {
      return new Unknown(symbol, array, transformed, offset, size, constant, discrete, r);
    }
  }

  /// The values `lower`, `lower` + 1, .. that elements of a discrete unknown may take, over data and constants alone.
  /// Where the prior of an element leaves some out, its density there is negative infinity.
  ///
  /// @param lower empty without a bound that is known before inference
  /// @param count how many values; empty without such bounds on both sides
  /// @param gaps  for missing data, an array of the same extents: only elements where it is not 0 are unknown, and
  ///              no others are read
  public record Discrete(Optional<Expr> lower, Optional<Expr> count, Optional<Array> gaps) {
    static final Discrete UNBOUNDED = new Discrete(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Where the values of an unknown may lie.
  public sealed interface Range {
    /// Every element for itself between bounds that may be infinite.
    ///
    /// @param lower of the extents of the unknown, set by `block`
    /// @param upper likewise
    /// @param block over data, indices and, where bounds depend on them, other unknowns
    record Scalars(Array lower, Array upper, Stmt.Block block) implements Range {}

    /// Positive numbers, each for itself, with densities with respect to the Pólya-Gamma distribution PG(shape, 0).
    ///
    /// @param shape of the extents of the unknown, set by `block` from data
    record PolyaGamma(Array shape, Stmt.Block block) implements Range {}

    /// Whole numbers between the bounds that [Discrete] says.
    record Whole() implements Range {}

    /// Vectors along the last dimension that are positive and add up to 1.
    record Simplex() implements Range {}

    /// Symmetric positive definite matrices in the last two dimensions.
    record Covariance() implements Range {}

    /// Vectors or matrices that are restricted as a whole in some other way.
    record Restricted() implements Range {}
  }

  /// Something that is done, in order.
  public sealed interface Step {
    Span span();

    Stmt.Block block();

    /// An unknown's values from its coordinates; adds the log Jacobian.
    record Constrain(Symbol unknown, Stmt.Block block, Span span) implements Step {}

    /// Deterministic values.
    record Values(Stmt.Block block, Span span) implements Step {}

    /// Priors and likelihoods of one statement.
    record Density(Stmt.Block block, Span span) implements Step {}

    /// Draws given the others: of discrete unknowns that were summed out, and of missing values that nothing depends on.
    record Draws(Stmt.Block block, Span span) implements Step {}
  }

  /// A reported quantity.
  ///
  /// @param domains for each dimension the factor or table that labels it
  /// @param labels  for each dimension the labels if they are known from data alone (missing values)
  public record Output(
      Symbol symbol, String name, Arr value, List<Optional<Domain>> domains, Kind kind) {
    public enum Kind { UNKNOWN, DETERMINISTIC, GENERATED, REPLICATE, MISSING }
  }

  /// A replicate of an observed name, or a draw of an unknown.
  public record Replicate(Output output, Stmt.Block block) {}
}
