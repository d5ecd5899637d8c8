package org.burin.backend.jvm;

import org.burin.codegen.spi.Setting;

/// The options of the JVM backend.
///
/// @param packageName the package of the generated class
/// @param className its name; empty for one like the model's
/// @param form the form of the code for layers that allow it
public record JvmOptions(
    @Setting("package of the generated class") String packageName,
    @Setting("name of the generated class; like the model's if empty") String className,
    @Setting("form of the code: auto, straight, loops or lanes") Form form) {
  /// Checks the names.
  ///
  /// @throws IllegalArgumentException when one is not a Java name
  public JvmOptions {
    if (!ClassNames.isPackage(packageName)) {
      throw new IllegalArgumentException("expected a Java package such as org.example, found '" + packageName + "'");
    }
    if (!className.isEmpty() && !ClassNames.isClass(className)) {
      throw new IllegalArgumentException("expected a Java class name such as Jets, found '" + className + "'");
    }
  }
}
