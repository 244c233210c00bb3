package ppl.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.dist.Distributions;

/// Distributions as others call them, with the arguments that they take there.
final class ForeignLaws {
  private ForeignLaws() {}

  /// A distribution elsewhere.
  ///
  /// @param call as it is documented there, `dweib(v, lambda)`
  /// @param here what it is in this language, over the same arguments
  record Foreign(String call, Template here) {
    /// Whether only the name differs.
    boolean plain() {
      return here.text().endsWith("(" + String.join(", ", here.places()) + ")");
    }
  }

  /// Of Stan, BUGS and JAGS, PyMC, NumPyro and papers.
  private static final Map<String, Foreign> MODELS = table("""
      N(mean, sd)                              = Normal(mean, sd)
      Gaussian(mean, sd)                       = Normal(mean, sd)
      gaussian(mean, sd)                       = Normal(mean, sd)
      norm(mean, sd)                           = Normal(mean, sd)
      std_normal()                             = Normal(0, 1)
      dnorm(mu, tau)                           = Normal(mu, precision = tau)
      normal_id_glm(x, alpha, beta, sigma)     = Normal(alpha + x * beta, sigma)
      TruncatedNormal(mu, sigma, lower, upper) = truncated(Normal(mu, sigma), lower = lower, upper = upper)
      HalfFlat()                               = Flat()
      student_t(nu, mu, sigma)                 = StudentT(nu, mu, sigma)
      T(nu, mu, sigma)                         = StudentT(nu, mu, sigma)
      dt(mu, tau, k)                           = StudentT(k, mu, 1 / sqrt(tau))
      HalfT(nu, sigma)                         = HalfStudentT(nu, sigma)
      double_exponential(mu, sigma)            = Laplace(mu, sigma)
      ddexp(mu, tau)                           = Laplace(mu, 1 / tau)
      dlogis(mu, tau)                          = Logistic(mu, 1 / tau)
      von_mises(mu, kappa)                     = VonMises(mu, kappa)
      Exp(rate)                                = Exponential(rate)
      dexp(lambda)                             = Exponential(lambda)
      dgamma(r, lambda)                        = Gamma(r, lambda)
      Ga(shape, rate)                          = Gamma(shape, rate)
      inv_gamma(alpha, beta)                   = InverseGamma(alpha, beta)
      InvGamma(alpha, beta)                    = InverseGamma(alpha, beta)
      IG(alpha, beta)                          = InverseGamma(alpha, beta)
      chi_square(nu)                           = ChiSquared(nu)
      Chi2(nu)                                 = ChiSquared(nu)
      dchisq(k)                                = ChiSquared(k)
      dchisqr(k)                               = ChiSquared(k)
      inv_chi_square(nu)                       = InverseChiSquared(nu, 1 / sqrt(nu))
      scaled_inv_chi_square(nu, sigma)         = InverseChiSquared(nu, sigma)
      dweib(v, lambda)                         = Weibull(v, lambda^(-1 / v))
      rayleigh(sigma)                          = Weibull(2, sqrt(2) * sigma)
      dlnorm(mu, tau)                          = LogNormal(mu, 1 / sqrt(tau))
      dpar(alpha, c)                           = Pareto(c, alpha)
      dbeta(a, b)                              = Beta(a, b)
      beta_proportion(mu, kappa)               = Beta(mean = mu, concentration = kappa)
      dunif(a, b)                              = Uniform(a, b)
      U(lower, upper)                          = Uniform(lower, upper)
      Unif(lower, upper)                       = Uniform(lower, upper)
      Bern(p)                                  = Bernoulli(p)
      dbern(p)                                 = Bernoulli(p)
      bernoulli_logit(alpha)                   = Bernoulli(logit = alpha)
      BernoulliLogits(logits)                  = Bernoulli(logit = logits)
      bernoulli_logit_glm(x, alpha, beta)      = Bernoulli(logit = alpha + x * beta)
      Bin(n, p)                                = Binomial(n, p)
      dbin(p, n)                               = Binomial(n, p)
      dbinom(p, n)                             = Binomial(n, p)
      binomial_logit(n, alpha)                 = Binomial(n, logit = alpha)
      binomial_logit_glm(n, x, alpha, beta)    = Binomial(n, logit = alpha + x * beta)
      dbetabin(a, b, n)                        = BetaBinomial(n, a, b)
      Pois(rate)                               = Poisson(rate)
      dpois(lambda)                            = Poisson(lambda)
      poisson_log(alpha)                       = Poisson(log = alpha)
      poisson_log_glm(x, alpha, beta)          = Poisson(log = alpha + x * beta)
      neg_binomial(alpha, beta)                = NegativeBinomial(shape = alpha, rate = beta)
      neg_binomial_2(mu, phi)                  = NegativeBinomial(mu, phi)
      neg_binomial_2_log(eta, phi)             = NegativeBinomial(log = eta, dispersion = phi)
      neg_binomial_2_log_glm(x, alpha, beta, phi) = NegativeBinomial(log = alpha + x * beta, dispersion = phi)
      dnegbin(p, r)                            = NegativeBinomial(shape = r, rate = p / (1 - p))
      NegativeBinomial2(mean, concentration)   = NegativeBinomial(mean, concentration)
      GammaPoisson(concentration, rate)        = NegativeBinomial(shape = concentration, rate = rate)
      dgeom(p)                                 = Geometric(p)
      dcat(p)                                  = Categorical(p)
      categorical_logit(beta)                  = Categorical(logits = beta)
      discrete_range(l, u)                     = DiscreteUniform(l, u)
      ordered_logistic(eta, c)                 = OrderedLogistic(eta, c)
      ordered_probit(eta, c)                   = OrderedProbit(eta, c)
      dmulti(p, n)                             = Multinomial(n, p)
      multi_normal(mu, Sigma)                  = MultivariateNormal(mu, Sigma)
      mvn(mu, Sigma)                           = MultivariateNormal(mu, Sigma)
      MVN(mu, Sigma)                           = MultivariateNormal(mu, Sigma)
      MvNormal(mu, cov)                        = MultivariateNormal(mu, cov)
      multi_normal_cholesky(mu, L)             = MultivariateNormal(mu, cholesky = L)
      multi_normal_prec(mu, Omega)             = MultivariateNormal(mu, precision = Omega)
      dmnorm(mu, Omega)                        = MultivariateNormal(mu, precision = Omega)
      ddirch(alpha)                            = Dirichlet(alpha)
      ddirich(alpha)                           = Dirichlet(alpha)
      dwish(R, k)                              = Wishart(k, inverse(R))
      inv_wishart(nu, S)                       = InverseWishart(nu, S)
      lkj_corr(eta)                            = LKJ(eta)
      lkj_corr_cholesky(eta)                   = LKJ(eta)
      LKJCorr(n, eta)                          = LKJ(eta)
      LKJCholesky(n, eta)                      = LKJ(eta)
      LKJCholeskyCov(n, eta, sd)               = LKJ(eta)
      ZeroInflatedPoisson(psi, mu)             = zero_inflated(1 - psi, Poisson(mu))
      ZeroInflatedBinomial(psi, n, p)          = zero_inflated(1 - psi, Binomial(n, p))
      ZeroInflatedNegativeBinomial(psi, mu, alpha) = zero_inflated(1 - psi, NegativeBinomial(mu, alpha))
      HurdlePoisson(psi, mu)                   = hurdle(1 - psi, Poisson(mu))
      HurdleNegativeBinomial(psi, mu, alpha)   = hurdle(1 - psi, NegativeBinomial(mu, alpha))
      HurdleGamma(psi, alpha, beta)            = hurdle(1 - psi, Gamma(alpha, beta))
      HurdleLogNormal(psi, mu, sigma)          = hurdle(1 - psi, LogNormal(mu, sigma))
      """);

