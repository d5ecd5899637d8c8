package org.burin.nn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.burin.io.FileFormatException;
import org.burin.io.SectionFile;
import org.burin.io.TensorSections;
import org.burin.ir.Graph;
import org.burin.ir.GraphException;
import org.burin.ir.IrText;
import org.burin.tensor.Tensor;

/// Models in files: name and notes, both graphs as text, and the parameters, in one [SectionFile].
///
/// The layout is described in `docs/model-file.md`. Equal models give equal bytes. A file may have more sections than a
/// model needs, as a checkpoint has: then it can still be read as a model.
public final class ModelFile {
  private static final String MODEL = "model";
  private static final String TRAINING = "graph/training";
  private static final String INFERENCE = "graph/inference";
  private static final String KINDS = "parameters/kinds";
  private static final String PARAMETERS = "parameters";

  private ModelFile() {}

  /// Creates or replaces a model's file, atomically.
  ///
  /// @throws IOException when it cannot be written; the file is then as it was
  public static void write(Path file, Model model) throws IOException {
    SectionFile.write(file, sections(model));
  }

  /// Reads a model.
  ///
  /// @throws FileFormatException when the file is no model, is cut off or damaged, or was written in a later version's
  ///     layout
  /// @throws IOException when the file cannot be read
  public static Model read(Path file) throws IOException {
    return model(SectionFile.read(file));
  }

  /// The sections of a model, in order; add others to them for a file that holds more than a model.
  public static Map<String, byte[]> sections(Model model) {
    StringBuilder about = new StringBuilder();
    line(about, "name", model.name());
    model.metadata().forEach((key, text) -> line(about, "note", key, text));
    StringBuilder kinds = new StringBuilder();
    Parameters p = model.parameters();
    for (String name : p.names()) {
      String kind = switch (p.kind(name)) {
        case WEIGHT -> "weight";
        case STATE -> "state";
      };
      line(kinds, p.isFrozen(name) ? "frozen" : "free", kind, name);
    }
    Map<String, byte[]> sections = new LinkedHashMap<>();
    put(sections, MODEL, about.toString());
    put(sections, TRAINING, IrText.print(model.wholeTraining()));
    put(sections, INFERENCE, IrText.print(model.inference()));
    put(sections, KINDS, kinds.toString());
    TensorSections.put(sections, PARAMETERS, p.tensors());
    return sections;
  }

  /// The model in a file that was read.
  ///
  /// @throws FileFormatException when a section is missing or its content has another form
  public static Model model(SectionFile file) throws FileFormatException {
    String name = "";
    Map<String, String> notes = new LinkedHashMap<>();
    for (String line : file.text(MODEL).lines().toList()) {
      String[] parts = parts(line);
      // Lines of other kinds, which a later version may write, are left alone.
      if (parts.length == 2 && parts[0].equals("name")) {
        name = parts[1];
      } else if (parts.length == 3 && parts[0].equals("note")) {
        notes.put(parts[1], parts[2]);
      }
    }
    Graph training = graph(file, TRAINING);
    Graph inference = graph(file, INFERENCE);
    try {
      return Model.of(name, training, inference, parameters(file), notes);
    } catch (GraphException e) {
      throw new FileFormatException(file.file(), "graphs and parameters do not fit: " + e.getMessage(), e);
    }
  }

  private static Parameters parameters(SectionFile file) throws FileFormatException {
    Map<String, Tensor> tensors = TensorSections.get(file, PARAMETERS);
    Parameters p = new Parameters();
    for (String line : file.text(KINDS).lines().toList()) {
      String[] parts = parts(line);
      Tensor t = parts.length == 3 ? tensors.get(parts[2]) : null;
      if (t == null || !parts[1].matches("weight|state") || !parts[0].matches("frozen|free")) {
        throw new FileFormatException(file.file(), "section '" + KINDS + "': expected 'free' or 'frozen', 'weight' or "
            + "'state', and the name of a parameter, found '" + line + "'");
      }
      Parameters.Kind kind = parts[1].equals("weight") ? Parameters.Kind.WEIGHT : Parameters.Kind.STATE;
      p.add(parts[2], t, kind, parts[0].equals("frozen"));
    }
    if (!p.names().equals(List.copyOf(tensors.keySet()))) {
      throw new FileFormatException(file.file(), "section '" + KINDS + "' lists " + p.names() + ", expected "
          + tensors.keySet());
    }
    return p;
  }

  private static Graph graph(SectionFile file, String section) throws FileFormatException {
    try {
      return IrText.parse(file.text(section));
    } catch (GraphException e) {
      throw new FileFormatException(file.file(), "section '" + section + "': " + e.getMessage(), e);
    }
  }

  private static void put(Map<String, byte[]> sections, String name, String text) {
    sections.put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /// A line of parts with tabs between; tabs, line ends and backslashes in parts are written `\t`, `\n`, `\r` and `\\`.
  private static void line(StringBuilder s, String... parts) {
    for (int i = 0; i < parts.length; i++) {
      s.append(i == 0 ? "" : "\t").append(parts[i].replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
          .replace("\r", "\\r"));
    }
    s.append('\n');
  }

  private static String[] parts(String line) {
    String[] parts = line.split("\t", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = unescape(parts[i]);
    }
    return parts;
  }

  private static String unescape(String part) {
    StringBuilder s = new StringBuilder();
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '\\' && i + 1 < part.length()) {
        i++;
        c = switch (part.charAt(i)) {
          case 't' -> '\t';
          case 'n' -> '\n';
          case 'r' -> '\r';
          default -> part.charAt(i);
        };
      }
      s.append(c);
    }
    return s.toString();
  }
}
