package org.burin.importers;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.burin.tensor.Shape;

/// Typed access to a JSON object; what is missing or of another kind is an [ImportProblem] that says where.
///
/// @param where what the object belongs to, such as `layer 'conv1' (Conv2D)`
/// @param json the object
record Config(String where, JsonObject json) {
  /// An element that has to be an object.
  static Config of(String where, JsonElement element) {
    if (!(element instanceof JsonObject object)) {
      throw new ImportProblem(where + ": expected a JSON object, found " + shortened(element));
    }
    return new Config(where, object);
  }

  /// The same object under another name in messages.
  Config at(String newWhere) {
    return new Config(newWhere, json);
  }

  /// The entry, unless it is absent or null.
  Optional<JsonElement> find(String name) {
    return Optional.ofNullable(json.get(name)).filter(e -> !e.isJsonNull());
  }

  /// Whether there is an entry that is not null.
  boolean has(String name) {
    return find(name).isPresent();
  }

  JsonElement get(String name) {
    return find(name).orElseThrow(() -> new ImportProblem(where + ": '" + name + "' is missing"));
  }

  String text(String name) {
    return primitive(name, JsonPrimitive::isString, "a text").getAsString();
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  int whole(String name) {
    return whole(name, get(name));
  }

  int whole(String name, int otherwise) {
    return has(name) ? whole(name) : otherwise;
  }

  double number(String name) {
    return primitive(name, JsonPrimitive::isNumber, "a number").getAsDouble();
  }

  double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  /// A truth value; numbers count as true unless they are 0, as in Python.
  boolean flag(String name, boolean otherwise) {
    if (!has(name)) {
      return otherwise;
    }
    JsonPrimitive p = primitive(name, e -> e.isBoolean() || e.isNumber(), "true or false");
    return p.isBoolean() ? p.getAsBoolean() : p.getAsDouble() != 0;
  }

  /// As many whole numbers: a list of them, or one number for all.
  int[] wholes(String name, int count, int otherwise) {
    int[] numbers = new int[count];
    if (has(name) && get(name) instanceof JsonArray array) {
      if (array.size() != count) {
        throw unexpected(name, count + " whole numbers");
      }
      for (int i = 0; i < count; i++) {
        numbers[i] = whole(name, array.get(i));
      }
      return numbers;
    }
    Arrays.fill(numbers, whole(name, otherwise));
    return numbers;
  }

  /// The elements of a list.
  List<JsonElement> list(String name) {
    if (get(name) instanceof JsonArray array) {
      return array.asList();
    }
    throw unexpected(name, "a list");
  }

  Config object(String name) {
    if (get(name) instanceof JsonObject object) {
      return new Config(where + ", " + name, object);
    }
    throw unexpected(name, "an object");
  }

  /// The shape of one sample from a shape whose first element stands for the batch.
  Shape sample(String name) {
    List<Integer> extents = new ArrayList<>();
    List<JsonElement> shape = list(name);
    for (JsonElement e : shape.subList(Math.min(1, shape.size()), shape.size())) {
      if (e.isJsonNull()) {
        throw unexpected(name, "fixed extents behind the batch size");
      }
      extents.add(whole(name, e));
    }
    return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
  }

  /// Refuses an option that has another value than the only one that is supported.
  void require(String name, String expected) {
    if (has(name) && !(get(name) instanceof JsonPrimitive p && p.getAsString().equals(expected))) {
      throw unexpected(name, expected);
    }
  }

  /// An option that has a value that does not do.
  ImportProblem unexpected(String name, String expected) {
    return new ImportProblem(where + ": '" + name + "': expected " + expected + ", found "
        + find(name).map(Config::shortened).orElse("nothing"));
  }

  ImportProblem problem(String text) {
    return new ImportProblem(where + ": " + text);
  }

  private int whole(String name, JsonElement e) {
    if (e instanceof JsonPrimitive p && p.isNumber()) {
      double number = p.getAsDouble();
      if (number == (int) number) {
        return (int) number;
      }
    }
    throw unexpected(name, "a whole number");
  }

  private JsonPrimitive primitive(String name, Predicate<JsonPrimitive> kind, String expected) {
    if (get(name) instanceof JsonPrimitive p && kind.test(p)) {
      return p;
    }
    throw unexpected(name, expected);
  }

  /// An element as text that fits into a message.
  static String shortened(JsonElement element) {
    String text = element.toString();
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
