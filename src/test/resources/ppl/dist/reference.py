"""Writes reference.csv: the language's distributions in every parameterization at several points. Needs mpmath.

The source of every value is the textbook density or mass function, written out below and evaluated with 40 digits.
Distribution functions are numerical integrals or sums of these densities, means and standard deviations integrals or
sums of x and x^2, so that nothing depends on a closed form; each density is first shown to integrate or sum to 1.
Arguments are the doubles next to the decimals of the table.

One line: the distribution as the language writes it; x; log density; cdf; log(cdf); log(1 - cdf); mean; standard deviation.
What the language does not define is empty."""
from mpmath import *

mp.dps = 40
rows = []


def text(value):
    if value is None:
        return ""
    value = mpf(value)
    return "-Infinity" if value == -inf else "Infinity" if value == inf else repr(float(value))


def row(call, x, *values):
    rows.append(";".join([call, str(x)] + [text(v) for v in values]))


def log_(p):
    return log(p) if p > 0 else -inf


def close(a, b, what, tolerance=mpf("1e-20")):
    assert abs(a - b) <= tolerance * (1 + abs(b)), (what, a, b)


def exact(f, ends):
    """The integral, whose error is far below that of a double."""
    scale = max([abs(f(x)) for a, b in zip(ends, ends[1:]) for x in [(a + b) / 2 if b < inf and a > -inf else a if b == inf else b]])
    parts = [quad(lambda x: f(x) / scale, [a, b], error=True, maxdegree=12) for a, b in zip(ends, ends[1:])] if scale > 0 else []
    total, error = sum(p[0] for p in parts), sum(p[1] for p in parts)
    assert error <= mpf("1e-18") * abs(total), (total, error)
    return total * scale


def both(below, above):
    """The cdf and both logs, each from the side that is small."""
    below, above = mpf(below), mpf(above)
    return below, log_(below) if below < 0.5 else log1p(-above), log_(above) if above < 0.5 else log1p(-below)


def moments(call, total, raw):
    close(total, 1, call)
    mean = raw(1) if raw else None
    sd = sqrt(raw(2) - mean ** 2) if raw and raw(2) is not None else None
    return mean, sd


def continuous(call, density, points, breaks, moment=2):
    """`breaks` are the ends of the support and where integration is to be cut; moments up to `moment` exist."""
    lower, upper = breaks[0], breaks[-1]
    if lower == 0:
        breaks = [lower, mpf("1e-6"), 0.001, 0.1] + [c for c in breaks if c > 0.1]

    def integral(f, a, b):
        """From 0 on by x = y^10: a density that is infinite at 0 is smooth in y. Cut at the breaks, and near both ends."""
        if a >= b:
            return mpf(0)
        cuts = set(mpf(c) for c in breaks)
        for w in [0.02, 0.1, 0.3, 1, 2, 4, 8, 16, 32, 64, 200]:
            cuts |= {a + w, b - w}
        ends = [a] + sorted(c for c in cuts if a < c < b) + [b]
        if a != 0 or lower != 0:
            return exact(f, ends)
        return exact(lambda y: f(y ** 10) * 10 * y ** 9, [mpf(0), ends[1] ** (mpf(1) / 10)]) + (exact(f, ends[1:]) if ends[2:] else 0)

    total = integral(density, lower, upper)
    raw = lambda n: integral(lambda x: x ** n * density(x), lower, upper) if n <= moment else None
    mean, sd = moments(call, total, raw if moment > 0 else None)
    for x in points:
        m = mpf(x)
        inside = lower <= m <= upper
        at = min(max(m, lower), upper)
        row(call, x, log_(density(m)) if inside else -inf, *both(integral(density, lower, at), integral(density, at, upper)), mean, sd)


