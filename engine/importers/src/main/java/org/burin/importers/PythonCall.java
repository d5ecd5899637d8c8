package org.burin.importers;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A constructor call as Python writes it: `quantized_relu(6, 0, negative_slope=0.25)`.
///
/// @param where what it belongs to, for messages
/// @param text the call itself
/// @param name what is called
/// @param arguments `value` or `name=value`, in order
record PythonCall(String where, String text, String name, List<String> arguments) {
  private static final Pattern CALL = Pattern.compile("\\s*(\\w+)\\s*(?:\\((.*)\\))?\\s*");
  private static final Pattern NAMED = Pattern.compile("(\\w+)\\s*=\\s*(.+)");
  /// Options that several quantizers have behind those of the usual order.
  private static final List<String> OTHERS = List.of("var_name", "use_ste", "use_variables", "elements_per_scale",
      "min_po2_exponent", "max_po2_exponent", "relu_shift", "relu_upper_bound");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  /// A call of constants.
  static PythonCall parse(String where, String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new ImportProblem(where + ": expected a call such as quantized_bits(6, 0, alpha=1), found '" + text + "'");
    }
    List<String> arguments = new ArrayList<>();
    String list = call.group(2) == null ? "" : call.group(2).strip();
    if (!list.isEmpty()) {
      for (String argument : list.split(",", -1)) {
        arguments.add(argument.strip());
      }
    }
    return new PythonCall(where, text, call.group(1), List.copyOf(arguments));
  }

  /// The arguments by name; those without one take `order`.
  JsonObject named(List<String> order) {
    JsonObject named = new JsonObject();
    for (int i = 0; i < arguments.size(); i++) {
      Matcher pair = NAMED.matcher(arguments.get(i));
      if (pair.matches()) {
        if (!order.isEmpty() && !order.contains(pair.group(1)) && !OTHERS.contains(pair.group(1))) {
          throw problem("there is no option '" + pair.group(1) + "'; options are " + order + " and " + OTHERS);
        }
        named.add(pair.group(1), value(pair.group(2)));
      } else if (i < order.size()) {
        named.add(order.get(i), value(arguments.get(i)));
      } else if (!order.isEmpty()) {
        throw problem("expected at most " + order.size() + " arguments without a name");
      }
    }
    return named;
  }

  private JsonElement value(String constant) {
    Matcher quoted = QUOTED.matcher(constant);
    if (quoted.matches()) {
      return new JsonPrimitive(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
    }
    return switch (constant) {
      case "None" -> JsonNull.INSTANCE;
      case "True" -> new JsonPrimitive(true);
      case "False" -> new JsonPrimitive(false);
      default -> {
        try {
          yield new JsonPrimitive(Double.parseDouble(constant));
        } catch (NumberFormatException e) {
          throw problem("'" + constant + "' is no number, text, True, False or None");
        }
      }
    };
  }

  private ImportProblem problem(String what) {
    return new ImportProblem(where + ": " + what + ", found '" + text + "'");
  }
}
