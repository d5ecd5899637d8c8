package org.burin.backend.jvm;

import java.util.Locale;
import org.burin.codegen.spi.Artifact;
import org.burin.codegen.spi.Program;

/// The folder around a generated class: a Maven project of its own.
final class JvmProject {
  private JvmProject() {}

  /// Where the source of a class lies in the folder.
  static String path(String packageName, String className) {
    return "src/main/java/" + (packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/") + className + ".java";
  }

  static Artifact write(Program program, String packageName, String className, String source) {
    return Artifact.builder()
        .text(path(packageName, className), source)
        .text("pom.xml", pom(program.about().name(), packageName, className))
        .build();
  }

  private static String pom(String model, String packageName, String className) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Model %s. Build with: mvn package -->
        <project xmlns="http://maven.apache.org/POM/4.0.0"
                 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                 xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 http://maven.apache.org/xsd/maven-4.0.0.xsd">
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>1.0.0</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
            <project.build.outputTimestamp>2026-01-01T00:00:00Z</project.build.outputTimestamp>
          </properties>
          <build>
            <pluginManagement>
              <plugins>
                <plugin>
                  <artifactId>maven-compiler-plugin</artifactId>
                  <version>3.16.0</version>
                </plugin>
                <plugin>
                  <artifactId>maven-jar-plugin</artifactId>
                  <version>3.5.1</version>
                </plugin>
                <plugin>
                  <artifactId>maven-resources-plugin</artifactId>
                  <version>3.5.0</version>
                </plugin>
                <plugin>
                  <artifactId>maven-surefire-plugin</artifactId>
                  <version>3.6.1</version>
                </plugin>
              </plugins>
            </pluginManagement>
          </build>
        </project>
        """.formatted(Documentation.escape(model).replace("--", "- -"), packageName.isEmpty() ? "model" : packageName,
        className.toLowerCase(Locale.ROOT));
  }
}
