package ppl.plan;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Prim;

/// Index notation as statisticians write it: subscripts from 1, powers and quotients gathered, `sum_n`.
final class MathText {
  private static final int SUM = 1;
  private static final int PRODUCT = 2;
  private static final int POWER = 3;
  private static final int ATOM = 4;

  private final Interner interner = new Interner();

  private final Map<String, String> renamed;

  MathText() {
    this(Map.of());
  }

  /// @param renamed indices that have other names here
  MathText(Map<String, String> renamed) {
    this.renamed = renamed;
  }

  String name(Index i) {
    return renamed.getOrDefault(i.name(), i.name());
  }

  record Piece(String text, int level) {
    String at(int least) {
      return level >= least ? text : "(" + text + ")";
    }
  }

  String of(Expr e) {
    return piece(interner.intern(e)).text;
  }

  /// As a summand after others: ` + x` or ` - x`.
  String after(Expr e) {
    var text = piece(interner.intern(e)).text;
    return text.startsWith("-") ? " - " + text.substring(1) : " + " + text;
  }

  private Piece piece(Expr e) {
    return switch (e) {
      case Expr.Int(int n) -> new Piece("" + n, n < 0 ? SUM : ATOM);
      case Expr.Real(double x) -> new Piece(number(x), x < 0 ? SUM : ATOM);
      case Expr.Var(Index i) -> new Piece(name(i), ATOM);
      case Expr.Read(Array a, var at) -> new Piece(name(a) + subscripts(at), ATOM);
      case Expr.Select(Expr c, Expr yes, Expr no) -> no instanceof Expr.Real(double z) && z == 0
          ? new Piece(piece(yes).at(PRODUCT) + " if " + condition(c), 0)
          : new Piece(piece(yes).at(SUM) + " if " + condition(c) + ", else " + piece(no).at(SUM), 0);
      case Expr.Reduce r -> new Piece(reducer(r.reducer()) + under(r.index(), r.from(), r.to()) + " " + piece(shifted(r)).at(PRODUCT), PRODUCT);
      case Expr.Apply(Prim p, var args) -> apply(e, p, args);
    };
  }

  private static String reducer(Expr.Reducer r) {
    return switch (r) {
      case SUM -> "sum";
      case PRODUCT -> "prod";
      case MAX -> "max";
      case MIN -> "min";
    };
  }

  private static Expr shifted(Expr.Reduce r) {
    return ppl.ir.Subst.indices(Map.of(r.index(), sub(var(r.index()), integer(1)))).apply(r.body());
  }

  /// `_n`, or with bounds where these are not the usual ones.
  private String under(Index i, Expr from, Expr to) {
    boolean fixed = new Graph.Free().of(to).isEmpty();
    return from instanceof Expr.Int(int f) && f == 0 && fixed ? "_" + name(i)
        : "_{" + name(i) + "=" + of(add(from, integer(1))) + ".." + of(to) + "}";
  }

  static String name(Array a) {
    return a.name().substring(a.name().lastIndexOf('.') + 1);
  }

  private String subscripts(List<Expr> at) {
    return at.isEmpty() ? "" : at.stream().map(e -> of(add(e, integer(1)))).collect(Collectors.joining(", ", "[", "]"));
  }

