package ppl.tile;

/// How large tiles are.
///
/// @param width iterations of a tile
/// @param least iterations of a loop from which on it is done in tiles
public record Shape(int width, int least) {
  public static final Shape USUAL = new Shape(256, 64);
}
