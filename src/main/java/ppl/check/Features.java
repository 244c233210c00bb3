package ppl.check;

import java.util.List;
import java.util.stream.Stream;
import ppl.dist.Form;
import ppl.dist.Law;
import ppl.dist.Parameter;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Kind;
import ppl.typed.TDist;
import ppl.typed.TExpr.DistFunction;

/// What can be asked of a distribution: not every one has a distribution function, moments or draws.
final class Features {
  private Features() {}

  static boolean has(TDist d, DistFunction f) {
    return switch (d) {
      case TDist.Named n -> has(law(n.form(), n.distribution().eventRank()), f);
      case TDist.User u -> switch (f) {
        case LOGPDF -> true;
        case CDF, LOGCDF, LOGCCDF -> u.definition().cdf().isPresent();
        case DRAW -> u.definition().sample().isPresent();
        case MEAN, SD -> false;
      };
      case TDist.Truncated t -> f == DistFunction.LOGPDF || !isMoment(f) && has(t.inner(), DistFunction.CDF);
      case TDist.Censored c -> f == DistFunction.LOGPDF || !isMoment(f) && has(c.inner(), f);
      case TDist.Mixture m -> m.components().stream().allMatch(c -> has(c, f));
      case TDist.MixtureOver m -> has(m.component(), f);
      case TDist.ZeroInflated z -> has(z.inner(), f);
      case TDist.Hurdle h -> f == DistFunction.LOGPDF || !isMoment(f) && has(h.inner(), f);
    };
  }

  private static boolean isMoment(DistFunction f) {
    return f == DistFunction.MEAN || f == DistFunction.SD;
  }

  private static boolean has(Law law, DistFunction f) {
    return switch (f) {
      case LOGPDF -> true;
      case CDF, LOGCDF, LOGCCDF -> law.tails().isPresent();
      case MEAN -> law.mean().isPresent();
      case SD -> law.sd().isPresent();
      case DRAW -> law.draw().isPresent();
    };
  }

  /// The law of some arguments: what it can do does not depend on them.
  private static Law law(Form form, int eventRank) {
    List<Expr> event = Stream.generate(() -> Exprs.integer(2)).limit(eventRank).toList();
    return form.law(form.parameters().stream().map(Features::argument).toList(), event);
  }

  private static Arr argument(Parameter p) {
    List<Expr> dims = Stream.generate(() -> Exprs.integer(2)).limit(p.rank()).toList();
    return new Arr(p.kind(), dims, at -> p.kind() == Kind.INT ? Exprs.integer(1) : Exprs.real(0.5));
  }
}