  private Piece apply(Expr e, Prim p, List<Expr> args) {
    return switch (p) {
      case ADD, IADD, EADD -> args.get(0) instanceof Expr.Real(double c) && c < 0 ? new Piece(piece(args.get(1)).at(SUM) + " - " + number(-c), SUM) : new Piece(piece(args.get(0)).at(SUM) + after(args.get(1)), SUM);
      case SUB, ISUB, ESUB -> {
        var right = piece(args.get(1));
        yield right.text.startsWith("-") && right.level != SUM ? new Piece(piece(args.get(0)).at(SUM) + " + " + right.text.substring(1), SUM)
            : new Piece(piece(args.get(0)).at(SUM) + " - " + right.at(PRODUCT), SUM);
      }
      case MUL, DIV, NEG, IMUL, EMUL, INEG, SQRT -> product(e);
      case POW -> args.get(1) instanceof Expr.Real ? product(e)
          : new Piece(piece(args.get(0)).at(ATOM) + "^" + piece(args.get(1)).at(ATOM), POWER);
      case REAL_OF, DETACH -> piece(args.get(0));
      case LMULTIPLY -> piece(mul(args.get(0), log(args.get(1))));
      case IEQ, EQ, ILT, LT, ILE, LE, AND, OR, NOT -> new Piece("[" + condition(e) + "]", ATOM);
      case LOG -> args.get(0) instanceof Expr.Apply(Prim f, var in) && f == Prim.EXP ? piece(in.get(0))
          : new Piece("log " + piece(args.get(0)).at(ATOM), POWER);
      case EXP -> factored(args.get(0)) ? product(e) : function(p, args);
      default -> function(p, args);
    };
  }

  private Piece function(Prim p, List<Expr> args) {
    return new Piece(p.symbol() + args.stream().map(this::of).collect(Collectors.joining(", ", "(", ")")), ATOM);
  }

  /// Whether the exponential of `x` is a product: there are logs among its summands.
  private static boolean factored(Expr x) {
    return x instanceof Expr.Apply(Prim p, var args)
        && (p == Prim.LOG || p == Prim.ADD && (factored(args.get(0)) || factored(args.get(1))));
  }

  String condition(Expr c) {
    if (!(c instanceof Expr.Apply(Prim p, var args))) return of(c);
    return switch (p) {
      case IEQ, EQ -> compare(args.get(0), args.get(1), " = ");
      case ILT, LT -> compare(args.get(0), args.get(1), " < ");
      case ILE, LE -> compare(args.get(0), args.get(1), " <= ");
      case AND -> condition(args.get(0)) + ", " + condition(args.get(1));
      case OR -> condition(args.get(0)) + " or " + condition(args.get(1));
      case NOT -> negated(args.get(0));
      default -> of(c);
    };
  }

  /// A comparison with numbers on one side alone, and a number after what it is compared to.
  private String compare(Expr a, Expr b, String sign) {
    int x = shift(a);
    int y = shift(b);
    var left = x == 0 ? a : sub(a, integer(x));
    var right = y == 0 ? b : sub(b, integer(y));
    if (left instanceof Expr.Int) {
      var moved = add(left, integer(x - y));
      return sign.equals(" = ") || sign.equals(" != ") ? of(right) + sign + of(moved) : of(moved) + sign + of(right);
    }
    return of(left) + sign + of(x == y ? right : add(right, integer(y - x)));
  }

