package org.burin.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// One file that holds named sections of bytes, each with a checksum, and a checksum of the whole.
///
/// It is written atomically, and the same sections in the same order give the same bytes. The layout is described in
/// `docs/model-file.md`; a reader ignores sections that it does not know.
public final class SectionFile {
  /// The version of the layout that [#write] writes, and the latest that [#read] reads.
  public static final int VERSION = 1;

  /// Not text, so that no tool takes the file for text; line ends in it, so that a transfer as text is noticed.
  private static final byte[] MAGIC = {(byte) 0x89, 'B', 'U', 'R', 'I', 'N', '\r', '\n'};

  private static final String COPY = "; restore the file from a copy";

  private final Path file;
  private final Map<String, byte[]> sections;

  private SectionFile(Path file, Map<String, byte[]> sections) {
    this.file = file;
    this.sections = sections;
  }

  /// Creates or replaces a file, so that at any moment it has either all of the old or all of the new content.
  ///
  /// @param sections the contents, by name, in order
  /// @throws IOException when it cannot be written; the file is then as it was
  public static void write(Path file, Map<String, byte[]> sections) throws IOException {
    AtomicFiles.write(file, out -> {
      CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
      checked.write(MAGIC);
      checked.write(number(Integer.BYTES, VERSION));
      checked.write(number(Integer.BYTES, sections.size()));
      for (Map.Entry<String, byte[]> section : sections.entrySet()) {
        byte[] name = section.getKey().getBytes(StandardCharsets.UTF_8);
        byte[] content = section.getValue();
        checked.write(number(Integer.BYTES, name.length));
        checked.write(name);
        checked.write(number(Long.BYTES, content.length));
        checked.write(number(Integer.BYTES, checksum(content)));
        checked.write(content);
      }
      checked.write(number(Integer.BYTES, checked.getChecksum().getValue()));
      checked.flush();
    });
  }

  /// Reads a file and checks all of it.
  ///
  /// @throws FileFormatException when it is no such file, is cut off or damaged, or was written in a later version's
  ///     layout
  /// @throws IOException when it cannot be read
  public static SectionFile read(Path file) throws IOException {
    return of(file, Files.readAllBytes(file));
  }

  /// Checks the content of a file that was read otherwise, such as a resource on the class path.
  ///
  /// @param file its name, for messages
  /// @param bytes its content; not copied
  /// @throws FileFormatException as [#read]
  public static SectionFile of(Path file, byte[] bytes) throws FileFormatException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = Arrays.copyOf(bytes, Math.min(bytes.length, MAGIC.length));
    if (!Arrays.equals(magic, MAGIC)) {
      HexFormat hex = HexFormat.ofDelimiter(" ");
      throw new FileFormatException(file, "this is not a file that Burin wrote: it should begin with the bytes "
          + hex.formatHex(MAGIC) + ", found " + (magic.length == 0 ? "an empty file" : hex.formatHex(magic)));
    }
    in.position(MAGIC.length);
    need(file, in, 2 * Integer.BYTES, "the header");
    int version = in.getInt();
    if (version > VERSION || version < 1) {
      throw new FileFormatException(file, "the file is in version " + version + " of the layout, this Burin reads up "
          + "to " + VERSION + "; use a later Burin");
    }
    Map<String, byte[]> sections = new LinkedHashMap<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      readSection(file, in, i, sections);
    }
    need(file, in, Integer.BYTES, "the checksum of the file");
    CRC32C whole = new CRC32C();
    whole.update(bytes, 0, in.position());
    verify(file, "the file", in.getInt(), (int) whole.getValue());
    if (in.hasRemaining()) {
      throw new FileFormatException(file, "the file goes on for " + in.remaining() + " bytes after its end" + COPY);
    }
    return new SectionFile(file, Collections.unmodifiableMap(sections));
  }

  private static void readSection(Path file, ByteBuffer in, int index, Map<String, byte[]> sections)
      throws FileFormatException {
    String what = "section " + (index + 1);
    need(file, in, Integer.BYTES, what);
    byte[] name = new byte[need(file, in, in.getInt(), what)];
    in.get(name);
    what = "section '" + new String(name, StandardCharsets.UTF_8) + "'";
    need(file, in, Long.BYTES + Integer.BYTES, what);
    long length = in.getLong();
    int expected = in.getInt();
    byte[] content = new byte[need(file, in, length, what)];
    in.get(content);
    verify(file, what, expected, checksum(content));
    sections.put(new String(name, StandardCharsets.UTF_8), content);
  }

  /// Checks that so many bytes follow.
  private static int need(Path file, ByteBuffer in, long bytes, String what) throws FileFormatException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new FileFormatException(file, "the file is cut off or damaged: " + what + " needs " + bytes
          + " bytes from position " + in.position() + " on, the file ends at " + in.limit() + COPY);
    }
    return (int) bytes;
  }

  private static void verify(Path file, String what, int expected, int found) throws FileFormatException {
    if (expected != found) {
      throw new FileFormatException(file, String.format(
          "%s is damaged: expected the checksum %08x, found %08x%s", what, expected, found, COPY));
    }
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }

  /// The low bytes of a number, lowest first.
  private static byte[] number(int bytes, long n) {
    byte[] b = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      b[i] = (byte) (n >>> (8 * i));
    }
    return b;
  }

  /// Where it was read from.
  public Path file() {
    return file;
  }

  /// The names of its sections, in order.
  public Set<String> names() {
    return sections.keySet();
  }

  /// The content of a section.
  ///
  /// @throws FileFormatException when there is none of that name; the text lists those that there are
  public byte[] bytes(String section) throws FileFormatException {
    byte[] content = sections.get(section);
    if (content == null) {
      throw new FileFormatException(file, "expected a section '" + section + "', found " + names());
    }
    return content.clone();
  }

  /// The content of a section as text in UTF-8.
  ///
  /// @throws FileFormatException when there is none of that name; the text lists those that there are
  public String text(String section) throws FileFormatException {
    return new String(bytes(section), StandardCharsets.UTF_8);
  }
}
