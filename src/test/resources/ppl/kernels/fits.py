"""Prints the coefficients of the kernels' polynomials, constant term first, as Java: Chebyshev fits at 60 digits. Needs mpmath."""
from mpmath import chebyfit, digamma, erf, erfc, exp, log, loggamma, mp, mpf, pi, sqrt

mp.dps = 60


def erfcx(x):
    return exp(x * x) * erfc(x) if x < 1e4 else 1 / (x * sqrt(pi)) * (1 - 1 / (2 * x * x) + 3 / (4 * x**4))


def scaled(u):
    """(1 + 2 x) erfcx(x) for u = (x - 4) / (x + 4)."""
    if u == 1:
        return 2 / sqrt(pi)
    x = 4 * (1 + u) / (1 - u)
    return (1 + 2 * x) * erfcx(x)


def stirling(z):
    """x (log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2) for z = 1 / x^2."""
    if z == 0:
        return mpf(1) / 12
    x = 1 / sqrt(z)
    return x * (loggamma(x) - (x - 0.5) * log(x) + x - log(2 * pi) / 2)


def slope(z):
    """x^2 (log x - 1 / (2 x) - digamma(x)) for z = 1 / x^2."""
    if z == 0:
        return mpf(1) / 12
    x = 1 / sqrt(z)
    return x * x * (log(x) - 1 / (2 * x) - digamma(x))


HALF = mpf(1) / 2
FITS = {
    'G': (lambda t: loggamma(2 + t) / t if abs(t) > mpf('1e-20') else digamma(2) + t * (pi**2 / 6 - 1) / 2, [-HALF, HALF], 20),
    'D': (lambda t: digamma(2 + t), [-HALF, HALF], 20),
    'S': (stirling, [0, 1 / mpf(8.5)**2], 7),
    'T': (slope, [0, 1 / mpf(8.5)**2], 8),
    'C': (scaled, [-1, 1], 28),
    'F': (lambda z: erf(sqrt(z)) / sqrt(z) if z else 2 / sqrt(pi), [0, 1], 12),
}

if __name__ == '__main__':
    for name, (f, interval, n) in FITS.items():
        coefficients, error = chebyfit(f, interval, n, error=True)
        numbers = ', '.join(repr(float(c)) for c in reversed(coefficients))
        print(f'  // {name}: off by at most {mp.nstr(error, 3)}')
        print(f'  static final double[] {name} = {{{numbers}}};')
