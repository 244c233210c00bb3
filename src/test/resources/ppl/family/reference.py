"""Writes reference.csv: families at 60 digits, rounded to double. Needs mpmath. One line: family; natural parameters;
bounds; log normaliser; moments; entropy; mean and standard deviation of the value; its 5 % and 95 % quantiles."""
from mpmath import *

mp.dps = 60
rows = []
INF = "Infinity"


def text(x):
    return repr(float(x))


def row(name, eta, bounds, log, moments, entropy, mean, sd, quantiles):
    join = lambda xs: " ".join(text(x) for x in xs)
    rows.append(";".join([name, join(eta), join(bounds), text(log), join(moments), text(entropy), text(mean), text(sd), join(quantiles)]))


def root(cdf, density, start, p, lower, upper):
    """Newton kept in a bracket."""
    lo, hi, x = (mpf(lower) if lower != -inf else None), (mpf(upper) if upper != inf else None), mpf(start)
    for _ in range(400):
        miss = cdf(x) - p
        if miss > 0:
            hi = x
        else:
            lo = x
        step = x - miss / density(x)
        if (lo is not None and step <= lo) or (hi is not None and step >= hi) or not isfinite(step):
            step = (lo + hi) / 2 if lo is not None and hi is not None else (x / 2 if hi is not None else 2 * x + 1)
        if abs(step - x) < mpf(10) ** -25 * abs(x):
            break
        x = step
    return x


def gamma_row(shape, rate):
    e = [mpf(float(-rate)), mpf(float(mpf(shape) - 1))]
    a, b = e[1] + 1, -e[0]
    log_ = loggamma(a) - a * log(b)
    m = [a / b, digamma(a) - log(b)]
    row("gamma", e, [0, inf], log_, m, a - log(b) + loggamma(a) + (1 - a) * digamma(a), a / b, sqrt(a) / b, [])


def inverse_gamma_row(shape, scale):
    e = [mpf(float(-scale)), mpf(float(-mpf(shape) - 1))]
    a, b = -e[1] - 1, -e[0]
    row("inverse gamma", e, [0, inf], loggamma(a) - a * log(b), [a / b, log(b) - digamma(a)],
        a + log(b) + loggamma(a) - (1 + a) * digamma(a), b / (a - 1) if a > 1 else inf,
        b / (a - 1) / sqrt(a - 2) if a > 2 else inf, [])


def beta_row(x, y):
    e = [mpf(float(mpf(x) - 1)), mpf(float(mpf(y) - 1))]
    a, b = e[0] + 1, e[1] + 1
    l = loggamma(a) + loggamma(b) - loggamma(a + b)
    row("beta", e, [0, 1], l, [digamma(a) - digamma(a + b), digamma(b) - digamma(a + b)],
        l - (a - 1) * digamma(a) - (b - 1) * digamma(b) + (a + b - 2) * digamma(a + b), a / (a + b),
        sqrt(a * b / (a + b + 1)) / (a + b), [])


def by_quadrature(name, eta, bounds, statistics, points, quantiles=True):
    """`points` split the interval about the peak."""
    eta = [mpf(float(e)) for e in eta]
    f = lambda x: sum(e * t(x) for e, t in zip(eta, statistics))
    top = max(f(p) for p in points[1:-1])
    g = lambda x: exp(f(x) - top)
    z = quad(g, points)
    mean = lambda t: quad(lambda x: g(x) * t(x), points) / z
    m = [mean(t) for t in statistics]
    first = mean(lambda x: x)
    sd = sqrt(mean(lambda x: (x - first) ** 2))
    h = log(z) - mean(lambda x: f(x) - top)
    q = []
    if quantiles:
        def cdf(x):
            return quad(g, [p for p in points if p < x] + [x]) / z
        q = [root(cdf, lambda x: g(x) / z, first, p, *bounds) for p in (mpf(5) / 100, mpf(95) / 100)]
    row(name, eta, bounds, log(z) + top, m, h, first, sd, q)


shapes = [1e-3, 0.1, 0.9, 1, 2.5, 12, 1e4, 1e8]
for a in shapes:
    for b in [1e-4, 1, 3e6]:
        gamma_row(a, b)
        inverse_gamma_row(a, b)
    for b in [1e-3, 0.7, 30, 1e8]:
        beta_row(a, b)

