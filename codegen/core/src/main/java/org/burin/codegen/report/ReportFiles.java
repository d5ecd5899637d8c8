package org.burin.codegen.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds numbers in the text reports of tools.
public final class ReportFiles {
  /// How a number is found.
  ///
  /// @param quantity what it is
  /// @param file what the name of the file matches
  /// @param line what the line matches; its first group is the number
  public record Rule(String quantity, Pattern file, Pattern line) {
    /// A rule from regular expressions.
    public static Rule of(String quantity, String file, String line) {
      return new Rule(quantity, Pattern.compile(file), Pattern.compile(line, Pattern.MULTILINE));
    }
  }

  private ReportFiles() {}

  /// The first match of every rule in each file below a folder that it is for, files by name, rules in order.
  ///
  /// @throws IOException when a file cannot be read
  public static List<Measurement> read(Path folder, List<Rule> rules) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<Measurement> found = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      List<Rule> fitting = rules.stream().filter(r -> r.file().matcher(name).matches()).toList();
      if (!fitting.isEmpty()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (Rule rule : fitting) {
          Matcher m = rule.line().matcher(text);
          if (m.find()) {
            found.add(new Measurement(rule.quantity(), m.group(1), folder.relativize(file).toString()));
          }
        }
      }
    }
    return found;
  }
}
