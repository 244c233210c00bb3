"""Writes reference.csv: special functions at 340 digits, rounded to double. Needs mpmath. One line: name, arguments, value."""
from mpmath import *
import random

mp.dps = 340
random.seed(1)
rows = []


def row(name, value, *args):
    value = mpf(value) if not isinstance(value, mpc) else value.real
    rows.append(",".join([name] + [repr(float(a)) for a in args] + [repr(float(value))]))


def ncdf_(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def quantile(p):
    """Newton on the concave log cdf, from the right place of the left tail."""
    if p > 0.5:
        return -quantile(1 - p)
    x = mpf(0)
    for _ in range(100):
        c = ncdf_(x)
        x -= (log(c) - log(p)) * c / npdf(x)
    return x


positive = [1e-300, 1e-20, 1e-8, 1e-3, 0.1, 0.5, 0.9, 0.999999, 1.0, 1.000001, 1.3, 1.4616321449683623, 1.5, 1.75, 1.999999,
            2.0, 2.000001, 2.5, 3.0, 3.7, 5.0, 7.3, 9.99, 10.0, 10.01, 15.5, 30.0, 123.4, 1e4, 1.5e6, 1e10, 1e16, 1e100, 1e300]
negative = [-1e-5, -0.3, -0.5, -1.5, -2.25, -3.9, -7.1, -20.3]
for x in positive + negative + [random.uniform(0, 12) for _ in range(60)]:
    m = mpf(x)
    row("lgamma", log(abs(gamma(m))) if x < 1e4 else loggamma(m), x)
    if x < 1e15:
        row("digamma", psi(0, m), x)
        if x > 1e-8 or x < 0:
            row("trigamma", psi(1, m), x)
            row("tetragamma", psi(2, m), x)
for a in [1e-10, 1e-3, 0.3, 1, 2.5, 9, 11, 80, 1e4, 1e8]:
    for b in [1e-5, 0.5, 1, 3, 9.5, 10.5, 1e3, 1e7, 1e12]:
        with workdps(90):
            row("lbeta", loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b)), a, b)
            row("log_rising_factorial", loggamma(mpf(a) + mpf(b)) - loggamma(mpf(a)), a, b)
for n in [1, 2, 5, 10.5, 100, 1e6]:
    for f in [0, 0.1, 0.5, 0.9, 1]:
        k = int(n * f)
        row("lchoose", log(binomial(mpf(n), k)), n, k)
reals = [0.0, 1e-300, 1e-10, 1e-3, 0.1, 0.3, 0.49, 0.5, 0.51, 0.69, 0.7, 0.71, 0.99, 1.0, 1.01, 1.9, 2, 2.1, 3, 4.4, 5.9, 6.1, 8, 12, 20, 25.5, 26.4]
for x in reals + [-x for x in reals]:
    m = mpf(x)
    row("erf", erf(m), x)
    row("erfc", erfc(m), x)
    row("erfcx", exp(m * m) * erfc(m), x)
    row("Phi", ncdf_(m), x)
    row("log_Phi", log(ncdf_(m)), x)
    row("log_Phi_dx", npdf(m) / ncdf_(m), x)
for x in [-1e3, -50, -37.5, 1e8]:
    m = mpf(x)
    row("log_Phi", log(ncdf_(m)) if x < 0 else 0, x)
    if 0 < x < 100:
        row("erfcx", exp(m * m) * erfc(m), x)
for x in [-40.0, -10.5, -3, -1, -0.2, 0, 0.5, 2, 8]:
    for d in [1e-12, 1e-6, 9e-5, 2e-4, 1e-2, 0.5, 2, 10]:
        y = x - d
        row("log_diff_Phi", log(ncdf_(mpf(x)) - ncdf_(mpf(y))), x, y)
ps = [1e-320, 1e-300, 1e-100, 1e-50, 1e-20, 1e-12, 1e-11, 1e-5, 0.01, 0.1, 0.149, 0.15, 0.151, 0.3, 0.499, 0.5, 0.50001, 0.7, 0.849, 0.851, 0.97, 1 - 1e-9]
for p in ps + [random.random() for _ in range(20)]:
    row("inv_Phi", quantile(mpf(p)), p)
for x in [0.0, 1e-8, 0.01, 0.5, 1, 3, 7.9, 11.9, 12.1, 15, 19.9, 20.1, 50, 700, 1e5, 1e9]:
    m = mpf(x)
    i0, i1 = besseli(0, m), besseli(1, m)
    row("bessel_i0e", i0 * exp(-m), x)
    row("bessel_i1e", i1 * exp(-m), x)
    row("log_bessel_i0", log(i0), x)
    row("bessel_i1_i0", i1 / i0, x)
mp.dps = 50


def derivative(f, x):
    """A central difference in 50 digits: its error is of the order 1e-24."""
    h = mpf(x) * mpf(10) ** -12
    return (f(mpf(x) + h) - f(mpf(x) - h)) / (2 * h)


def gamma_lower(a, x):
    """P by the series of positive terms."""
    s = t = mpf(1)
    n = 0
    while t > s * mpf(10) ** -45:
        n += 1
        t *= x / (a + n)
        s += t
    return exp(a * log(x) - x - loggamma(a + 1)) * s


def gamma_upper(a, x):
    """Q by the continued fraction, whose convergents decrease to it, from the back; x well above 1."""
    f = mpf(0)
    for n in range(int(40 + 2500 / x + 12 * sqrt(a)), 0, -1):
        f = n * (n - a) / (x + 2 * n + 1 - a - f)
    return exp(a * log(x) - x - loggamma(a)) / (x + 1 - a - f)