def discrete(call, mass, points, lower=0, upper=None, numbers=True):
    """Sums up to `upper`, or to where nothing is left; categories are no `numbers`, and have no mean."""
    values = []
    k = lower
    while k <= upper if upper is not None else not values or sum(values[-3:]) > mpf(10) ** -50 or k < 20:
        values.append(mass(k))
        k += 1
    total = sum(values)
    mean, sd = moments(call, total, lambda n: sum((lower + i) ** n * v for i, v in enumerate(values)))
    mean, sd = (mean, sd) if numbers else (None, None)
    for x in points:
        i = x - lower
        inside = 0 <= i < len(values)
        row(call, x, log_(values[i]) if inside else -inf,
            *both(sum(values[:max(i + 1, 0)]), sum(values[i + 1:]) if i >= 0 else 1), mean, sd)


def phi(z):
    return exp(-z * z / 2) / sqrt(2 * pi)


def Phi(z):
    return erfc(-z / sqrt(mpf(2))) / 2


def inv_logit(x):
    return 1 / (1 + exp(-x))


# Numbers on the line.
def normal(m, s):
    return lambda x: phi((x - m) / s) / s


m, s = mpf(1.5), mpf(0.7)
for call, sd in [("Normal(1.5, 0.7)", s), ("Normal(mean = 1.5, sd = 0.7)", s), ("Normal(1.5, variance = 0.7)", sqrt(s)),
                 ("Normal(1.5, precision = 0.7)", 1 / sqrt(s)), ("Normal(mean = 1.5, precision = 0.7)", 1 / sqrt(s))]:
    continuous(call, normal(m, sd), [-2.5, 0.3, 1.5, 1.9, 6.0], [-inf, -2, m - 1, m, m + 1, 4, inf])
continuous("Normal(-3.0, 12.5)", normal(mpf(-3), mpf(12.5)), [-50.0, -3.0, 10.0], [-inf, -30, -3, 20, inf])
continuous("HalfNormal(2.5)", lambda x: 2 * normal(0, mpf(2.5))(x), [-1.0, 0.0, 0.4, 3.0, 14.0], [mpf(0), 1, 3, 8, inf])


def student(df, m, s):
    return lambda x: gamma((df + 1) / 2) / gamma(df / 2) / sqrt(df * pi) / s * (1 + ((x - m) / s) ** 2 / df) ** (-(df + 1) / 2)


for call, df, m, s, n in [("StudentT(4.5, 1.0, 2.0)", 4.5, 1, 2, 2), ("StudentT(1.0, 0.5, 0.3)", 1, 0.5, 0.3, 0),
                          ("StudentT(30.0, -1.0, 0.8)", 30, -1, 0.8, 2), ("StudentT(1.5, 0.0, 1.0)", 1.5, 0, 1, 0)]:
    df, m, s = mpf(df), mpf(m), mpf(s)
    continuous(call, student(df, m, s), [-6.0, -0.5, 0.5, 2.0, 9.0], [-inf, -100, -10, m - 2 * s, m, m + 2 * s, 10, 100, inf], n)
for call, df, s in [("HalfStudentT(5.0, 1.5)", 5, 1.5), ("HalfStudentT(2.5, 0.4)", 2.5, 0.4)]:
    df, s = mpf(df), mpf(s)
    continuous(call, lambda x: 2 * student(df, 0, s)(x), [-0.1, 0.0, 0.7, 2.0, 11.0], [mpf(0), s, 3 * s, 10, 100, inf],
               2 if df > 4 else 0)


def cauchy(m, s):
    return lambda x: 1 / (pi * s * (1 + ((x - m) / s) ** 2))


continuous("Cauchy(1.0, 0.5)", cauchy(mpf(1), mpf(0.5)), [-20.0, 0.2, 1.0, 3.0, 400.0], [-inf, -10, 0, 1, 2, 10, inf], 0)
continuous("HalfCauchy(2.0)", lambda x: 2 * cauchy(0, mpf(2))(x), [0.0, 0.5, 2.0, 40.0], [mpf(0), 2, 10, 100, inf], 0)
continuous("Laplace(0.5, 1.2)", lambda x: exp(-abs(x - 0.5) / mpf(1.2)) / (2 * mpf(1.2)), [-4.0, 0.3, 0.5, 2.0, 15.0],
           [-inf, -3, mpf(0.5), 3, inf])
