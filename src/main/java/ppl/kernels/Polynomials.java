package ppl.kernels;

import static ppl.kernels.Fits.*;

/// The polynomials of [Special], by the very operations of [PolynomialLanes].
final class Polynomials {
  private Polynomials() {}

  /// log Gamma(2 + t) / t for |t| <= 1/2.
  static double gammaNear(double t) {
    double p = Math.fma(G19, t, G18);
    p = Math.fma(p, t, G17);
    p = Math.fma(p, t, G16);
    p = Math.fma(p, t, G15);
    p = Math.fma(p, t, G14);
    p = Math.fma(p, t, G13);
    p = Math.fma(p, t, G12);
    p = Math.fma(p, t, G11);
    p = Math.fma(p, t, G10);
    p = Math.fma(p, t, G9);
    p = Math.fma(p, t, G8);
    p = Math.fma(p, t, G7);
    p = Math.fma(p, t, G6);
    p = Math.fma(p, t, G5);
    p = Math.fma(p, t, G4);
    p = Math.fma(p, t, G3);
    p = Math.fma(p, t, G2);
    p = Math.fma(p, t, G1);
    p = Math.fma(p, t, G0);
    return p;
  }

  /// digamma(2 + t) for |t| <= 1/2.
  static double digammaNear(double t) {
    double p = Math.fma(D19, t, D18);
    p = Math.fma(p, t, D17);
    p = Math.fma(p, t, D16);
    p = Math.fma(p, t, D15);
    p = Math.fma(p, t, D14);
    p = Math.fma(p, t, D13);
    p = Math.fma(p, t, D12);
    p = Math.fma(p, t, D11);
    p = Math.fma(p, t, D10);
    p = Math.fma(p, t, D9);
    p = Math.fma(p, t, D8);
    p = Math.fma(p, t, D7);
    p = Math.fma(p, t, D6);
    p = Math.fma(p, t, D5);
    p = Math.fma(p, t, D4);
    p = Math.fma(p, t, D3);
    p = Math.fma(p, t, D2);
    p = Math.fma(p, t, D1);
    p = Math.fma(p, t, D0);
    return p;
  }

  /// x (log Gamma(x) - (x - 1/2) log x + x - log(2 pi) / 2) in 1 / x^2, for x >= 8.5.
  static double gammaFar(double t) {
    double p = Math.fma(S6, t, S5);
    p = Math.fma(p, t, S4);
    p = Math.fma(p, t, S3);
    p = Math.fma(p, t, S2);
    p = Math.fma(p, t, S1);
    p = Math.fma(p, t, S0);
    return p;
  }

  /// x^2 (log x - 1 / (2 x) - digamma(x)) in 1 / x^2, for x >= 8.5.
  static double digammaFar(double t) {
    double p = Math.fma(T7, t, T6);
    p = Math.fma(p, t, T5);
    p = Math.fma(p, t, T4);
    p = Math.fma(p, t, T3);
    p = Math.fma(p, t, T2);
    p = Math.fma(p, t, T1);
    p = Math.fma(p, t, T0);
    return p;
  }

  /// (1 + 2 x) exp(x^2) erfc(x) in (x - 4) / (x + 4), for x >= 0.
  static double tail(double t) {
    double p = Math.fma(C27, t, C26);
    p = Math.fma(p, t, C25);
    p = Math.fma(p, t, C24);
    p = Math.fma(p, t, C23);
    p = Math.fma(p, t, C22);
    p = Math.fma(p, t, C21);
    p = Math.fma(p, t, C20);
    p = Math.fma(p, t, C19);
    p = Math.fma(p, t, C18);
    p = Math.fma(p, t, C17);
    p = Math.fma(p, t, C16);
    p = Math.fma(p, t, C15);
    p = Math.fma(p, t, C14);
    p = Math.fma(p, t, C13);
    p = Math.fma(p, t, C12);
    p = Math.fma(p, t, C11);
    p = Math.fma(p, t, C10);
    p = Math.fma(p, t, C9);
    p = Math.fma(p, t, C8);
    p = Math.fma(p, t, C7);
    p = Math.fma(p, t, C6);
    p = Math.fma(p, t, C5);
    p = Math.fma(p, t, C4);
    p = Math.fma(p, t, C3);
    p = Math.fma(p, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, C0);
    return p;
  }

  /// erf(x) / x in x^2, for |x| <= 1.
  static double center(double t) {
    double p = Math.fma(F11, t, F10);
    p = Math.fma(p, t, F9);
    p = Math.fma(p, t, F8);
    p = Math.fma(p, t, F7);
    p = Math.fma(p, t, F6);
    p = Math.fma(p, t, F5);
    p = Math.fma(p, t, F4);
    p = Math.fma(p, t, F3);
    p = Math.fma(p, t, F2);
    p = Math.fma(p, t, F1);
    p = Math.fma(p, t, F0);
    return p;
  }
}