x1, x2 = (lambda x: x), (lambda x: x * x)
mp.dps = 30


def truncated(mean, sd, lower, upper):
    """Points about the place of the interval that is nearest to the mean."""
    s, m = -1 / (2 * mpf(sd) ** 2), mpf(mean) / mpf(sd) ** 2
    lo = mpf(lower) if lower != -inf else None
    hi = mpf(upper) if upper != inf else None
    nearest = mpf(mean) if (lo is None or mean > lo) and (hi is None or mean < hi) else (lo if lo is not None and mean <= lo else hi)
    slope = abs(nearest - mean) / mpf(sd) ** 2
    scale = min(mpf(sd), 1 / slope if slope > 0 else mpf(sd))
    pts = sorted({nearest + scale * k for k in (-12, -8, -5, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 5, 8, 12, 20, 40)})
    pts = [p for p in pts if (lo is None or p > lo) and (hi is None or p < hi)]
    ends = ([lo] if lo is not None else []) + pts + ([hi] if hi is not None and hi - nearest < 60 * scale else [])
    by_quadrature("truncated normal", [m, s], [lower, upper], [x1, x2], ends)


truncated(1, 2, 0, inf)
truncated(-3, 2, 0, inf)
truncated(-30, 2, 0, inf)
truncated(-3000, 2, 0, inf)
truncated(5, 0.01, 0, inf)
truncated(0.3, 5, 0, 1)
truncated(1000, 0.5, -inf, 999)
truncated(1000, 0.5, 1003, inf)
by_quadrature("truncated normal", [2, 0.5], [-1, 3], [x1, x2], [mpf(k) / 4 for k in range(-4, 13)])
by_quadrature("truncated normal", [-4, 0], [-1, inf], [x1, x2], [mpf(k) / 4 for k in range(-4, 13)] + [5, 10, 20])

inverse_square = lambda x: x ** -2
# A standard deviation: n log densities of normals, and a half-normal prior.
for n, ss, scale in [(3, 2.0, 5), (50, 60.0, 2), (1, 0.01, 1), (1e4, 2e4, 10), (1e6, 4e2, 10)]:
    mode = sqrt(mpf(ss) / n)
    w = mode / sqrt(mpf(2) * n)
    pts = [mode * mpf(k) / 20 for k in (0.1, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18)]
    pts = [0] + [p for p in pts if p < mode - 2 * w] + [mode + w * k for k in (-1.5, -1, 0, 1, 2, 3, 5, 8, 12, 20, 40, 80, 200, 1000)]
    pts = [p for p in pts if p >= 0]
    by_quadrature("scale", [-mpf(ss) / 2, -n, -1 / (2 * mpf(scale) ** 2)], [0, inf], [inverse_square, log, x2], sorted(set(pts)))
by_quadrature("quartic", [0.3, 1, -0.25], [-inf, inf], [x1, x2, lambda x: x ** 4], [mpf(k) / 2 for k in range(-14, 15)])
by_quadrature("inside", [-3.2, 4, 7.5], [0.2, 0.9], [log, lambda x: log(1 - x), x1], [mpf(k) / 50 for k in range(10, 46)])


def inverse_gaussian(p, psi, chi):
    """Points about the peak of its log."""
    middle = sqrt(mpf(chi) / mpf(psi))
    w = 1 / sqrt(sqrt(mpf(chi) * mpf(psi)) + mpf(1) / 4)
    pts = [0] + [middle * exp(w * k) for k in (-40, -20, -12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 20, 40)]
    by_quadrature("inverse gaussian", [mpf(p) - 1, -mpf(psi) / 2, -mpf(chi) / 2], [0, inf], [log, x1, lambda x: 1 / x], pts)


for p, psi, chi in [(-0.5, 1, 1), (-0.5, 0.02, 1), (-0.5, 900, 1), (-0.5, 3, 70), (0.5, 1, 1), (0.5, 40, 0.1), (-2.5, 2, 3)]:
    inverse_gaussian(p, psi, chi)

with open("reference.csv", "w") as out:
    out.write("\n".join(rows).replace("inf", INF) + "\n")
