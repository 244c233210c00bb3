package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.ir.Exprs.integer;
import static ppl.ir.Exprs.real;
import static ppl.ir.Prim.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Each rewrite: what it makes, and that the value stays.
class SimplifyProperties {
  private static final Array A = new Array("a", Kind.REAL, List.of(), Array.Role.DATA);
  private static final Array B = new Array("b", Kind.REAL, List.of(), Array.Role.DATA);
  private static final Array P = new Array("p", Kind.REAL, List.of(), Array.Role.DATA);
  private static final Array M = new Array("m", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array V = new Array("v", Kind.REAL, List.of(M.read()), Array.Role.DATA);
  /// Any real, any real, between 0 and 1, a whole number.
  private static final Expr a = A.read(), b = B.read(), p = P.read(), m = M.read();

  private record Rule(Expr before, String after) {}

  private static Expr raw(Prim prim, Expr... args) {
    return new Expr.Apply(prim, List.of(args));
  }

  private static Rule rule(String after, Prim prim, Expr... args) {
    return new Rule(raw(prim, args), after);
  }

  private static Expr neg(Expr x) {
    return raw(NEG, x);
  }

  private static Expr sum(Expr.Reducer reducer, Expr from, Expr to, java.util.function.Function<Expr, Expr> body) {
    var k = new Index("k");
    return new Expr.Reduce(reducer, k, from, to, body.apply(Exprs.var(k)));
  }

  private static List<Rule> reals() {
    var half = real(0.5);
    var two = real(2);
    var three = real(3);
    return List.of(
        rule("a", ADD, a, real(0)), rule("3 + a", ADD, a, three), rule("5 + a", ADD, two, raw(ADD, three, a)),
        rule("5 - a", ADD, two, raw(SUB, three, a)), rule("2 - a", ADD, two, neg(a)), rule("a - b", ADD, a, neg(b)),
        rule("b - a", ADD, neg(a), b), rule("2 * a", ADD, a, a), rule("3 * a", ADD, a, raw(MUL, two, a)),
        rule("expm1(a)", ADD, real(-1), raw(EXP, a)), rule("expm1(a)", SUB, raw(EXP, a), real(1)),
        rule("-3 + a", SUB, a, three), rule("-a", SUB, real(0), a), rule("0", SUB, a, a), rule("-2 * a", SUB, a,
            raw(MUL, three, a)), rule("a + b", SUB, a, neg(b)), rule("-(a + b)", SUB, neg(a), b),
        rule("-1 - a", SUB, two, raw(ADD, three, a)), rule("-1 + a", SUB, two, raw(SUB, three, a)),
        rule("inv_logit(-a)", SUB, real(1), raw(INV_LOGIT, a)), rule("Phi(-a)", SUB, real(1), raw(PHI, a)),
        rule("erfc(a)", SUB, real(1), raw(ERF, a)), rule("erf(a)", SUB, real(1), raw(ERFC, a)),
        rule("gamma_q(p, 2)", SUB, real(1), raw(GAMMA_P, p, two)),
        rule("gamma_p(p, 2)", SUB, real(1), raw(GAMMA_Q, p, two)),
        rule("inc_beta_c(2, 3, p)", SUB, real(1), raw(INC_BETA, two, three, p)),
        rule("inc_beta(2, 3, p)", SUB, real(1), raw(INC_BETA_C, two, three, p)),
        rule("0", MUL, a, real(0)), rule("a", MUL, real(1), a), rule("-a", MUL, a, real(-1)),
        rule("3 * a", MUL, a, three),
        rule("6 * a", MUL, two, raw(MUL, three, a)), rule("6 / a", MUL, two, raw(DIV, three, a)),
        rule("-2 * a", MUL, two, neg(a)), rule("-(a * b)", MUL, a, neg(b)), rule("-(a * b)", MUL, neg(a), b),
        rule("a / b", MUL, a, raw(DIV, real(1), b)), rule("-(b / a)", MUL, raw(DIV, real(-1), a), b),
        rule("exp(a)", MUL, raw(SQRT, raw(EXP, a)), raw(SQRT, raw(EXP, a))),
        rule("a", DIV, a, real(1)), rule("0.5 * a", DIV, a, two), rule("a / 3", DIV, a, three),
        rule("0", DIV, real(0), a), rule("1.5 * a", DIV, raw(MUL, three, a), two), rule("-(a / b)", DIV, neg(a), b),
        rule("-(a / b)", DIV, a, neg(b)), rule("inv_logit(-a)", DIV, real(1), raw(ADD, real(1), raw(EXP, a))),
        rule("1", POW, a, real(0)), rule("a * a", POW, a, two), rule("a * a * a", POW, a, three), rule("1 / a", POW, a,
            real(-1)), rule("1 / (a * a)", POW, a, real(-2)), rule("sqrt(p)", POW, p, half),
        rule("1 / sqrt(p)", POW, p, real(-0.5)), rule("p ^ 0.3", POW, p, real(0.3)));
  }

  private static List<Rule> functions() {
    var two = real(2);
    var three = real(3);
    return List.of(
        rule("a", NEG, neg(a)), rule("b - a", NEG, raw(SUB, a, b)), rule("-2 * a", NEG, raw(MUL, two, a)),
        rule("-2 / a", NEG, raw(DIV, two, a)), rule("a", LOG, raw(EXP, a)), rule("log1p(p)", LOG, raw(ADD, real(1), p)),
        rule("log1m(p)", LOG, raw(SUB, real(1), p)), rule("0.5 * log(p)", LOG, raw(SQRT, p)),
        rule("-log(p)", LOG, raw(DIV, real(1), p)), rule("log_inv_logit(a)", LOG, raw(INV_LOGIT, a)),
        rule("log_Phi(a)", LOG, raw(PHI, a)), rule("log_gamma_p(p, 2)", LOG, raw(GAMMA_P, p, two)),
        rule("log_gamma_q(p, 2)", LOG, raw(GAMMA_Q, p, two)),
        rule("log_inc_beta(2, 3, p)", LOG, raw(INC_BETA, two, three, p)),
        rule("log_inc_beta_c(2, 3, p)", LOG, raw(INC_BETA_C, two, three, p)),
        rule("log1p_exp(a)", LOG1P, raw(EXP, a)), rule("log1m(p)", LOG1P, neg(p)), rule("log1p(p)", LOG1M, neg(p)),
        rule("log1m_exp(-p)", LOG1M, raw(EXP, neg(p))), rule("log1m_inv_logit(a)", LOG1M, raw(INV_LOGIT, a)),
        rule("log_Phi(-a)", LOG1M, raw(PHI, a)), rule("log_gamma_q(p, 2)", LOG1M, raw(GAMMA_P, p, two)),
        rule("log_gamma_p(p, 2)", LOG1M, raw(GAMMA_Q, p, two)),
        rule("log_inc_beta_c(2, 3, p)", LOG1M, raw(INC_BETA, two, three, p)),
        rule("log_inc_beta(2, 3, p)", LOG1M, raw(INC_BETA_C, two, three, p)),
        rule("abs(a)", EXP, raw(LOG, raw(ABS, a))), rule("exp(log(p))", EXP, raw(LOG, p)),
        rule("inv_logit(a)", EXP, raw(LOG_INV_LOGIT, a)), rule("inv_logit(-a)", EXP, raw(LOG1M_INV_LOGIT, a)),
        rule("1 + exp(a)", EXP, raw(LOG1P_EXP, a)), rule("Phi(a)", EXP, raw(LOG_PHI, a)),
        rule("abs(a)", EXPM1, raw(LOG1P, raw(ABS, a))), rule("a", LOGIT, raw(INV_LOGIT, a)),
        rule("abs(a)", SQRT, raw(MUL, a, a)), rule("abs(a)", ABS, neg(a)), rule("exp(a)", ABS, raw(EXP, a)),
        rule("real(m)", FLOOR, raw(REAL_OF, m)), rule("detach(a)", DETACH, raw(DETACH, a)));
  }

  private static List<Rule> wholes() {
    var two = integer(2);
    var less = raw(LT, a, b);
    return List.of(
        rule("m + 2", IADD, two, m), rule("m", IADD, raw(IADD, m, two), integer(-2)), rule("m - 2", ISUB, m, two),
        rule("0", ISUB, m, m), rule("m", IMUL, integer(1), m), rule("0", IMUL, m, integer(0)),
        rule("m * 4", IMUL, raw(IMUL, m, two), two), rule("1", IEQ, m, m), rule("1", ILE, m, m), rule("0", ILT, m, m),
        rule("a < b", AND, less, two), rule("0", AND, integer(0), less), rule("1", OR, less, two),
        rule("a < b", OR, less, integer(0)), rule("not(not(m))", AND, m, two), rule("a < b", NOT, raw(NOT, less)),
        rule("m", INEG, raw(INEG, m)), rule("div(5, 0)", IDIV, integer(5), integer(0)),
        rule("-3", IDIV, integer(-5), two),
        rule("1", IMOD, integer(-5), two));
  }

  private static List<Rule> reductions() {
    var zero = integer(0);
    var from = V;
    return List.of(
        new Rule(sum(Expr.Reducer.SUM, integer(3), integer(2), k -> from.read(k)), "0"),
        new Rule(sum(Expr.Reducer.SUM, integer(1), integer(2), k -> from.read(k)), "v[1]"),
        new Rule(sum(Expr.Reducer.SUM, zero, m, k -> a), "0 < m ? real(m) * a : 0"),
        new Rule(sum(Expr.Reducer.MAX, zero, m, k -> a), "0 < m ? a : -Infinity"),
        new Rule(sum(Expr.Reducer.SUM, zero, m, k -> neg(from.read(k))), "-sum(k in 0 ..< m : v[k])"),
        new Rule(sum(Expr.Reducer.SUM, zero, m, k -> raw(MUL, real(3), from.read(k))), "3 * sum(k in 0 ..< m : v[k])"),
        new Rule(new Expr.Select(raw(LT, a, b), p, p), "p"),
        new Rule(new Expr.Select(raw(NOT, raw(LT, a, b)), p, a), "a < b ? a : p"));
  }

  private static List<Rule> all() {
    var all = new ArrayList<Rule>();
    List.of(reals(), functions(), wholes(), reductions()).forEach(all::addAll);
    return all;
  }

  @Example
  void everyRuleMakesWhatItSays() {
    for (var r : all()) assertEquals(r.after, Printer.print(new Interner().intern(r.before)), Printer.print(r.before));
  }

  @Property(tries = 100)
  void everyRuleKeepsTheValue(@ForAll long seed) {
    var random = new Random(seed);
    int size = 2 + random.nextInt(4);
    var in = new Interpreter(random).bind(A, random.nextDouble(-4, 4)).bind(B, random.nextDouble(-4, 4))
        .bind(P, random.nextDouble(0.05, 0.95)).bind(M, size).bind(V, random.doubles(size, -2, 2).toArray());
    for (var r : all()) {
      if (r.after.equals("div(5, 0)")) continue;
      double before = in.evaluate(r.before);
      double after = in.evaluate(new Interner().intern(r.before));
      assertEquals(before, after, 1e-12 * (1 + Math.abs(before)), Printer.print(r.before));
    }
  }

  @Property(tries = 150)
  void programsKeepTheirValue(@ForAll long seed) {
    var program = RandomPrograms.of(seed);
    double before = program.interpreter().run(program.body());
    var interned = new Interner().intern(program.body());
    double after = program.interpreter().run(interned);
    if (Double.isFinite(before)) assertEquals(before, after, 1e-9 * (1 + Math.abs(before)));
  }

  @Example
  void equalExpressionsBecomeOneNode() {
    var interner = new Interner();
    var x = interner.intern(raw(MUL, raw(SIN, A.read()), raw(COS, B.read())));
    var y = interner.intern(raw(MUL, raw(SIN, A.read()), raw(COS, B.read())));
    assertSame(x, y);
  }

  @Example
  void reductionsThatDifferInNamesAloneBecomeOneNode() {
    var interner = new Interner();
    var x = interner.intern(squares(V.read(integer(0))));
    assertSame(x, interner.intern(squares(V.read(integer(0)))));
    assertNotSame(x, interner.intern(squares(V.read(integer(1)))));
    assertNotSame(interner.intern(products(true)), interner.intern(products(false)));
    assertSame(interner.intern(products(false)), interner.intern(products(false)));
  }

  /// Sum of (v[k] + c)^2.
  private static Expr squares(Expr c) {
    return sum(Expr.Reducer.SUM, integer(0), m, k -> raw(MUL, raw(ADD, V.read(k), c), raw(ADD, V.read(k), c)));
  }

  /// Sum of sums of sin(v[j]) cos(v[k]), or with j and k exchanged.
  private static Expr products(boolean swapped) {
    return sum(Expr.Reducer.SUM, integer(0), m, j -> sum(Expr.Reducer.MAX, integer(0), m, k ->
        swapped ? raw(MUL, raw(SIN, V.read(k)), raw(COS, V.read(j))) : raw(MUL, raw(SIN, V.read(j)), raw(COS, V.read(k)))));
  }

  @Example
  void longSumsNeedNoStack() {
    Expr sum = a;
    for (int i = 0; i < 100_000; i++) sum = new Expr.Apply(ADD, List.of(sum, raw(SIN, a)));
    var interned = new Interner().intern(sum);
    assertEquals(new Interpreter(new Random(1)).bind(A, 0.5).evaluate(interned), 0.5 + 100_000 * Math.sin(0.5), 1e-6);
    assertTrue(Printer.print(interned).length() > 1000);
    var q = new Array("q", Kind.REAL, List.of(), Array.Role.ARGUMENT);
    Subst.Rule toQ = at -> q.read();
    var longSum = Subst.of(Map.of(), x -> x == A ? Optional.of(toQ) : Optional.empty()).apply(sum);
    var g = new Array("g", Kind.REAL, List.of(), Array.Role.ARGUMENT);
    var block = new Stmt.Block(List.of(), List.of(new Stmt.Add(Array.TARGET, List.of(), longSum)));
    var out = new double[1];
    new Interpreter(new Random(1)).bind(q, 0.5).bind(g, out)
        .run(Differentiate.gradient(block, Map.of(q, g)));
    assertEquals(1 + 100_000 * Math.cos(0.5), out[0], 1e-6);
  }
}
