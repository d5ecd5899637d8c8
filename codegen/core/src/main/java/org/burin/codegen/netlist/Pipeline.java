package org.burin.codegen.netlist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// A netlist with registers, so that a new sample enters with every clock cycle.
///
/// The nets are cut at points in time of an unclocked run: what is ready before a cut is held in registers there if it is
/// used behind it. Of all cuts that keep to the clock period those are taken that need the fewest registers' bits. The last
/// cut is behind the outputs, which therefore come from registers.
///
/// @param netlist the nets with registers among them
/// @param latency the clock cycles from the inputs to the outputs
/// @param period the longest delay between registers by the delay model, in picoseconds
public record Pipeline(Netlist netlist, int latency, int period) {
  /// The step of points in time, in picoseconds.
  private static final int GRID = 25;

  /// So many registers between the inputs and the outputs, the longest delay as short as possible.
  ///
  /// @param stages 0 for no register
  public static Pipeline ofStages(Netlist netlist, DelayModel model, int stages) {
    Cutter cutter = new Cutter(netlist, model);
    if (stages == 0) {
      return new Pipeline(netlist, 0, cutter.end());
    }
    int low = 1;
    int high = Math.max(1, cutter.end() / GRID + 1);
    while (low < high) {
      int middle = (low + high) / 2;
      if (cutter.cuts(middle * GRID).length <= stages) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int[] cuts = cutter.cuts(high * GRID);
    // A net of fewer steps than stages has registers in a row at the end.
    int[] all = Arrays.copyOf(cuts, stages);
    Arrays.fill(all, cuts.length, stages, cuts[cuts.length - 1]);
    return cutter.pipeline(all);
  }

  /// As few registers as this clock period allows.
  ///
  /// @param period in picoseconds; an operation that takes longer has a stage of its own
  public static Pipeline ofPeriod(Netlist netlist, DelayModel model, int period) {
    Cutter cutter = new Cutter(netlist, model);
    return cutter.pipeline(cutter.cuts(period));
  }

  /// The bits of all registers.
  public int registerBits() {
    return netlist.nets().stream().filter(n -> n.op() instanceof NetOp.Register).mapToInt(Netlist.Net::width).sum();
  }

  /// Finds and makes cuts.
  private static final class Cutter {
    private final Netlist netlist;
    private final int[] delay;
    /// When each net is ready.
    private final int[] ready;
    /// The last time at which each net is used.
    private final int[] used;
    private final int[] times;

    Cutter(Netlist netlist, DelayModel model) {
      this.netlist = netlist;
      int n = netlist.nets().size();
      delay = new int[n];
      ready = new int[n];
      used = new int[n];
      TreeSet<Integer> points = new TreeSet<>(List.of(0));
      for (int i = 0; i < n; i++) {
        NetOp op = netlist.net(i).op();
        delay[i] = (model.of(netlist, netlist.net(i)) + GRID - 1) / GRID * GRID;
        for (Operand o : op.operands()) {
          ready[i] = Math.max(ready[i], ready[o.net()]);
        }
        ready[i] += delay[i];
        points.add(ready[i]);
        for (Operand o : op.operands()) {
          used[o.net()] = Math.max(used[o.net()], ready[i]);
        }
      }
      int end = points.last();
      netlist.outputs().forEach(p -> p.elements().forEach(o -> used[o.net()] = end + 1));
      times = points.stream().mapToInt(Integer::intValue).toArray();
    }

    int end() {
      return times[times.length - 1];
    }

    /// The bits of registers at each point in time.
    private long[] bits() {
      long[] change = new long[times.length + 1];
      for (int i = 0; i < ready.length; i++) {
        if (!(netlist.net(i).op() instanceof NetOp.Constant) && used[i] > ready[i]) {
          change[Arrays.binarySearch(times, ready[i])] += netlist.net(i).width();
          int behind = Arrays.binarySearch(times, used[i]);
          change[behind < 0 ? -behind - 1 : behind] -= netlist.net(i).width();
        }
      }
      for (int k = 1; k < change.length; k++) {
        change[k] += change[k - 1];
      }
      return change;
    }

    /// The delay from each point in time to the earliest begin of an operation that ends behind it.
    private int[] overhang() {
      int[] overhang = new int[times.length];
      for (int i = 0; i < ready.length; i++) {
        int last = Arrays.binarySearch(times, ready[i]) - 1;
        for (int k = last; k >= 0 && times[k] > ready[i] - delay[i]; k--) {
          overhang[k] = Math.max(overhang[k], times[k] - (ready[i] - delay[i]));
        }
      }
      return overhang;
    }

    /// The times of the fewest cuts that keep to a period, and of these the ones with the fewest bits; the last cut is the
    /// end.
    int[] cuts(int period) {
      long[] bits = bits();
      int[] overhang = overhang();
      int n = times.length;
      int[] count = new int[n];
      long[] cost = new long[n];
      int[] before = new int[n];
      for (int k = 1; k < n; k++) {
        count[k] = Integer.MAX_VALUE;
        for (int j = k - 1; j >= 0; j--) {
          boolean fits = times[k] - times[j] + overhang[j] <= period || j == k - 1;
          if (times[k] - times[j] > period && j < k - 1) {
            break;
          }
          long c = cost[j] + bits[k];
          if (fits && (count[j] + 1 < count[k] || (count[j] + 1 == count[k] && c < cost[k]))) {
            count[k] = count[j] + 1;
            cost[k] = c;
            before[k] = j;
          }
        }
      }
      if (n == 1) {
        return new int[] {0};
      }
      int[] cuts = new int[count[n - 1]];
      for (int k = n - 1, at = cuts.length - 1; at >= 0; k = before[k], at--) {
        cuts[at] = times[k];
      }
      return cuts;
    }

    /// The stage of a point in time: the number of cuts before it.
    private static int stage(int time, int[] cuts) {
      int stage = 0;
      while (stage < cuts.length - 1 && time > cuts[stage]) {
        stage++;
      }
      return stage;
    }

    Pipeline pipeline(int[] cuts) {
      int n = ready.length;
      int[] stages = new int[n];
      int[] last = new int[n];
      for (int i = 0; i < n; i++) {
        stages[i] = stage(ready[i], cuts);
        last[i] = stages[i];
        for (Operand o : netlist.net(i).op().operands()) {
          last[o.net()] = Math.max(last[o.net()], stages[i]);
        }
      }
      int latency = cuts.length;
      netlist.outputs().forEach(p -> p.elements().forEach(o -> last[o.net()] = latency));
      int[][] held = new int[n][];
      List<Netlist.Net> nets = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Netlist.Net net = netlist.net(i);
        int stage = stages[i];
        NetOp op = net.op().map(o -> at(o, stage, stages, held));
        boolean everywhere = op instanceof NetOp.Constant;
        held[i] = new int[everywhere ? 1 : last[i] - stage + 1];
        for (int k = 0; k < held[i].length; k++) {
          held[i][k] = nets.size();
          nets.add(new Netlist.Net(k == 0 ? op : new NetOp.Register(nets.size() - 1), net.range(), net.fraction(),
              net.layer()));
        }
      }
      Netlist piped = new Netlist(netlist.name(), nets, ports(netlist.inputs(), 0, stages, held),
          ports(netlist.outputs(), latency, stages, held));
      return new Pipeline(piped, latency, longest(piped));
    }

    private static int at(int net, int stage, int[] stages, int[][] held) {
      return held[net][held[net].length == 1 ? 0 : stage - stages[net]];
    }

    private static List<Netlist.Port> ports(List<Netlist.Port> ports, int stage, int[] stages, int[][] held) {
      return ports.stream().map(p -> new Netlist.Port(p.name(), p.elements().stream()
          .map(o -> new Operand(at(o.net(), stage, stages, held), o.shift())).toList())).toList();
    }

    /// The longest delay between registers.
    private int longest(Netlist piped) {
      int[] since = new int[piped.nets().size()];
      int longest = 0;
      int original = 0;
      for (int i = 0; i < since.length; i++) {
        NetOp op = piped.net(i).op();
        if (op instanceof NetOp.Register) {
          continue;
        }
        for (Operand o : op.operands()) {
          since[i] = Math.max(since[i], since[o.net()]);
        }
        since[i] += delay[original++];
        longest = Math.max(longest, since[i]);
      }
      return longest;
    }
  }
}