for a in [1e-5, 0.01, 0.3, 0.99, 1, 1.5, 3, 9.7, 40, 99, 101, 2000, 1e5]:
    for r in [-9, -3, -0.5, 0, 0.5, 3, 9, 30]:
        for x in {max(a + r * a ** 0.5, a * 10 ** (r / 3)), 10 ** (r / 4)}:
            x = mpf(x)
            if a > 1e3 and abs(x - a) > 10 * a ** 0.5 or x > 3000 and a < 1e3:
                continue
            if x > a and x > 30 and a < 1e3:
                f = lambda s: gamma_upper(s, x)
                q = f(mpf(a))
                p = 1 - q
                slope = -derivative(f, a)
            else:
                with workdps(100 + int(x - a) if x > a and a < 1e3 else 60):
                    f = lambda s: gamma_lower(s, x)
                    p = f(mpf(a))
                    q = 1 - p
                    slope = derivative(f, a)
            row("gamma_p", p, a, x)
            row("gamma_q", q, a, x)
            row("log_gamma_p", log1p(-q) if q < 0.5 else log(p), a, x)
            row("log_gamma_q", log1p(-p) if p < 0.5 else log(q), a, x)
            row("gamma_p_da", slope, a, x)
            row("log_gamma_p_da", slope / p, a, x)
            row("log_gamma_q_da", -slope / q, a, x)


def beta_tail(a, b, x):
    """I by the series of positive terms."""
    a, b, x = mpf(a), mpf(b), mpf(x)
    s = t = mpf(1)
    n = 0
    while t > s * mpf(10) ** -45:
        t *= (a + b + n) / (a + 1 + n) * x
        s += t
        n += 1
    return exp(a * log(x) + b * log1p(-x) + loggamma(a + b) - loggamma(a + 1) - loggamma(b)) * s


for a in [0.02, 0.5, 1, 3.3, 12, 2e3]:
    for b in [0.05, 0.5, 2.7, 15, 1e3]:
        for x in [1e-10, 0.003, 0.2, 0.5, 0.71, 0.95, a / (a + b), a / (a + b) * 0.98, 1 - 0.98 * b / (a + b)]:
            if max(x, a / (a + b)) > 0.98 or min(x, a / (a + b)) < 0.02 and x > a / (a + b):
                continue
            if x <= a / (a + b):
                f = lambda s, t: beta_tail(s, t, x)
                i = f(a, b)
                c = 1 - i
                da, db = derivative(lambda s: f(s, b), a), derivative(lambda t: f(a, t), b)
            else:
                f = lambda s, t: beta_tail(t, s, 1 - mpf(x))
                c = f(a, b)
                i = 1 - c
                da, db = -derivative(lambda s: f(s, b), a), -derivative(lambda t: f(a, t), b)
            row("inc_beta", i, a, b, x)
            row("log_inc_beta", log1p(-c) if c < 0.5 else log(i), a, b, x)
            row("log_inc_beta_c", log1p(-i) if i < 0.5 else log(c), a, b, x)
            row("log_inc_beta_da", da / i, a, b, x)
            row("log_inc_beta_db", db / i, a, b, x)
            row("log_inc_beta_c_da", -da / c, a, b, x)
            row("log_inc_beta_c_db", -db / c, a, b, x)
mp.dps = 30
for nu in [0.5, 1, 2, 3.7, 10, 100, 1e4]:
    for t in [-30, -5, -1, -0.01, 0.3, 2, 9]:
        x = nu / (nu + mpf(t) ** 2)
        tail = lambda v: quad(lambda s: (1 + s * s / v) ** (-(v + 1) / 2), [abs(t), abs(t) + 1, 2 * abs(t) + 10, 1000 * abs(t) + 1e4, inf]) * gamma(
            (v + 1) / 2) / gamma(v / 2) / sqrt(v * pi)
        p = beta_tail(mpf(nu) / 2, 0.5, x) / 2 if x < 0.98 else tail(mpf(nu))
        row("student_t_lcdf", log(p) if t < 0 else log1p(-p), nu, t)
        row("student_t_lccdf", log1p(-p) if t < 0 else log(p), nu, t)
for kappa in [1e-5, 0.1, 1, 4, 30]:
    for x in [-3.1, -2, -0.5, -0.01, 0.02, 1, 3]:
        d = lambda t, k: exp(k * cos(t)) / (2 * pi * besseli(0, k))
        f = lambda k: quad(lambda t: d(t, k), linspace(-pi, x, 30))
        row("von_mises_cdf", f(mpf(kappa)), x, kappa)
        if x < 0:
            row("von_mises_lcdf", log(f(mpf(kappa))), x, kappa)
        row("von_mises_cdf_dkappa", diff(f, mpf(kappa)), x, kappa)
for h in [0, 0.1, 1, -2.5, 6, 12]:
    for a in [0.01, 0.5, -1, 3, 50]:
        top = min(1, 12 / (abs(a * h) + mpf(10) ** -10))
        t = quad(lambda s: a * exp(-mpf(h) ** 2 * (1 + (a * s) ** 2) / 2) / (1 + (a * s) ** 2) / 2 / pi, linspace(0, top, 12))
        row("owens_t", t, h, a)
for z in [-20, -5, -1.5, -0.3, 0, 0.4]:
    for a in [-4, -0.5, 0, 1, 6, 40]:
        f = lambda t: 2 * npdf(t) * ncdf_(a * t)
        row("skew_normal_lcdf", log(quad(f, [z - 60] + [z - mpf(2) ** -k for k in range(-5, 12)] + [z])), z, a)
# --more--
open("reference.csv", "w").write("\n".join(rows) + "\n")
