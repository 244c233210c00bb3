package ppl.report;

import java.util.Locale;

/// Numbers with as many digits as they deserve.
///
/// @param decimals   digits after the point
/// @param scientific whether a power of ten is split off, with as many digits after the point of the first
record Digits(int decimals, boolean scientific) {
  private static final int MOST_DECIMALS = 6;
  private static final double LARGE = 1e7;
  private static final double SMALL = 1e-4;
  private static final int MOST = 8;

  /// The digits for a row of a table. The last digit of the mean is the first one that its Monte Carlo error leaves in
  /// doubt, but two to three digits of the standard deviation are shown in any case.
  static Digits of(double mean, double sd, double mcse) {
    if (Double.isFinite(mean) && mean != 0 && !Double.isFinite(sd)) return threeOf(mean);
    double size = Math.max(Math.abs(mean), sd);
    if (!Double.isFinite(size) || sd == 0 && size == Math.rint(size) && size < LARGE) return new Digits(0, false);
    int sdPlace = sd > 0 ? place(sd) : place(size) - 3;
    int last = Math.clamp(mcse > 0 ? place(mcse) : sdPlace - 2, sdPlace - 2, sdPlace - 1);
    if (size >= SMALL && size < LARGE && -last > MOST_DECIMALS) return new Digits(MOST, false);
    if (size >= LARGE || -last > MOST_DECIMALS) return new Digits(Math.clamp(place(size) - last, 1, MOST), true);
    return new Digits(Math.max(0, -last), false);
  }

  private static Digits threeOf(double x) {
    int place = place(x);
    boolean scientific = place < -MOST_DECIMALS || Math.abs(x) >= LARGE;
    return new Digits(scientific ? 2 : Math.max(0, 2 - place), scientific);
  }

  /// The digits of a standard deviation beside a mean of these: its own where they would show too few of it, or too many.
  Digits spread(double sd) {
    if (!(sd > 0) || !Double.isFinite(sd)) return this;
    if (!scientific && -place(sd) <= decimals) return this;
    if (scientific && decimals <= 2) return this;
    return threeOf(sd);
  }

  /// `x` in two digits, for errors.
  static String brief(double x) {
    if (!Double.isFinite(x)) return "-";
    if (x == 0) return "0";
    int place = place(x);
    return new Digits(place < -MOST_DECIMALS || place >= 7 ? 1 : Math.max(0, 1 - place),
        place < -MOST_DECIMALS || place >= 7).show(x);
  }

  /// `x` in these digits; a number far larger than those they were chosen for takes a power of ten all the same.
  String show(double x) {
    if (Double.isNaN(x)) return "-";
    if (Double.isInfinite(x)) return x > 0 ? "inf" : "-inf";
    int asked = place(x) + decimals;
    if (!scientific && Math.abs(x) >= LARGE) return new Digits(asked > MOST ? 2 : asked, true).show(x);
    var text = String.format(Locale.ROOT, "%." + decimals + (scientific ? "e" : "f"), x);
    return text.startsWith("-") && !text.matches(".*[1-9].*") ? text.substring(1) : text;
  }

  /// The power of ten of the first digit.
  private static int place(double x) {
    return (int) Math.floor(Math.log10(Math.abs(x)));
  }
}
