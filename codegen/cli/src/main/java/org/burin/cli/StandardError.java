package org.burin.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/// Puts the caller's standard error back in place.
///
/// The JVM warns about every incubator module on standard error and has no option to be quiet about it. The launcher
/// therefore starts the JVM with a standard error that drops this one line, and gives it the real one as the file
/// descriptor that the system property `burin.stderr` names. From [#restore] on, everything that Java code prints goes
/// to the real one, in order with standard output.
final class StandardError {
  private static final String DESCRIPTOR_PROPERTY = "burin.stderr";

  private StandardError() {}

  /// Redirects `System.err` when the launcher asked for it.
  static void restore() {
    Integer descriptor = Integer.getInteger(DESCRIPTOR_PROPERTY);
    if (descriptor == null) {
      return;
    }
    try {
      // Opening /dev/fd/N would not do: on Linux that is a new open file with an offset of its own.
      Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileOutputStream real = new FileOutputStream(constructor.newInstance(descriptor));
      System.setErr(new PrintStream(real, true, Charset.forName(System.getProperty("stderr.encoding", "UTF-8"))));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The filtered standard error passes on everything else, so nothing is lost by staying with it.
    }
  }
}
