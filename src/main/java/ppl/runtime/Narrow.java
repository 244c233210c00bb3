package ppl.runtime;

import java.lang.reflect.Array;

/// Whole numbers in as few bytes as hold them, where there are many: an `int[]`, a `short[]` or a `byte[]`.
public final class Narrow {
  /// Numbers from which on it is worth while.
  public static final int LARGE = 1 << 17;

  private Narrow() {}

  /// Numbers in as few bytes as hold each of them.
  public static Object of(int[] x) {
    int least = 0;
    int most = 0;
    for (int v : x) {
      least = Math.min(least, v);
      most = Math.max(most, v);
    }
    if (least >= Byte.MIN_VALUE && most <= Byte.MAX_VALUE) {
      var out = new byte[x.length];
      for (int i = 0; i < out.length; i++) out[i] = (byte) x[i];
      return out;
    }
    if (least < Short.MIN_VALUE || most > Short.MAX_VALUE) return x;
    var out = new short[x.length];
    for (int i = 0; i < out.length; i++) out[i] = (short) x[i];
    return out;
  }

  /// Many numbers in as few bytes as hold each of them; few in four.
  public static Object ofMany(int[] x) {
    return x.length < LARGE ? x : of(x);
  }

  /// Arrays of whole numbers one after the other, in as few bytes as hold each of them if there are many, otherwise in four. Takes them from
  /// `pieces`.
  public static Object joined(Object[] pieces) {
    int size = 0;
    int bytes = 1;
    for (var p : pieces) {
      size = Math.addExact(size, size(p));
      bytes = Math.max(bytes, bytes(p));
    }
    var out = Array.newInstance(size < LARGE ? int.class : bytes == 1 ? byte.class : bytes == 2 ? short.class : int.class, size);
    for (int p = 0, to = 0; p < pieces.length; p++) {
      copy(pieces[p], out, to);
      to += size(pieces[p]);
      pieces[p] = null;
    }
    return out;
  }

  private static int bytes(Object x) {
    return x instanceof byte[] ? Byte.BYTES : x instanceof short[] ? Short.BYTES : Integer.BYTES;
  }

  private static void copy(Object from, Object out, int to) {
    int n = size(from);
    switch (out) {
      case int[] a -> {
        for (int i = 0; i < n; i++) a[to + i] = at(from, i);
      }
      case short[] a -> {
        for (int i = 0; i < n; i++) a[to + i] = (short) at(from, i);
      }
      default -> System.arraycopy(from, 0, out, to, n);
    }
  }

  /// How many numbers there are in an array of reals or of whole numbers of any width.
  public static int size(Object x) {
    return Array.getLength(x);
  }

  /// Number `i` of an array of whole numbers.
  public static int at(Object x, int i) {
    return switch (x) {
      case int[] a -> a[i];
      case short[] a -> a[i];
      default -> ((byte[]) x)[i];
    };
  }

  /// The numbers in four bytes each: `x` itself, or a new array.
  public static int[] wholes(Object x) {
    if (x instanceof int[] all) return all;
    var out = Storage.integers(size(x));
    for (int i = 0; i < out.length; i++) out[i] = at(x, i);
    return out;
  }

  /// The numbers as reals.
  public static double[] reals(Object x) {
    var out = Storage.reals(size(x));
    for (int i = 0; i < out.length; i++) out[i] = at(x, i);
    return out;
  }
}
