package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
  @TempDir Path folder;

  @Test
  void reasonsAreSentences() throws IOException {
    var absent = folder.resolve("absent");
    assertEquals("there is no " + absent, Reason.of(assertThrows(IOException.class, () -> Files.readString(absent))));
    var bytes = Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertEquals("it is not text in UTF-8", Reason.of(assertThrows(IOException.class, () -> Files.readString(bytes))));
    assertEquals("no permission for a", Reason.of(new AccessDeniedException("a")));
    assertEquals("IOException", Reason.of(new IOException()));
    assertEquals("disk full", Reason.of(new IOException("disk full")));
  }
}