  private static int shift(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args) && p == Prim.IADD && args.get(1) instanceof Expr.Int(int c) ? c : 0;
  }

  private String negated(Expr c) {
    if (c instanceof Expr.Apply(Prim p, var args)) {
      if (p == Prim.IEQ || p == Prim.EQ) return compare(args.get(0), args.get(1), " != ");
      if (p == Prim.ILT || p == Prim.LT) return compare(args.get(1), args.get(0), " <= ");
      if (p == Prim.ILE || p == Prim.LE) return compare(args.get(1), args.get(0), " < ");
    }
    return "not " + condition(c);
  }

  // Products

  /// A product as a number times powers.
  record Factors(double number, Map<Expr, Double> powers) {}

  Factors factors(Expr e) {
    var powers = new LinkedHashMap<Expr, Double>();
    double number = collect(interner.intern(e), 1, powers);
    powers.values().removeIf(v -> v == 0);
    powers.replaceAll((base, v) -> isTruth(base) && v > 0 ? 1.0 : v);
    return new Factors(number, powers);
  }

  private double collect(Expr e, double p, Map<Expr, Double> powers) {
    if (e instanceof Expr.Real(double v)) return Math.pow(v, p);
    if (e instanceof Expr.Int(int v)) return Math.pow(v, p);
    if (e instanceof Expr.Apply(Prim f, var args))
      switch (f) {
        case MUL, IMUL, EMUL -> {
          return collect(args.get(0), p, powers) * collect(args.get(1), p, powers);
        }
        case DIV -> {
          return collect(args.get(0), p, powers) * collect(args.get(1), -p, powers);
        }
        case LMULTIPLY -> {
          return collect(args.get(0), p, powers) * collect(interner.intern(log(args.get(1))), p, powers);
        }
        case NEG, INEG -> {
          if (p == Math.rint(p)) return collect(args.get(0), p, powers) * (p % 2 == 0 ? 1 : -1);
        }
        case SQRT -> {
          return collect(args.get(0), p / 2, powers);
        }
        case POW -> {
          if (args.get(1) instanceof Expr.Real(double c)) return collect(args.get(0), p * c, powers);
        }
        case REAL_OF -> {
          return collect(args.get(0), p, powers);
        }
        case EXP -> {
          if (args.get(0) instanceof Expr.Apply(Prim g, var in)) {
            if (g == Prim.LOG) return collect(in.get(0), p, powers);
            if (factored(args.get(0)))
              return collect(interner.intern(exp(in.get(0))), p, powers) * collect(interner.intern(exp(in.get(1))), p, powers);
          }
        }
        default -> {}
      }
    powers.merge(e, p, Double::sum);
    return 1;
  }

  private Piece product(Expr e) {
    return piece(factors(e));
  }

  Piece piece(Factors f) {
    var above = new ArrayList<String>();
    var below = new ArrayList<String>();
    f.powers.entrySet().stream().sorted(java.util.Comparator.comparing(x -> isCount(x.getKey()) ? 0 : 1))
        .forEach(x -> (x.getValue() > 0 ? above : below).add(power(x.getKey(), Math.abs(x.getValue()))));
    double c = Math.abs(f.number);
    if (c != 1) {
      double inverse = 1 / c;
      if (c < 1 && Math.abs(inverse - Math.rint(inverse)) < 1e-9 && inverse < 1e6 && !above.isEmpty()) below.addFirst(number(Math.rint(inverse)));
      else above.addFirst(number(c));
    }
    var top = above.isEmpty() ? "1" : String.join(" ", above);
    var bottom = below.isEmpty() ? "" : " / " + (below.size() == 1 ? below.getFirst() : "(" + String.join(" ", below) + ")");
    var text = (f.number < 0 ? "-" : "") + top + bottom;
    boolean single = above.size() + below.size() <= 1 && below.isEmpty();
    boolean atom = single && f.number > 0 && (f.powers.isEmpty() || c == 1 && f.powers.values().iterator().next() == 1
        && piece(f.powers.keySet().iterator().next()).level == ATOM);
    return new Piece(text, f.number < 0 ? SUM + 0 : atom ? ATOM : PRODUCT);
  }

  private static boolean isTruth(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args) && switch (p) {
      case IEQ, EQ, ILT, LT, ILE, LE, AND, OR, NOT -> true;
      default -> false;
    };
  }

  private static boolean isCount(Expr e) {
    return e instanceof Expr.Read(Array a, var at) && at.isEmpty() && a.kind() == ppl.ir.Kind.INT;
  }

  private String power(Expr base, double p) {
    if (p == 0.5) return "sqrt(" + of(base) + ")";
    if (p == 1) return piece(base).at(POWER);
    return piece(base).at(ATOM) + "^" + number(p);
  }

  /// To twelve digits, as short as they are.
  static String number(double x) {
    if (Double.isInfinite(x)) return x > 0 ? "infinity" : "-infinity";
    if (x == Math.rint(x) && Math.abs(x) < 1e15) return "" + (long) x;
    var rounded = new java.math.BigDecimal(x).round(new java.math.MathContext(6)).stripTrailingZeros();
    return Math.abs(x) < 1e-4 || Math.abs(x) >= 1e7 ? rounded.toString().replace("E", "e") : rounded.toPlainString();
  }
}
