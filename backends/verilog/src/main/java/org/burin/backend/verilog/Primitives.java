package org.burin.backend.verilog;

/// Modules that do not depend on a model.
final class Primitives {
  private Primitives() {}

  /// A buffer of two places, so that `in_ready` comes from a register.
  static String skid(String top) {
    return """
        // Holds one word more than its receiver, so that in_ready does not depend on out_ready of the same cycle.
        module %s_skid #(
          parameter WIDTH = 8
        ) (
          input wire clk,
          input wire rst,
          input wire in_valid,
          output wire in_ready,
          input wire [WIDTH-1:0] in_data,
          output wire out_valid,
          input wire out_ready,
          output wire [WIDTH-1:0] out_data
        );

          reg full;
          reg [WIDTH-1:0] spare;

          assign in_ready = ~full;
          assign out_valid = in_valid | full;
          assign out_data = full ? spare : in_data;
          always @(posedge clk) begin
            if (rst) full <= 1'b0;
            else full <= out_valid & ~out_ready;
          end
          always @(posedge clk) begin
            if (~full) spare <= in_data;
          end
        endmodule
        """.formatted(top);
  }

  /// A register three times, with a majority voter. Synthesis would merge the copies if they were not modules to keep.
  static String tmrRegister(String top, boolean enable) {
    return """
        // A register in three copies; its output is what at least two of them hold.
        module %1$s_tmr_register #(
          parameter WIDTH = 8
        ) (
          input wire clk,
        %2$s  input wire [WIDTH-1:0] d,
          output wire [WIDTH-1:0] q
        );

          wire [WIDTH-1:0] qa;
          wire [WIDTH-1:0] qb;
          wire [WIDTH-1:0] qc;
          assign q = (qa & qb) | (qa & qc) | (qb & qc);
          (* keep_hierarchy *)
          %1$s_tmr_bank #(.WIDTH(WIDTH)) a (.clk(clk), .d(%3$s), .q(qa));
          (* keep_hierarchy *)
          %1$s_tmr_bank #(.WIDTH(WIDTH)) b (.clk(clk), .d(%3$s), .q(qb));
          (* keep_hierarchy *)
          %1$s_tmr_bank #(.WIDTH(WIDTH)) c (.clk(clk), .d(%3$s), .q(qc));
        endmodule
        """.formatted(top, enable ? "  input wire ce,\n" : "", enable ? "ce ? d : q" : "d");
  }

  /// One of the three copies.
  static String tmrBank(String top) {
    return """
        // One copy of a triplicated register.
        (* keep_hierarchy *)
        module %s_tmr_bank #(
          parameter WIDTH = 8
        ) (
          input wire clk,
          input wire [WIDTH-1:0] d,
          output wire [WIDTH-1:0] q
        );

          (* keep *)
          reg [WIDTH-1:0] bits;

          assign q = bits;
          always @(posedge clk) begin
            bits <= d;
          end
        endmodule
        """.formatted(top);
  }
}
