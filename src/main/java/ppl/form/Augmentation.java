package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// A summand of a log joint as an integral over an auxiliary number w > 0: exp(term) is the integral of
/// exp(integrand(w)), and given w the integrand is a sum of products of statistics where the term is not.
public sealed interface Augmentation {
  /// What stands in the model.
  Expr term();

  /// The log joint density with w in place of the term.
  Expr integrand(Expr w);

  /// The same where `condition` holds, and an integral over known numbers elsewhere, whose term is [#idle].
  Augmentation where(Expr condition);

  /// The term of known numbers, where w is not needed.
  double idle();

  /// What w is, for people.
  String role();

  /// The shape b where the integral is with respect to PG(b, 0) instead of lengths.
  default Optional<Expr> shape() {
    return Optional.empty();
  }

  /// b^-c = 1 / Gamma(c) times the integral of w^(c - 1) exp(-w b), for b > 0: what heavy tails add to a log joint, so
  /// that Cauchy and Student t laws, on a line or half of it, and what else looks like them, are scale mixtures.
  record Tail(Expr base, Expr exponent) implements Augmentation {
    @Override
    public Expr term() {
      return neg(mul(exponent, log(base)));
    }

    @Override
    public Expr integrand(Expr w) {
      return sub(sub(mul(sub(exponent, ONE), log(w)), mul(w, base)), apply(Prim.LGAMMA, exponent));
    }

    @Override
    public Augmentation where(Expr condition) {
      return new Tail(select(condition, base, ONE), select(condition, exponent, ONE));
    }

    @Override
    public double idle() {
      return 0;
    }

    @Override
    public String role() {
      return "a precision";
    }
  }

  /// exp(-|x|) is the integral of w^(-3/2) exp(-w x^2 / 2 - 1 / (2 w)) / sqrt(2 pi) (Andrews and Mallows, J. R. Stat.
  /// Soc. B 36, 1974): a Laplace law is normal given w.
  record Magnitude(Expr x) implements Augmentation {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    @Override
    public Expr term() {
      return neg(apply(Prim.ABS, x));
    }

    @Override
    public Expr integrand(Expr w) {
      var half = real(0.5);
      var power = sub(real(-HALF_LOG_TWO_PI), mul(real(1.5), log(w)));
      return sub(sub(power, mul(mul(half, w), square(x))), div(half, w));
    }

    @Override
    public Augmentation where(Expr condition) {
      return new Magnitude(select(condition, x, ONE));
    }

    @Override
    public double idle() {
      return -1;
    }

    @Override
    public String role() {
      return "a precision";
    }
  }

  /// Phi(x) is the integral of the normal density about x over w > 0 (Albert and Chib, J. Am. Stat. Assoc. 88, 1993).
  record Threshold(Expr x) implements Augmentation {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    @Override
    public Expr term() {
      return apply(Prim.LOG_PHI, x);
    }

    @Override
    public Expr integrand(Expr w) {
      return sub(real(-HALF_LOG_TWO_PI), mul(real(0.5), square(sub(w, x))));
    }

    @Override
    public Augmentation where(Expr condition) {
      return new Threshold(select(condition, x, ZERO));
    }

    @Override
    public double idle() {
      return -Math.log(2);
    }

    @Override
    public String role() {
      return "a latent normal number";
    }
  }

  /// up log F(x) + down log F(-x) with F(x) = 1 / (1 + exp(-x)): (up - down) x / 2 - (up + down) log 2 and the log of the
  /// mean of exp(-w x^2 / 2) over the Pólya-Gamma distribution PG(up + down, 0) (Polson, Scott and Windle, J. Am. Stat.
  /// Assoc. 108, 2013), for counts of trials.
  record Odds(Expr x, Expr up, Expr down) implements Augmentation {
    @Override
    public Expr term() {
      return add(mul(up, apply(Prim.LOG_INV_LOGIT, x)), mul(down, apply(Prim.LOG_INV_LOGIT, neg(x))));
    }

    @Override
    public Expr integrand(Expr w) {
      var half = real(0.5);
      var linear = sub(mul(mul(half, sub(up, down)), x), mul(real(Math.log(2)), add(up, down)));
      return sub(linear, mul(mul(half, w), square(x)));
    }

    @Override
    public Augmentation where(Expr condition) {
      return new Odds(select(condition, x, ZERO), select(condition, up, ZERO), select(condition, down, ZERO));
    }

    @Override
    public double idle() {
      return 0;
    }

    @Override
    public String role() {
      return "a Pólya-Gamma precision";
    }

    /// The number of trials.
    @Override
    public Optional<Expr> shape() {
      return Optional.of(total(up, down));
    }

    private static Expr total(Expr a, Expr b) {
      if (a instanceof Expr.Select(Expr c, Expr x, Expr y) && b instanceof Expr.Select(Expr d, Expr z, Expr w) && c == d) {
        var yes = total(x, z);
        var no = total(y, w);
        return yes.equals(no) ? yes : select(c, yes, no);
      }
      return b instanceof Expr.Apply(Prim p, var args) && p == Prim.SUB && args.get(1) == a ? args.get(0) : add(a, b);
    }
  }
}
