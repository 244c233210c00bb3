"""Writes accuracy.txt: values of the kernels' functions to 30 digits."""
import random

from mpmath import mp, mpf

mp.dps = 60
ROOT = mp.sqrt(mpf(1) / 2)


def phi(x):
    return mp.erfc(-x * ROOT) / 2

random.seed(7)
r = random.uniform

FUNCTIONS = {
    'exp': mp.exp,
    'log': mp.log,
    'log1p': lambda x: mp.log(1 + x) if abs(x) > mpf('1e-20') else x - x * x / 2,
    'softplus': lambda x: mp.log(1 + mp.exp(x)) if x > -40 else mp.exp(x) - mp.exp(2 * x) / 2 + mp.exp(3 * x) / 3,
    'sigmoid': lambda x: 1 / (1 + mp.exp(-x)),
    'expm1': mp.expm1,
    'tanh': mp.tanh,
    'erf': mp.erf,
    'erfc': mp.erfc,
    'Phi': phi,
    'log_Phi': lambda x: mp.log(phi(x)) if x < 0 else mp.log1p(-phi(-x)),
    'log_Phi_slope': lambda x: mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi) / phi(x),
    'lgamma': mp.loggamma,
    'digamma': mp.digamma,
    'pow': mp.power,
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
    if name == 'expm1':
        return many(25, -1, 1) + many(15, -40, 40) + many(15, -700, 700) + many(10, -1e-8, 1e-8) + [1e-300, -745.0, 705.0]
    if name in ('lgamma', 'digamma'):
        return many(60, 0, 9) + many(10, 8, 30) + many(15, -15, 15, lambda x: 10**x) + many(10, -1e-3, 1e-3, lambda x: 1 + x) + many(
            10, -1e-3, 1e-3, lambda x: 2 + x) + [0.5, 1.5, 2.5, 8.5, 1e-300, 1e200, -0.5, -3.25]
    if name == 'tanh':
        return many(25, -1, 1) + many(15, -30, 30) + many(10, -1e-8, 1e-8) + [1e-300, 800.0]
    if name in ('erf', 'erfc'):
        return many(30, -1, 1) + many(30, -6, 6) + many(20, 0, 26) + [0.0, 1e-300, 1.0, -1.0]
    if name in ('Phi', 'log_Phi', 'log_Phi_slope'):
        return many(30, -1, 1) + many(30, -8, 8) + many(20, -37, 0) + [0.0, 1e-300] + ([-100.0, -1e10] if name != 'Phi' else [])
    return many(25, -3, 3) + many(25, -40, 40) + many(20, -700, 700) + [0.0]


def pairs():
    for base in many(15, .5, 2) + many(25, -8, 8, lambda x: 10**x) + [1.0, 1 + 2.0**-40, 2.0, 1e300]:
        for power in [r(-3, 3), r(-30, 30), 0.5, 1.0]:
            if abs(power * mp.log(base)) < 690:
                yield float(base), float(power)


with open('accuracy.txt', 'w') as out:
    out.write('# function, argument, value to 30 digits; written by accuracy.py\n')
    for name, f in FUNCTIONS.items():
        if name == 'pow':
            for x, y in pairs():
                out.write(f'{name} {x!r},{y!r} {mp.nstr(f(mpf(x), mpf(y)), 30)}\n')
            continue
        for x in points(name):
            if name == 'lgamma' and x < 0:
                out.write(f'{name} {float(x)!r} {mp.nstr(mp.re(f(mpf(x))), 30)}\n')
                continue
            out.write(f'{name} {float(x)!r} {mp.nstr(f(mpf(float(x))), 30)}\n')
