package ppl.form;

import java.util.List;
import java.util.stream.Collectors;
import ppl.ir.Expr;
import ppl.ir.Printer;
import ppl.runtime.Statistic;

/// Terms as text, one a line, subscripts from 0.
public final class TermPrinter {
  private TermPrinter() {}

  public static String print(NormalForm form) {
    var lines = new java.util.ArrayList<String>();
    form.terms().forEach(t -> lines.add(print(t)));
    form.bounds().forEach(b -> lines.add(head(b.ranges(), b.guards()) + b.unknown().name() + subscripts(b.at())
        + (b.upper() ? " <= " : " >= ") + Printer.print(b.value())));
    if (!form.prepare().isEmpty()) lines.add("with\n" + Printer.print(form.prepare()).stripTrailing());
    if (!form.prelude().isEmpty()) lines.add("where\n" + Printer.print(form.prelude()).stripTrailing());
    return lines.stream().map(l -> l + "\n").collect(Collectors.joining());
  }

  public static String print(Term t) {
    return head(t.ranges(), t.guards()) + "(" + Printer.print(t.coefficient()) + ")"
        + t.factors().stream().map(f -> " * " + factor(f)).collect(Collectors.joining());
  }

  private static String head(List<Term.Range> ranges, List<Expr> guards) {
    var all = ranges.stream().map(r -> "sum " + r.index() + " in " + Printer.print(r.from()) + " ..< " + Printer.print(r.to()))
        .collect(Collectors.joining(", "));
    var when = guards.stream().map(Printer::print).collect(Collectors.joining(" and "));
    return all + (when.isEmpty() ? "" : (all.isEmpty() ? "if " : " if ") + when) + (all.isEmpty() && when.isEmpty() ? "" : " : ");
  }

  private static String factor(Term.Factor f) {
    return switch (f) {
      case Term.Stat(var unknown, var statistic, var at) -> {
        var x = unknown.name();
        yield switch (statistic) {
          case Statistic.Power(double p) -> x + subscripts(at) + (p == 1 ? "" : "^" + number(p));
          case Statistic.Log l -> "log " + x + subscripts(at);
          case Statistic.Log1m l -> "log(1 - " + x + subscripts(at) + ")";
          case Statistic.Indicator i -> "[" + x + subscripts(at.subList(0, at.size() - 1)) + " = #" + Printer.print(at.getLast()) + "]";
          case Statistic.LogDeterminant d -> "log det " + x + subscripts(at);
          case Statistic.Inverse i -> x + "^-1" + subscripts(at);
        };
      }
      case Term.Opaque(Expr value, String why) -> "{" + Printer.print(value) + ": " + why + "}";
    };
  }

  private static String number(double p) {
    return p == Math.rint(p) ? "" + (long) p : "" + p;
  }

  private static String subscripts(List<Expr> at) {
    return at.isEmpty() ? "" : at.stream().map(Printer::print).collect(Collectors.joining(", ", "[", "]"));
  }
}