continuous("Logistic(-0.5, 0.8)", lambda x: sech((x + mpf(0.5)) / (2 * mpf(0.8))) ** 2 / (4 * mpf(0.8)),
           [-9.0, -0.5, 0.3, 12.0], [-inf, -8, -3, mpf(-0.5), 3, 8, inf])
continuous("Gumbel(1.0, 2.0)", lambda x: exp(-(x - 1) / 2 - exp(-(x - 1) / 2)) / 2, [-5.0, 0.5, 1.0, 6.0, 40.0],
           [-12, -6, -3, 0, 1, 4, 10, 25, 60, inf])
for call, m, s, a in [("SkewNormal(0.5, 1.5, 3.0)", 0.5, 1.5, 3), ("SkewNormal(0.0, 1.0, -0.7)", 0, 1, -0.7)]:
    m, s, a = mpf(m), mpf(s), mpf(a)
    continuous(call, lambda x: 2 / s * phi((x - m) / s) * Phi(a * (x - m) / s), [-1.0, 0.1, 0.5, 2.0, 5.0],
               [-inf, m - 4 * s, m - s, m, m + s, m + 4 * s, inf])
for call, m, k in [("VonMises(0.5, 2.0)", 0.5, 2), ("VonMises(-1.0, 15.0)", -1, 15)]:
    m, k = mpf(m), mpf(k)
    continuous(call, lambda x: exp(k * cos(x - m)) / (2 * pi * besseli(0, k)), [-2.5, -0.7, 0.5, 3.0],
               [-pi, -2, -1, 0, 1, 2, pi], 0)

# Numbers above zero.
for call, rate in [("Exponential(0.4)", mpf(0.4)), ("Exponential(rate = 0.4)", mpf(0.4)), ("Exponential(mean = 0.4)", 1 / mpf(0.4))]:
    continuous(call, lambda x: rate * exp(-rate * x), [-1.0, 0.0, 0.7, 5.0, 60.0], [mpf(0), 1, 5, 20, inf])


def gamma_(a, b):
    return lambda x: b ** a * x ** (a - 1) * exp(-b * x) / gamma(a) if x > 0 or a == 1 else inf if a < 1 else mpf(0)


for call, a, b in [("Gamma(2.5, 1.5)", mpf(2.5), mpf(1.5)), ("Gamma(shape = 0.3, rate = 2.0)", mpf(0.3), mpf(2)),
                   ("Gamma(40.0, 8.0)", mpf(40), mpf(8)),
                   ("Gamma(mean = 2.5, sd = 1.5)", (mpf(2.5) / mpf(1.5)) ** 2, mpf(2.5) / mpf(1.5) ** 2)]:
    continuous(call, gamma_(a, b), [0.001, 0.4, 2.0, 7.5], [mpf(0), 0.001, 0.1, 1, 3, 6, 12, 30, inf])
for call, a, b in [("InverseGamma(3.5, 2.0)", 3.5, 2), ("InverseGamma(1.5, 0.6)", 1.5, 0.6)]:
    a, b = mpf(a), mpf(b)
    continuous(call, lambda x: b ** a * x ** (-a - 1) * exp(-b / x) / gamma(a) if x > 0 else mpf(0),
               [0.1, 0.8, 2.0, 30.0], [mpf(0), 0.05, 0.2, 0.5, 1, 3, 10, 100, inf], 2 if a > 2 else 0)
for call, df in [("ChiSquared(3.0)", mpf(3)), ("ChiSquared(1.0)", mpf(1))]:
    continuous(call, lambda x: gamma_(df / 2, mpf(0.5))(x), [0.05, 1.0, 2.7, 20.0],
               [mpf(0), 0.001, 0.1, 1, 3, 10, 40, inf])