  /// Of R, by what follows `d`, `p` and `r`.
  private static final Map<String, Foreign> R = table("""
      norm(mean, sd)       = Normal(mean, sd)
      lnorm(mean, sd)      = LogNormal(mean, sd)
      t(df)                = StudentT(df, 0, 1)
      cauchy(location, scale) = Cauchy(location, scale)
      logis(location, scale)  = Logistic(location, scale)
      gamma(shape, rate)   = Gamma(shape, rate)
      exp(rate)            = Exponential(rate)
      chisq(df)            = ChiSquared(df)
      weibull(shape, scale) = Weibull(shape, scale)
      beta(a, b)           = Beta(a, b)
      unif(min, max)       = Uniform(min, max)
      binom(size, prob)    = Binomial(size, prob)
      pois(lambda)         = Poisson(lambda)
      nbinom(size, prob)   = NegativeBinomial(shape = size, rate = prob / (1 - prob))
      geom(prob)           = Geometric(prob)
      """);

  private static Map<String, Foreign> table(String text) {
    return text.lines().map(l -> l.split(" += ", 2)).collect(Collectors.toUnmodifiableMap(
        l -> l[0].substring(0, l[0].indexOf('(')), l -> new Foreign(l[0], Template.over(l[0], l[1]))));
  }

  static Optional<Foreign> named(String name) {
    return Optional.ofNullable(MODELS.get(name));
  }

  /// `norm` of R's `dnorm`, `pnorm`, `rnorm`.
  static Optional<Foreign> ofR(String prefix, String name) {
    return name.startsWith(prefix) ? Optional.ofNullable(R.get(name.substring(prefix.length()))) : Optional.empty();
  }

  /// What `name` of Stan, BUGS or Python over `values` is here, also where only case and underscores differ.
  static Optional<String> written(String name, List<Expr> values) {
    if (MODELS.containsKey(name)) return Optional.of(written(MODELS.get(name), values));
    return own(name).map(n -> n + values.stream().map(v -> v.span().text()).collect(Collectors.joining(", ", "(", ")")));
  }

  /// With the values, where they are as many as there should be.
  static String written(Foreign law, List<Expr> values) {
    return law.here().takes(values.size()) ? law.here().with(values) : law.here().text();
  }

  /// The distribution of this language that has the name but for case and underscores.
  static Optional<String> own(String name) {
    var plain = name.replace("_", "");
    return Distributions.names().stream().filter(n -> n.equalsIgnoreCase(plain)).findFirst();
  }

  static List<Expr> values(Expr.Call c) {
    return c.arguments().stream().map(Argument::value).toList();
  }
}
