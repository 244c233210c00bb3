package ppl.emit;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class ListingTest {
  @Test
  void namesFieldsMethodsAndJumps() {
    var text = Listing.of(Emit.toClass(EightSchools.unit()));
    assertTrue(text.startsWith("class models/EightSchools\n"), text);
    assertTrue(text.contains("  method gradient([D[D)D  "), text);
    assertTrue(text.contains("invokestatic java/lang/Math.exp(D)D"), text);
    assertTrue(text.contains("_sigma : [D"), text);
    for (var line : text.lines().filter(l -> l.contains("if_icmp")).toList())
      assertTrue(text.contains("  " + line.substring(line.lastIndexOf(' ') + 1) + ":"), line);
  }
}