for call, df, s in [("InverseChiSquared(5.0, 1.5)", 5, 1.5), ("InverseChiSquared(2.0, 0.5)", 2, 0.5)]:
    df, s = mpf(df), mpf(s)
    a, b = df / 2, df * s ** 2 / 2
    continuous(call, lambda x: (df / 2) ** (df / 2) / gamma(df / 2) * s ** df * x ** (-df / 2 - 1) * exp(-df * s ** 2 / (2 * x))
               if x > 0 else mpf(0), [0.2, 1.0, 4.0, 50.0], [mpf(0), 0.05, 0.2, 0.5, 1, 3, 10, 100, inf], 2 if df > 4 else 0)
for call, a, b in [("Weibull(1.7, 2.0)", 1.7, 2), ("Weibull(0.6, 1.0)", 0.6, 1)]:
    a, b = mpf(a), mpf(b)
    continuous(call, lambda x: a / b * (x / b) ** (a - 1) * exp(-(x / b) ** a) if x > 0 else mpf(0), [0.02, 0.9, 3.0, 9.0],
               [mpf(0), 0.001, 0.1, 1, 4, 10, 30, 100, inf])
for call, m, s, points in [("LogNormal(0.5, 0.8)", 0.5, 0.8, [0.05, 1.4, 12.0]), ("LogNormal(-2.0, 0.3)", -2, 0.3, [0.05, 0.15, 0.6])]:
    m, s = mpf(m), mpf(s)
    continuous(call, lambda x: phi((log(x) - m) / s) / (x * s) if x > 0 else mpf(0), points,
               [mpf(0)] + [exp(m + s * z) for z in [-20, -12, -6, -3, -1, 0, 1, 3, 6, 12, 20]] + [inf])
continuous("Pareto(1.5, 3.5)", lambda x: mpf(3.5) * mpf(1.5) ** mpf(3.5) / x ** mpf(4.5), [1.0, 1.5, 2.0, 40.0],
           [mpf(1.5), 3, 10, 100, inf])

# Numbers between bounds.
for call, a, b in [("Beta(2.0, 3.5)", mpf(2), mpf(3.5)), ("Beta(a = 0.5, b = 0.5)", mpf(0.5), mpf(0.5)),
                   ("Beta(mean = 0.3, concentration = 8.0)", 8 * mpf(0.3), 8 * (1 - mpf(0.3))),
                   ("Beta(0.3, concentration = 8.0)", 8 * mpf(0.3), 8 * (1 - mpf(0.3)))]:
    # In y with x = sin(y)^2 the ends are smooth.
    d = lambda x: x ** (a - 1) * (1 - x) ** (b - 1) * gamma(a + b) / gamma(a) / gamma(b)
    g = lambda n: lambda y: 2 * sin(y) ** (2 * a - 1 + 2 * n) * cos(y) ** (2 * b - 1) * gamma(a + b) / gamma(a) / gamma(b)
    total = quad(g(0), [0, pi / 8, pi / 4, 3 * pi / 8, pi / 2])
    mean, sd = moments(call, total, lambda n: quad(g(n), [0, pi / 8, pi / 4, 3 * pi / 8, pi / 2]))
    for x in [0.01, 0.3, 0.5, 0.95]:
        y = asin(sqrt(mpf(x)))
        row(call, x, log(d(mpf(x))), *both(exact(g(0), [0, y / 2, y]), exact(g(0), [y, (y + pi / 2) / 2, pi / 2])), mean, sd)
continuous("Uniform(-1.5, 2.0)", lambda x: 1 / mpf(3.5), [-2.0, -1.5, 0.7, 2.0, 2.5], [mpf(-1.5), mpf(2)])
row("Flat()", 3.7, 0, None, None, None, None, None)

