package ppl.kernels;

import static ppl.kernels.ElementaryLanes.of;
import static ppl.kernels.Fits.*;

import jdk.incubator.vector.DoubleVector;

/// [Polynomials] on vectors.
final class PolynomialLanes {
  private static final DoubleVector VG0 = of(G0), VG1 = of(G1), VG2 = of(G2), VG3 = of(G3), VG4 = of(G4),
      VG5 = of(G5), VG6 = of(G6), VG7 = of(G7), VG8 = of(G8), VG9 = of(G9), VG10 = of(G10), VG11 = of(G11),
      VG12 = of(G12), VG13 = of(G13), VG14 = of(G14), VG15 = of(G15), VG16 = of(G16), VG17 = of(G17), VG18 = of(G18),
      VG19 = of(G19);
  private static final DoubleVector VD0 = of(D0), VD1 = of(D1), VD2 = of(D2), VD3 = of(D3), VD4 = of(D4),
      VD5 = of(D5), VD6 = of(D6), VD7 = of(D7), VD8 = of(D8), VD9 = of(D9), VD10 = of(D10), VD11 = of(D11),
      VD12 = of(D12), VD13 = of(D13), VD14 = of(D14), VD15 = of(D15), VD16 = of(D16), VD17 = of(D17), VD18 = of(D18),
      VD19 = of(D19);
  private static final DoubleVector VS0 = of(S0), VS1 = of(S1), VS2 = of(S2), VS3 = of(S3), VS4 = of(S4),
      VS5 = of(S5), VS6 = of(S6);
  private static final DoubleVector VT0 = of(T0), VT1 = of(T1), VT2 = of(T2), VT3 = of(T3), VT4 = of(T4),
      VT5 = of(T5), VT6 = of(T6), VT7 = of(T7);
  private static final DoubleVector VC0 = of(C0), VC1 = of(C1), VC2 = of(C2), VC3 = of(C3), VC4 = of(C4),
      VC5 = of(C5), VC6 = of(C6), VC7 = of(C7), VC8 = of(C8), VC9 = of(C9), VC10 = of(C10), VC11 = of(C11),
      VC12 = of(C12), VC13 = of(C13), VC14 = of(C14), VC15 = of(C15), VC16 = of(C16), VC17 = of(C17), VC18 = of(C18),
      VC19 = of(C19), VC20 = of(C20), VC21 = of(C21), VC22 = of(C22), VC23 = of(C23), VC24 = of(C24), VC25 = of(C25),
      VC26 = of(C26), VC27 = of(C27);
  private static final DoubleVector VF0 = of(F0), VF1 = of(F1), VF2 = of(F2), VF3 = of(F3), VF4 = of(F4),
      VF5 = of(F5), VF6 = of(F6), VF7 = of(F7), VF8 = of(F8), VF9 = of(F9), VF10 = of(F10), VF11 = of(F11);

  private PolynomialLanes() {}

  static DoubleVector gammaNear(DoubleVector t) {
    return VG19.fma(t, VG18).fma(t, VG17).fma(t, VG16).fma(t, VG15).fma(t, VG14).fma(t, VG13).fma(t, VG12)
        .fma(t, VG11).fma(t, VG10).fma(t, VG9).fma(t, VG8).fma(t, VG7).fma(t, VG6).fma(t, VG5).fma(t, VG4).fma(t, VG3)
        .fma(t, VG2).fma(t, VG1).fma(t, VG0);
  }

  static DoubleVector digammaNear(DoubleVector t) {
    return VD19.fma(t, VD18).fma(t, VD17).fma(t, VD16).fma(t, VD15).fma(t, VD14).fma(t, VD13).fma(t, VD12)
        .fma(t, VD11).fma(t, VD10).fma(t, VD9).fma(t, VD8).fma(t, VD7).fma(t, VD6).fma(t, VD5).fma(t, VD4).fma(t, VD3)
        .fma(t, VD2).fma(t, VD1).fma(t, VD0);
  }

  static DoubleVector gammaFar(DoubleVector t) {
    return VS6.fma(t, VS5).fma(t, VS4).fma(t, VS3).fma(t, VS2).fma(t, VS1).fma(t, VS0);
  }

  static DoubleVector digammaFar(DoubleVector t) {
    return VT7.fma(t, VT6).fma(t, VT5).fma(t, VT4).fma(t, VT3).fma(t, VT2).fma(t, VT1).fma(t, VT0);
  }

  static DoubleVector tail(DoubleVector t) {
    return VC27.fma(t, VC26).fma(t, VC25).fma(t, VC24).fma(t, VC23).fma(t, VC22).fma(t, VC21).fma(t, VC20)
        .fma(t, VC19).fma(t, VC18).fma(t, VC17).fma(t, VC16).fma(t, VC15).fma(t, VC14).fma(t, VC13).fma(t, VC12)
        .fma(t, VC11).fma(t, VC10).fma(t, VC9).fma(t, VC8).fma(t, VC7).fma(t, VC6).fma(t, VC5).fma(t, VC4).fma(t, VC3)
        .fma(t, VC2).fma(t, VC1).fma(t, VC0);
  }

  static DoubleVector center(DoubleVector t) {
    return VF11.fma(t, VF10).fma(t, VF9).fma(t, VF8).fma(t, VF7).fma(t, VF6).fma(t, VF5).fma(t, VF4).fma(t, VF3)
        .fma(t, VF2).fma(t, VF1).fma(t, VF0);
  }
}
