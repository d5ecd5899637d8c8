package org.burin.codegen.template;

import java.io.StringWriter;
import java.util.Map;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeConstants;

/// Text with gaps, by Apache Velocity with other signs: `«name»` is a reference, and `§if(«name»)`, `§foreach(«x» in «xs»)`,
/// `§else`, `§end` on lines of their own are directives.
///
/// `$` and `#` are plain characters, as C++, Tcl, Verilog and make use them for themselves. References may go on as in
/// Velocity: `«port.name()»`. Methods are called on public types only.
public final class Template {
  // Characters for private use stand for the signs of Velocity while it reads the text.
  private static final char DOLLAR = '\uE000';
  private static final char HASH = '\uE001';

  private static final VelocityEngine ENGINE = engine();

  private Template() {}

  private static VelocityEngine engine() {
    VelocityEngine e = new VelocityEngine();
    e.setProperty(RuntimeConstants.RUNTIME_REFERENCES_STRICT, true);
    e.setProperty(RuntimeConstants.SPACE_GOBBLING, "lines");
    e.setProperty(RuntimeConstants.INTERPOLATE_STRINGLITERALS, false);
    e.setProperty(RuntimeConstants.UBERSPECT_CLASSNAME, "org.apache.velocity.util.introspection.SecureUberspector");
    // No folder of templates, no library of macros, nothing but the text at hand.
    e.setProperty(RuntimeConstants.VM_LIBRARY, "");
    e.init();
    return e;
  }

  /// The text with all gaps filled.
  ///
  /// @param name what the text is called in errors
  /// @param text the template
  /// @param model what references mean
  /// @throws IllegalArgumentException when the text is no template, or refers to something that the model does not
  ///     have: the name, the line and the column
  public static String merge(String name, String text, Map<String, ?> model) {
    String swapped = text.replace('$', DOLLAR).replace('#', HASH)
        .replace("«", "${").replace("»", "}").replace('§', '#');
    VelocityContext context = new VelocityContext();
    model.forEach(context::put);
    StringWriter out = new StringWriter();
    try {
      ENGINE.evaluate(context, out, name, swapped);
    } catch (VelocityException e) {
      throw new IllegalArgumentException("template " + name + ": " + e.getMessage(), e);
    }
    return out.toString().replace(DOLLAR, '$').replace(HASH, '#');
  }
}
