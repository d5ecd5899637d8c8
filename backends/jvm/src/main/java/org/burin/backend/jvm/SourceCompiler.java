package org.burin.backend.jvm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles Java sources to class files in memory, for Java 17.
final class SourceCompiler {
  /// The class-file version and the library that generated code is held to.
  static final String RELEASE = "17";

  private SourceCompiler() {}

  /// The class files by class name.
  ///
  /// @param className the class's full name
  /// @throws IllegalStateException when this Java runtime has no compiler
  /// @throws IllegalArgumentException when the source is refused; the text is the compiler's
  static Map<String, byte[]> compile(String className, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("this Java runtime has no compiler: the module jdk.compiler is missing from "
          + System.getProperty("java.home") + "; run on a JDK, add the module to the jlink image, or compile the "
          + "generated source ahead of time");
    }
    DiagnosticCollector<JavaFileObject> messages = new DiagnosticCollector<>();
    Map<String, byte[]> classes = new LinkedHashMap<>();
    List<String> options = List.of("--release", RELEASE, "-proc:none", "-Xlint:all,-options", "-implicit:none");
    try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(messages, Locale.ROOT, null), classes)) {
      List<Source> sources = List.of(new Source(className, source));
      boolean done = compiler.getTask(null, files, messages, options, null, sources).call();
      if (!done || !messages.getDiagnostics().isEmpty()) {
        throw new IllegalArgumentException(
            className + " does not compile cleanly:\n" + text(messages.getDiagnostics()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return classes;
  }

  private static String text(List<Diagnostic<? extends JavaFileObject>> messages) {
    return messages.stream()
        .map(m -> "line " + m.getLineNumber() + ": " + m.getMessage(Locale.ROOT)).collect(Collectors.joining("\n"));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, byte[]> classes;

    InMemory(JavaFileManager files, Map<String, byte[]> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      URI name = URI.create("memory:///" + className.replace('.', '/') + ".class");
      return new SimpleJavaFileObject(name, kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(className, toByteArray());
            }
          };
        }
      };
    }
  }
}
