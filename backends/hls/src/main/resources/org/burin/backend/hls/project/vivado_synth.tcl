# Out-of-context synthesis by Vivado of the Verilog that Vitis HLS wrote: vivado -mode batch -source vivado_synth.tcl
cd [file dirname [file normalize [info script]]]
foreach script [glob -nocomplain «top»_prj/solution1/syn/verilog/*.tcl] {
  source $script
}
add_files [glob «top»_prj/solution1/syn/verilog/*.v]
set dats [glob -nocomplain «top»_prj/solution1/syn/verilog/*.dat]
if {[llength $dats] > 0} {
  add_files $dats
}
synth_design -top «top» -part «part» -mode out_of_context
create_clock -period «clock» -name ap_clk [get_ports ap_clk]
report_utilization -file vivado_synth.rpt
report_timing_summary -file vivado_timing.rpt
