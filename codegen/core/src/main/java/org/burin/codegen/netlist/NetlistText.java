package org.burin.codegen.netlist;

import static org.burin.text.GraphText.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.burin.fixed.FixedOp.Comparison;
import org.burin.text.GraphText;

/// The textual form of netlists. Printing and parsing are inverse: `parse(print(n))` equals `n`.
///
/// ```
/// netlist "net" {
///   %0 = input "x" 0 : -8..7*2^-2
///   %1 = input "x" 1 : 0..3*2^-1
///   %2 = sub %0 %1<<1 : -14..7*2^-2 @"fc"
///   %3 = bits %2 low=1 width=3 signed=true : -4..3*2^-1 @"fc"
///   in "x" = %0 %1<<1
///   out "y" = %3
/// }
/// ```
///
/// A line is a net, its operation with operands and attributes, its range, the number of its fractional bits, and its
/// layer. `%1<<1` is a net times 2.
public final class NetlistText {
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final Pattern HEADER = Pattern.compile("netlist " + STRING + " \\{");
  private static final Pattern NET = Pattern.compile("%(\\d{1,9}) = (\\w+)(.*) : (-?\\d+)(?:\\.\\.(-?\\d+))?\\*2\\^(-?\\d+)"
      + "(?: @" + STRING + ")?");
  private static final Pattern OPERAND = Pattern.compile("%(\\d{1,9})(?:<<(\\d{1,4}))?");
  private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=([^ ]+)");
  private static final Pattern PORT = Pattern.compile("(in|out) " + STRING + " =(.*)");
  private static final Pattern QUOTED = Pattern.compile(STRING);

  private NetlistText() {}

  // ---- printing ---------------------------------------------------------------------------------------------------

  /// The netlist as text.
  public static String print(Netlist netlist) {
    StringBuilder s = new StringBuilder("netlist ").append(quote(netlist.name())).append(" {\n");
    for (int i = 0; i < netlist.nets().size(); i++) {
      Netlist.Net net = netlist.net(i);
      s.append("  %").append(i).append(" = ").append(print(net.op())).append(" : ").append(net.range()).append("*2^")
          .append(-net.fraction()).append(net.layer().isEmpty() ? "" : " @" + quote(net.layer())).append('\n');
    }
    netlist.inputs().forEach(p -> s.append(port("in", p)));
    netlist.outputs().forEach(p -> s.append(port("out", p)));
    return s.append("}\n").toString();
  }

  private static String port(String kind, Netlist.Port port) {
    return "  " + kind + " " + quote(port.name()) + " ="
        + port.elements().stream().map(o -> " " + o).collect(Collectors.joining()) + "\n";
  }

  /// One operation with its operands and attributes.
  public static String print(NetOp op) {
    return switch (op) {
      case NetOp.Input(var port, var element) -> "input " + quote(port) + " " + element;
      case NetOp.Constant(var value) -> "constant value=" + value;
      case NetOp.Add(var a, var b) -> "add " + a + " " + b;
      case NetOp.Subtract(var a, var b) -> "sub " + a + " " + b;
      case NetOp.Negate(var x) -> "neg %" + x;
      case NetOp.Multiply(var a, var b) -> "mul %" + a + " %" + b;
      case NetOp.Compare(var comparison, var a, var b) ->
          comparison.name().toLowerCase(Locale.ROOT) + " " + a + " " + b;
      case NetOp.Select(var c, var a, var b) -> "select %" + c + " " + a + " " + b;
      case NetOp.Maximum(var a, var b) -> "max " + a + " " + b;
      case NetOp.Minimum(var a, var b) -> "min " + a + " " + b;
      case NetOp.Bits(var x, var low, var width, var signed) ->
          "bits %" + x + " low=" + low + " width=" + width + GraphText.flag("signed", signed);
      case NetOp.Table(var x, var table) -> "table %" + x + " " + quote(table.function()) + " first=" + table.first()
          + " entries=" + LongStream.of(table.entries()).mapToObj(Long::toString).collect(Collectors.joining(";"));
      case NetOp.Register(var x) -> "register %" + x;
    };
  }

  // ---- parsing ----------------------------------------------------------------------------------------------------