# Counts.
b = mpf(0.3)
for call, p in [("Bernoulli(0.3)", b), ("Bernoulli(p = 0.3)", b), ("Bernoulli(logit = 0.3)", inv_logit(b))]:
    discrete(call, lambda k: p if k == 1 else 1 - p, [0, 1], 0, 1)
for call, n, p in [("Binomial(9, 0.3)", 9, b), ("Binomial(n = 9, p = 0.3)", 9, b), ("Binomial(40, 0.3)", 40, b),
                   ("Binomial(9, logit = 0.3)", 9, inv_logit(b)), ("Binomial(n = 9, logit = 0.3)", 9, inv_logit(b))]:
    discrete(call, lambda k: binomial(n, k) * p ** k * (1 - p) ** (n - k), [-1, 0, 3, 7, 9, 10], 0, n)
discrete("BetaBinomial(12, 2.5, 1.5)", lambda k: binomial(12, k) * beta(k + mpf(2.5), 12 - k + mpf(1.5)) / beta(mpf(2.5), mpf(1.5)),
         [0, 4, 8, 12, 13], 0, 12)
for call, r in [("Poisson(3.5)", mpf(3.5)), ("Poisson(rate = 3.5)", mpf(3.5)), ("Poisson(log = 3.5)", exp(mpf(3.5)))]:
    discrete(call, lambda k: r ** k * exp(-r) / factorial(k), [-1, 0, 3, 12, 40])
for call, mu, k in [("NegativeBinomial(4.0, 2.5)", mpf(4), mpf(2.5)), ("NegativeBinomial(mean = 4.0, dispersion = 2.5)", mpf(4), mpf(2.5)),
                    ("NegativeBinomial(log = 0.7, dispersion = 2.5)", exp(mpf(0.7)), mpf(2.5)),
                    ("NegativeBinomial(shape = 4.0, rate = 2.5)", 4 / mpf(2.5), mpf(4))]:
    discrete(call, lambda x: rf(k, x) / factorial(x) * (mu / (mu + k)) ** x * (k / (mu + k)) ** k, [-1, 0, 3, 9, 30])
discrete("Geometric(0.2)", lambda k: mpf(0.2) * (1 - mpf(0.2)) ** k, [0, 1, 6, 40])
discrete("DiscreteUniform(-2, 5)", lambda k: mpf(1) / 8, [-3, -2, 0, 5, 6], -2, 5)
w = [mpf(0.2), mpf(0.5), 1 - mpf(0.2) - mpf(0.5)]
for call in ["Categorical([0.2, 0.5, 0.3])", "Categorical(p = [0.2, 0.5, 0.3])"]:
    discrete(call, lambda k: w[k - 1], [0, 1, 2, 3, 4], 1, 3, False)
l = [mpf(0.2), mpf(-1.5), mpf(0.3)]
discrete("Categorical(logits = [0.2, -1.5, 0.3])", lambda k: exp(l[k - 1]) / sum(map(exp, l)), [1, 2, 3], 1, 3, False)
cuts = [-inf, mpf(-1), mpf(0.4), mpf(2.5), inf]
for call, f in [("OrderedLogistic(0.6, [-1.0, 0.4, 2.5])", inv_logit), ("OrderedProbit(0.6, [-1.0, 0.4, 2.5])", Phi)]:
    F = lambda c: mpf(0) if c == -inf else mpf(1) if c == inf else f(c - mpf(0.6))
    discrete(call, lambda k: F(cuts[k]) - F(cuts[k - 1]), [0, 1, 2, 3, 4, 5], 1, 4, False)

# Numbers from several distributions.
n01 = normal(mpf(0.5), mpf(1.2))
continuous("truncated(Normal(0.5, 1.2), lower = 0.2)", (lambda z: lambda x: n01(x) / z)(quad(n01, [0.2, 1, 3, inf])),
           [0.1, 0.2, 0.9, 4.0], [mpf(0.2), 1, 3, 6, inf], 0)
