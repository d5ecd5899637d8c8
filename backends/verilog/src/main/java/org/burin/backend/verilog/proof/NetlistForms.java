package org.burin.backend.verilog.proof;

import org.burin.codegen.netlist.NetOp;
import org.burin.codegen.netlist.Netlist;
import org.burin.codegen.netlist.Operand;
import org.burin.codegen.netlist.Range;
import org.burin.fixed.FixedOp.Comparison;

/// The nets of a netlist as forms.
final class NetlistForms {
  private final Netlist netlist;
  private final Forms forms;
  private final Form[] nets;

  NetlistForms(Netlist netlist, Forms forms) {
    this.netlist = netlist;
    this.forms = forms;
    nets = new Form[netlist.nets().size()];
    for (int i = 0; i < nets.length; i++) {
      Range range = netlist.net(i).range();
      nets[i] = form(netlist.net(i).op(), range);
      forms.prove(nets[i], range);
    }
  }

  /// The net that an operand shifts.
  Form net(Operand o) {
    return nets[o.net()];
  }

  /// An operand.
  Form of(Operand o) {
    return nets[o.net()].times(1L << o.shift());
  }

  Netlist netlist() {
    return netlist;
  }

  private Form form(NetOp op, Range range) {
    return switch (op) {
      case NetOp.Input(var port, var element) -> forms.input(port, element, range);
      case NetOp.Constant(var value) -> Form.of(value);
      case NetOp.Add(var a, var b) -> of(a).plus(of(b));
      case NetOp.Subtract(var a, var b) -> of(a).minus(of(b));
      case NetOp.Negate(var x) -> nets[x].times(-1);
      case NetOp.Multiply(var a, var b) -> forms.product(nets[a], nets[b]);
      case NetOp.Compare(var comparison, var a, var b) -> compare(forms, comparison, of(a), of(b));
      case NetOp.Select(var c, var a, var b) -> choice(forms.isTrue(nets[c]), a, b, range);
      case NetOp.Maximum(var a, var b) -> choice(compare(forms, Comparison.GT, of(a), of(b)), a, b, range);
      case NetOp.Minimum(var a, var b) -> choice(compare(forms, Comparison.LT, of(a), of(b)), a, b, range);
      case NetOp.Bits(var x, var low, var width, var signed) -> forms.bits(nets[x], low, width, signed);
      case NetOp.Table(var x, var table) -> forms.table(nets[x], table);
      case NetOp.Register(var x) -> nets[x];
    };
  }

  /// A branch that is taken has the bits of the result; of one that has more only those count.
  private Form choice(Form condition, Operand a, Operand b, Range result) {
    return forms.choice(condition, forms.fitted(of(a), result.width(), result.signed()),
        forms.fitted(of(b), result.width(), result.signed()));
  }

  static Form compare(Forms forms, Comparison comparison, Form a, Form b) {
    return switch (comparison) {
      case LT -> forms.negative(a.minus(b));
      case GT -> forms.negative(b.minus(a));
      case LE -> Forms.not(forms.negative(b.minus(a)));
      case GE -> Forms.not(forms.negative(a.minus(b)));
      case EQ -> forms.zero(a.minus(b));
      case NE -> Forms.not(forms.zero(a.minus(b)));
    };
  }
}
