# The flow of Vitis HLS: vitis-run --mode hls --tcl build_prj.tcl
#
# Steps are chosen below, or by variables of the environment, as in: COSIM=1 EXPORT=1 vitis-run --mode hls --tcl build_prj.tcl
proc step {name default} {
  return [expr {[info exists ::env($name)] ? $::env($name) : $default}]
}
set reset  [step RESET 1]
set csim   [step CSIM 1]
set csynth [step CSYNTH 1]
set cosim  [step COSIM 0]
set export [step EXPORT 0]
set vsynth [step VSYNTH 0]

set folder [file dirname [file normalize [info script]]]
cd $folder
if {$reset} {
  open_project -reset «top»_prj
} else {
  open_project «top»_prj
}
set_top «top»
add_files firmware/«top».cpp -cflags "-std=c++14 -Ifirmware/kernels"
add_files -tb «top»_test.cpp -cflags "-std=c++14 -I$folder -Ifirmware/kernels"
add_files -tb tb_data
if {$reset} {
  open_solution -reset solution1 -flow_target vivado
} else {
  open_solution solution1 -flow_target vivado
}
set_part {«part»}
create_clock -period «clock» -name default
set_clock_uncertainty «uncertainty»% default
config_compile -name_max_length 80
config_array_partition -complete_threshold 0

if {$csim} {
  csim_design -argv $folder/tb_data
}
if {$csynth} {
  csynth_design
}
if {$cosim} {
  cosim_design -trace_level none -argv $folder/tb_data
}
if {$export} {
  export_design -format ip_catalog -ipname «top» -vendor burin -version 1.0
}
if {$vsynth} {
  exec vivado -mode batch -source vivado_synth.tcl >@ stdout
}
exit
