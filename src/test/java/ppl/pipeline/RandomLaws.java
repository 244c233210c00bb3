package ppl.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ppl.dist.Distribution;
import ppl.dist.Distributions;
import ppl.dist.Domain;
import ppl.dist.Form;
import ppl.dist.Parameter;
import ppl.ir.Kind;

/// Random distributions of the language, in every parameterization, with random arguments that broadcast, and data
/// that lie in their supports.
final class RandomLaws {
  static final List<Distribution> REAL = Distributions.ALL.stream()
      .filter(d -> d.kind() == Kind.REAL && d.eventRank() == 0).toList();
  static final List<Distribution> WHOLE = Distributions.ALL.stream().filter(d -> d.kind() == Kind.INT).toList();
  static final List<Distribution> SCALAR = Distributions.ALL.stream().filter(d -> d.eventRank() == 0).toList();
  static final List<Distribution> EVENT = Distributions.ALL.stream()
      .filter(d -> d.eventRank() > 0 && d.kind() == Kind.REAL).toList();

  private final Tape tape;
  private final RandomTerms terms;

  RandomLaws(Tape tape, RandomTerms terms) {
    this.tape = tape;
    this.terms = terms;
  }

  /// `d` with arguments for events at the batch dimensions `batch`.
  String law(Distribution d, List<String> batch) {
    return law(d, tape.of(d.forms()), batch);
  }

  private String law(Distribution d, Form form, List<String> batch) {
    boolean canonical = form == d.forms().getFirst() && !tape.chance(30);
    return d.name() + "(" + String.join(", ", form.parameters().stream()
        .map(p -> (canonical ? "" : p.name() + " = ") + argument(d, p, batch)).toList()) + ")";
  }

  private String argument(Distribution d, Parameter p, List<String> batch) {
    var lead = batch.subList(tape.choose(batch.size() + 1), batch.size());
    if (p.rank() == 1) return vector(p, d.name().equals("NormalGamma") ? "2" : "K", lead);
    if (p.rank() == 2) return matrix(p);
    if (p.name().equals("lower")) return p.kind() == Kind.INT ? "0" : "(-5 - %s)".formatted(terms.positive(lead, 2));
    if (p.name().equals("upper")) return p.kind() == Kind.INT ? "9" : "(4 + %s)".formatted(terms.positive(lead, 2));
    if (p.name().equals("minimum")) return "(0.1 * %s)".formatted(terms.unit(lead, 2));
    if (p.name().equals("df") && d.eventRank() == 2) return "(K + %s)".formatted(terms.positive(List.of(), 2));
    return switch (p.domain()) {
      case REAL, SIMPLEX, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> terms.real(lead, 3);
      case POSITIVE, NONNEGATIVE -> terms.positive(lead, 3);
      case UNIT -> terms.unit(lead, 3);
      case INT, COUNT, POSITIVE_INT -> d.eventRank() == 1 ? "3" : "7";
      case BINARY -> "1";
    };
  }

  private String vector(Parameter p, String n, List<String> lead) {
    var one = lead.isEmpty();
    var dims = new ArrayList<>(lead.size() > 1 ? lead.subList(1, 2) : lead);
    dims.add(n);
    return switch (p.domain()) {
      case SIMPLEX -> one ? "softmax(%s)".formatted(terms.real(dims, 2))
          : "[softmax((%s)[s]) for s in 1..%s]".formatted(terms.real(dims, 2), dims.getFirst());
      case ORDERED -> "cumulative_sum(exp(%s))".formatted(terms.real(List.of(n), 2));
      case POSITIVE, NONNEGATIVE -> terms.positive(dims, 3);
      case UNIT -> terms.unit(dims, 3);
      case REAL, INT, BINARY, COUNT, POSITIVE_INT, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> terms.real(dims, 3);
    };
  }

  private String matrix(Parameter p) {
    var cov = "(0.2 * crossprod(%s) + diag(rep(1.0, K)))".formatted(terms.real(List.of(tape.of("N", "M", "K"), "K"), 2));
    return p.domain() == Domain.COV_CHOLESKY ? "cholesky(" + cov + ")" : cov;
  }

  /// A JSON value in the support of `d`, of extents `dims`.
  String value(Distribution d, List<Integer> dims) {
    return dims.isEmpty() ? number(d) : IntStream.range(0, dims.getFirst())
        .mapToObj(i -> value(d, dims.subList(1, dims.size()))).toList().toString();
  }

  /// Events of vectors and matrices.
  String event(Distribution d, int k) {
    var values = switch (d.name()) {
      case "Multinomial" -> IntStream.range(0, k).mapToObj(i -> i == 0 ? "2" : i == 1 ? "1" : "0").toList();
      case "Dirichlet" -> IntStream.range(0, k).mapToObj(i -> Double.toString(2.0 * (i + 1) / (k * (k + 1)))).toList();
      case "NormalGamma" -> List.of(Double.toString(tape.real()), Double.toString(0.2 + Math.abs(tape.real())));
      default -> IntStream.range(0, k).mapToObj(i -> Double.toString(tape.real())).toList();
    };
    if (d.eventRank() == 1) return values.toString();
    return IntStream.range(0, k).mapToObj(i -> IntStream.range(0, k)
        .mapToObj(j -> i == j ? "1" : Math.min(i, j) == 0 ? "0.3" : "0.1").toList()).toList().toString();
  }

  private String number(Distribution d) {
    double real = tape.real();
    int whole = tape.choose(6);
    return switch (d.domain()) {
      case REAL, SIMPLEX, ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> Double.toString(real);
      case POSITIVE, NONNEGATIVE -> Double.toString(0.2 + Math.abs(real));
      case UNIT -> Double.toString(0.5 + 0.3 * real);
      case BINARY -> Integer.toString(whole % 2);
      case POSITIVE_INT -> Integer.toString(1 + whole % 2);
      case INT, COUNT -> Integer.toString(whole);
    };
  }
}
