package ppl.kernels;

import static ppl.kernels.ElementaryLanes.bits;
import static ppl.kernels.ElementaryLanes.value;
import static ppl.kernels.Fits.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// [Polynomials] on vectors.
final class PolynomialLanes {
  private static final LongVector VG0 = bits(G0), VG1 = bits(G1), VG2 = bits(G2), VG3 = bits(G3), VG4 = bits(G4),
      VG5 = bits(G5), VG6 = bits(G6), VG7 = bits(G7), VG8 = bits(G8), VG9 = bits(G9), VG10 = bits(G10), VG11 = bits(G11),
      VG12 = bits(G12), VG13 = bits(G13), VG14 = bits(G14), VG15 = bits(G15), VG16 = bits(G16), VG17 = bits(G17), VG18 = bits(G18),
      VG19 = bits(G19);
  private static final LongVector VD0 = bits(D0), VD1 = bits(D1), VD2 = bits(D2), VD3 = bits(D3), VD4 = bits(D4),
      VD5 = bits(D5), VD6 = bits(D6), VD7 = bits(D7), VD8 = bits(D8), VD9 = bits(D9), VD10 = bits(D10), VD11 = bits(D11),
      VD12 = bits(D12), VD13 = bits(D13), VD14 = bits(D14), VD15 = bits(D15), VD16 = bits(D16), VD17 = bits(D17), VD18 = bits(D18),
      VD19 = bits(D19);
  private static final LongVector VS0 = bits(S0), VS1 = bits(S1), VS2 = bits(S2), VS3 = bits(S3), VS4 = bits(S4),
      VS5 = bits(S5), VS6 = bits(S6);
  private static final LongVector VT0 = bits(T0), VT1 = bits(T1), VT2 = bits(T2), VT3 = bits(T3), VT4 = bits(T4),
      VT5 = bits(T5), VT6 = bits(T6), VT7 = bits(T7);
  private static final LongVector VC0 = bits(C0), VC1 = bits(C1), VC2 = bits(C2), VC3 = bits(C3), VC4 = bits(C4),
      VC5 = bits(C5), VC6 = bits(C6), VC7 = bits(C7), VC8 = bits(C8), VC9 = bits(C9), VC10 = bits(C10), VC11 = bits(C11),
      VC12 = bits(C12), VC13 = bits(C13), VC14 = bits(C14), VC15 = bits(C15), VC16 = bits(C16), VC17 = bits(C17), VC18 = bits(C18),
      VC19 = bits(C19), VC20 = bits(C20), VC21 = bits(C21), VC22 = bits(C22), VC23 = bits(C23), VC24 = bits(C24), VC25 = bits(C25),
      VC26 = bits(C26), VC27 = bits(C27);
  private static final LongVector VF0 = bits(F0), VF1 = bits(F1), VF2 = bits(F2), VF3 = bits(F3), VF4 = bits(F4),
      VF5 = bits(F5), VF6 = bits(F6), VF7 = bits(F7), VF8 = bits(F8), VF9 = bits(F9), VF10 = bits(F10), VF11 = bits(F11);

  private PolynomialLanes() {}

  static DoubleVector gammaNear(DoubleVector t) {
    return value(VG19).fma(t, value(VG18)).fma(t, value(VG17)).fma(t, value(VG16)).fma(t, value(VG15))
        .fma(t, value(VG14)).fma(t, value(VG13)).fma(t, value(VG12)).fma(t, value(VG11)).fma(t, value(VG10))
        .fma(t, value(VG9)).fma(t, value(VG8)).fma(t, value(VG7)).fma(t, value(VG6)).fma(t, value(VG5))
        .fma(t, value(VG4)).fma(t, value(VG3)).fma(t, value(VG2)).fma(t, value(VG1)).fma(t, value(VG0));
  }

  static DoubleVector digammaNear(DoubleVector t) {
    return value(VD19).fma(t, value(VD18)).fma(t, value(VD17)).fma(t, value(VD16)).fma(t, value(VD15))
        .fma(t, value(VD14)).fma(t, value(VD13)).fma(t, value(VD12)).fma(t, value(VD11)).fma(t, value(VD10))
        .fma(t, value(VD9)).fma(t, value(VD8)).fma(t, value(VD7)).fma(t, value(VD6)).fma(t, value(VD5))
        .fma(t, value(VD4)).fma(t, value(VD3)).fma(t, value(VD2)).fma(t, value(VD1)).fma(t, value(VD0));
  }

  static DoubleVector gammaFar(DoubleVector t) {
    return value(VS6).fma(t, value(VS5)).fma(t, value(VS4)).fma(t, value(VS3)).fma(t, value(VS2)).fma(t, value(VS1))
        .fma(t, value(VS0));
  }

  static DoubleVector digammaFar(DoubleVector t) {
    return value(VT7).fma(t, value(VT6)).fma(t, value(VT5)).fma(t, value(VT4)).fma(t, value(VT3)).fma(t, value(VT2))
        .fma(t, value(VT1)).fma(t, value(VT0));
  }

  static DoubleVector tail(DoubleVector t) {
    return value(VC27).fma(t, value(VC26)).fma(t, value(VC25)).fma(t, value(VC24)).fma(t, value(VC23))
        .fma(t, value(VC22)).fma(t, value(VC21)).fma(t, value(VC20)).fma(t, value(VC19)).fma(t, value(VC18))
        .fma(t, value(VC17)).fma(t, value(VC16)).fma(t, value(VC15)).fma(t, value(VC14)).fma(t, value(VC13))
        .fma(t, value(VC12)).fma(t, value(VC11)).fma(t, value(VC10)).fma(t, value(VC9)).fma(t, value(VC8))
        .fma(t, value(VC7)).fma(t, value(VC6)).fma(t, value(VC5)).fma(t, value(VC4)).fma(t, value(VC3))
        .fma(t, value(VC2)).fma(t, value(VC1)).fma(t, value(VC0));
  }

  static DoubleVector center(DoubleVector t) {
    return value(VF11).fma(t, value(VF10)).fma(t, value(VF9)).fma(t, value(VF8)).fma(t, value(VF7)).fma(t, value(VF6))
        .fma(t, value(VF5)).fma(t, value(VF4)).fma(t, value(VF3)).fma(t, value(VF2)).fma(t, value(VF1))
        .fma(t, value(VF0));
  }
}