continuous("truncated(Normal(0.5, 1.2), lower = 7.0, upper = 9.0)", (lambda z: lambda x: n01(x) / z)(quad(n01, [7, 7.5, 9])),
           [6.5, 7.1, 9.0], [mpf(7), 7.5, mpf(9)], 0)
po = lambda k: mpf(2.5) ** k * exp(-mpf(2.5)) / factorial(k)
discrete("truncated(Poisson(2.5), lower = 1, upper = 6)", lambda k: po(k) / sum(po(i) for i in range(1, 7)), [0, 1, 4, 6, 7], 1, 6, False)
for x in [-1.0, 0.3, 2.0]:
    inner = log(quad(n01, [-inf, -3, -1])) if x == -1 else log(quad(n01, [2, 4, inf])) if x == 2 else log(n01(mpf(x)))
    row("censored(Normal(0.5, 1.2), lower = -1.0, upper = 2.0)", x, inner, None, None, None, None, None)
mix = lambda x: mpf(0.3) * normal(-1, mpf(0.5))(x) + (1 - mpf(0.3)) * student(mpf(4), mpf(1), mpf(2))(x)
continuous("mixture([0.3, 0.7], Normal(-1.0, 0.5), StudentT(4.0, 1.0, 2.0))", mix, [-3.0, -1.0, 0.5, 8.0],
           [-inf, -100, -10, -3, -1, 0, 1, 3, 10, 100, inf], 0)
for call, mass in [("zero_inflated(0.25, Poisson(2.5))", lambda k: (mpf(0.25) if k == 0 else 0) + mpf(0.75) * po(k)),
                   ("hurdle(0.25, Poisson(2.5))", lambda k: mpf(0.25) if k == 0 else mpf(0.75) * po(k) / (1 - po(0)))]:
    discrete(call, mass, [0, 1, 4, 11], numbers=call.startswith("zero"))


# Vectors and matrices: log density, mean and standard deviation by their formulas, element by element.
def event(call, x, value):
    row(call, x, value, None, None, None, None, None)


def multinomial(n, p, x):
    return log(factorial(n)) + sum(k * log(q) - log(factorial(k)) for k, q in zip(x, p)) if sum(x) == n else -inf


for x in [[2, 1, 3], [0, 6, 0], [1, 1, 1]]:
    event("Multinomial(6, [0.2, 0.5, 0.3])", x, multinomial(6, [mpf(0.2), mpf(0.5), mpf(0.3)], x))
    event("Multinomial(n = 6, p = [0.2, 0.5, 0.3])", x, multinomial(6, [mpf(0.2), mpf(0.5), mpf(0.3)], x))
    event("Multinomial(6, logits = [0.2, -1.5, 0.3])", x, multinomial(6, [exp(v) / sum(map(exp, l)) for v in l], x))


def mvn(x, mean, cov):
    r = matrix([mpf(a) - mpf(b) for a, b in zip(x, mean)])
    return -(len(x) * log(2 * pi) + log(det(cov)) + (r.T * cov ** -1 * r)[0]) / 2


A = [[2.0, 0.6, -0.3], [0.6, 1.0, 0.2], [-0.3, 0.2, 0.8]]
L = [[1.4, 0.0, 0.0], [0.6, 0.9, 0.0], [-0.3, 0.2, 0.8]]
mean = [1.0, -0.5, 0.2]
for x in [[0.3, -1.2, 0.9], [1.0, -0.5, 0.2], [6.0, 4.0, -3.0]]:
    event(f"MultivariateNormal({mean}, {A})", x, mvn(x, mean, matrix(A)))
    event(f"MultivariateNormal({mean}, cov = {A})", x, mvn(x, mean, matrix(A)))
    event(f"MultivariateNormal({mean}, precision = {A})", x, mvn(x, mean, matrix(A) ** -1))
    event(f"MultivariateNormal(mean = {mean}, cholesky = {L})", x, mvn(x, mean, matrix(L) * matrix(L).T))
