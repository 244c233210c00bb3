package ppl.io;

/// A file that cannot be read as what it should be: a finding about it, in words that follow its name.
final class Unreadable extends Exception {
  private final String code;

  Unreadable(String code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  String code() {
    return code;
  }
}
