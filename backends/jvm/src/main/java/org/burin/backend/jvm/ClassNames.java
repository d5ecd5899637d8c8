package org.burin.backend.jvm;

import javax.lang.model.SourceVersion;

/// Names of generated classes and packages.
final class ClassNames {
  private ClassNames() {}

  /// A class name like that of a model: `jets-6bit` becomes `Jets6bit`.
  static String of(String model) {
    StringBuilder s = new StringBuilder();
    boolean up = true;
    for (int i = 0; i < model.length(); i++) {
      char c = model.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      if (plain) {
        s.append(up ? Character.toUpperCase(c) : c);
      }
      up = !plain;
    }
    boolean usable = !s.isEmpty() && Character.isLetter(s.charAt(0));
    return usable ? s.toString() : "Model" + s;
  }

  static boolean isClass(String name) {
    return SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name);
  }

  static boolean isPackage(String name) {
    return name.isEmpty() || SourceVersion.isName(name);
  }
}
