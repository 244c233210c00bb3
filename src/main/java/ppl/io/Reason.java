package ppl.io;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// Why a file could not be read or written, in words; the exceptions themselves often say its name alone.
public final class Reason {
  private Reason() {}

  public static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException x -> "there is no " + x.getFile();
      case AccessDeniedException x -> "no permission for " + x.getFile();
      case FileSystemException x when x.getReason() != null -> x.getReason();
      case CharacterCodingException _ -> "it is not text in UTF-8";
      default -> Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    };
  }
}
