package ppl.source;

/// What a piece of a rendered message is, and so how it looks on a terminal with colours (ECMA-48 codes).
enum Style {
  ERROR("1;31"), WARNING("1;33"), NOTE("1;36"), HELP("1;32"), MESSAGE("1"), FRAME("34");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String on(String text) {
    return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
