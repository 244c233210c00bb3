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
for x in [-1e3, -50, -37.5, 1e8, 37.0]:
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
# --more--
open("reference.csv", "w").write("\n".join(rows) + "\n")
