"""Writes accuracy.txt: values of the kernels' functions to 30 digits."""
import random

from mpmath import mp, mpf

mp.dps = 60
random.seed(7)
r = random.uniform

FUNCTIONS = {
    'exp': mp.exp,
    'log': mp.log,
    'log1p': lambda x: mp.log(1 + x) if abs(x) > mpf('1e-20') else x - x * x / 2,
    'softplus': lambda x: mp.log(1 + mp.exp(x)) if x > -40 else mp.exp(x) - mp.exp(2 * x) / 2 + mp.exp(3 * x) / 3,
    'sigmoid': lambda x: 1 / (1 + mp.exp(-x)),
}


def many(n, low, high, f=lambda x: x):
    return [f(r(low, high)) for _ in range(n)]


def points(name):
    if name == 'exp':
        return many(25, -1, 1) + many(25, -30, 30) + many(25, -700, 700) + [0.0, 1.0, 1e-300, -1e-17, -743.5, -720.25]
    if name == 'log':
        return many(25, .5, 2) + many(10, -1e-6, 1e-6, lambda x: 1 + x) + many(30, -300, 300, lambda x: 10**x) + [
            1e-310, 5e-324, 1.0]
    if name == 'log1p':
        return many(25, -.99, 1) + many(10, -1e-8, 1e-8) + many(25, -30, 30, lambda x: 10**x) + [-0.9999999, 1e-320]
    return many(25, -3, 3) + many(25, -40, 40) + many(20, -700, 700) + [0.0]


with open('accuracy.txt', 'w') as out:
    out.write('# function, argument, value to 30 digits; written by accuracy.py\n')
    for name, f in FUNCTIONS.items():
        for x in points(name):
            out.write(f'{name} {float(x)!r} {mp.nstr(f(mpf(x)), 30)}\n')