  /// Reads what [#print(Netlist)] prints, and verifies it.
  ///
  /// @throws NetlistException when the text has another form or the netlist is not well formed: line, what was found
  public static Netlist parse(String text) {
    String name = "";
    List<Netlist.Net> nets = new ArrayList<>();
    List<Netlist.Port> inputs = new ArrayList<>();
    List<Netlist.Port> outputs = new ArrayList<>();
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      String line = raw.strip();
      try {
        if (line.startsWith("netlist ")) {
          name = GraphText.unquote(matched(HEADER, line).group(1));
        } else if (line.startsWith("%")) {
          nets.add(net(matched(NET, line), nets.size()));
        } else if (!line.isEmpty() && !line.equals("}")) {
          Matcher m = matched(PORT, line);
          Netlist.Port port = new Netlist.Port(GraphText.unquote(m.group(2)), operands(m.group(3)));
          (m.group(1).equals("in") ? inputs : outputs).add(port);
        }
      } catch (IllegalArgumentException e) {
        throw new NetlistException("line " + number + ": " + e.getMessage() + ": " + line);
      }
    }
    Netlist netlist = new Netlist(name, nets, inputs, outputs);
    NetlistVerifier.verify(netlist);
    return netlist;
  }

  private static Matcher matched(Pattern pattern, String line) {
    Matcher m = pattern.matcher(line);
    if (!m.matches()) {
      throw new IllegalArgumentException("expected a netlist, a net or a port");
    }
    return m;
  }

  private static Netlist.Net net(Matcher m, int number) {
    if (Integer.parseInt(m.group(1)) != number) {
      throw new IllegalArgumentException("expected net %" + number);
    }
    long low = Long.parseLong(m.group(4));
    long high = m.group(5) == null ? low : Long.parseLong(m.group(5));
    return new Netlist.Net(op(m.group(2), m.group(3)), new Range(low, high), -Integer.parseInt(m.group(6)),
        m.group(7) == null ? "" : GraphText.unquote(m.group(7)));
  }

  private static List<Operand> operands(String text) {
    List<Operand> operands = new ArrayList<>();
    Matcher m = OPERAND.matcher(text);
    while (m.find()) {
      operands.add(new Operand(Integer.parseInt(m.group(1)), m.group(2) == null ? 0 : Integer.parseInt(m.group(2))));
    }
    return operands;
  }

  private static NetOp op(String name, String rest) {
    List<Operand> o = operands(rest);
    return switch (name) {
      case "input" -> new NetOp.Input(quoted(rest), Integer.parseInt(rest.substring(rest.lastIndexOf(' ') + 1)));
      case "constant" -> new NetOp.Constant(Long.parseLong(attribute(rest, "value")));
      case "add" -> new NetOp.Add(at(o, 0), at(o, 1));
      case "sub" -> new NetOp.Subtract(at(o, 0), at(o, 1));
      case "neg" -> new NetOp.Negate(at(o, 0).net());
      case "mul" -> new NetOp.Multiply(at(o, 0).net(), at(o, 1).net());
      case "select" -> new NetOp.Select(at(o, 0).net(), at(o, 1), at(o, 2));
      case "max" -> new NetOp.Maximum(at(o, 0), at(o, 1));
      case "min" -> new NetOp.Minimum(at(o, 0), at(o, 1));
      case "bits" -> new NetOp.Bits(at(o, 0).net(), Integer.parseInt(attribute(rest, "low")),
          Integer.parseInt(attribute(rest, "width")), rest.contains(" signed=true"));
      case "table" -> new NetOp.Table(at(o, 0).net(), new NetTable(quoted(rest),
          Long.parseLong(attribute(rest, "first")),
          Pattern.compile(";").splitAsStream(attribute(rest, "entries")).mapToLong(Long::parseLong).toArray()));
      case "register" -> new NetOp.Register(at(o, 0).net());
      default -> new NetOp.Compare(Comparison.valueOf(name.toUpperCase(Locale.ROOT)), at(o, 0), at(o, 1));
    };
  }

  private static Operand at(List<Operand> operands, int i) {
    if (i >= operands.size()) {
      throw new IllegalArgumentException("expected " + (i + 1) + " operands, found " + operands.size());
    }
    return operands.get(i);
  }

  private static String quoted(String text) {
    Matcher m = QUOTED.matcher(text);
    if (!m.find()) {
      throw new IllegalArgumentException("expected a name in quotes");
    }
    return GraphText.unquote(m.group(1));
  }

  private static String attribute(String text, String key) {
    Matcher m = ATTRIBUTE.matcher(text);
    while (m.find()) {
      if (m.group(1).equals(key)) {
        return m.group(2);
      }
    }
    throw new IllegalArgumentException("expected " + key + "=");
  }
}