for a, x in [([1.0, 2.5, 0.7], [0.2, 0.5, 0.3]), ([1.0, 2.5, 0.7], [0.01, 0.09, 0.9]), ([30.0, 4.0, 6.0], [0.5, 0.25, 0.25])]:
    event(f"Dirichlet({a})", x, log(gamma(sum(map(mpf, a)))) + sum((mpf(c) - 1) * log(mpf(v)) - log(gamma(mpf(c))) for c, v in zip(a, x)))


def log_gamma_k(k, a):
    return k * (k - 1) * log(pi) / 4 + sum(log(gamma(a - mpf(j) / 2)) for j in range(k))


def trace(a):
    return sum(a[i, i] for i in range(a.rows))


X = [[1.5, 0.4, 0.1], [0.4, 2.0, -0.5], [0.1, -0.5, 0.9]]
for df in [4.5, 3.2]:
    v, x, k = matrix(A), matrix(X), 3
    d = mpf(df)
    event(f"Wishart({df}, {A})", X, (d - k - 1) / 2 * log(det(x)) - trace(v ** -1 * x) / 2 - d * k / 2 * log(mpf(2))
          - d / 2 * log(det(v)) - log_gamma_k(k, d / 2))
    event(f"InverseWishart({df}, {A})", X, d / 2 * log(det(v)) - (d + k + 1) / 2 * log(det(x)) - trace(v * x ** -1) / 2
          - d * k / 2 * log(mpf(2)) - log_gamma_k(k, d / 2))


def lkj_constant(eta, k):
    """Joe (2006): the integral of det(R)^(eta - 1), as a product over the partial correlations of each order."""
    total = mpf(0)
    for order in range(1, k):
        a = eta + mpf(k - 1 - order) / 2
        total += (k - order) * ((2 * a - 1) * log(mpf(2)) + 2 * log(gamma(a)) - log(gamma(2 * a)))
    return total


for eta in [1.0, 2.5, 0.8]:
    R = [[1.0, 0.4, -0.2], [0.4, 1.0, 0.3], [-0.2, 0.3, 1.0]]
    event(f"LKJ({eta})", R, (mpf(eta) - 1) * log(det(matrix(R))) - lkj_constant(mpf(eta), 3))
    event(f"LKJ({eta})", [[1.0, 0.65], [0.65, 1.0]], (mpf(eta) - 1) * log(1 - mpf(0.65) ** 2) - lkj_constant(mpf(eta), 2))
# The constants are volumes: those of 2 by 2 matrices by an integral, those of 3 by 3 by three.
for eta in [mpf(1), mpf(2.5)]:
    close(log(quad(lambda r: (1 - r * r) ** (eta - 1), [-1, 0, 1])), lkj_constant(eta, 2), "LKJ of 2")
with workdps(15):
    # c = a b + z sqrt((1 - a^2) (1 - b^2)) runs through all matrices with correlations a, b, c.
    volume = lambda eta: quad(lambda a: (1 - a * a) ** (eta - 0.5), [-1, 0, 1]) ** 2 * quad(lambda z: (1 - z * z) ** (eta - 1), [-1, 0, 1])
    for eta in [mpf(1), mpf(2.5)]:
        close(log(volume(eta)), lkj_constant(eta, 3), "LKJ of 3", mpf("1e-10"))
for x in [[0.3, 1.2], [-1.0, 0.2], [2.0, 4.0]]:
    mu, c, a, r = mpf(0.5), mpf(2), mpf(3), mpf(1.5)
    p = mpf(x[1])
    event("NormalGamma(0.5, 2.0, 3.0, 1.5)", x, log(gamma_(a, r)(p)) + log(normal(mu, 1 / sqrt(c * p))(mpf(x[0]))))

with open("reference.csv", "w") as file:
    file.write("\n".join(rows) + "\n")
