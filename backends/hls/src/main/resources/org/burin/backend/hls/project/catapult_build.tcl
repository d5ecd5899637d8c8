# The flow of Catapult: catapult -shell -file build_prj.tcl
#
# Steps beyond synthesis are chosen by variables of the environment, as in: COSIM=1 catapult -shell -file build_prj.tcl
proc step {name default} {
  return [expr {[info exists ::env($name)] ? $::env($name) : $default}]
}
set csim  [step CSIM 1]
set cosim [step COSIM 0]
set power [step POWER 0]

set folder [file dirname [file normalize [info script]]]
project new -name «top»_prj
options set Input/CppStandard c++14
options set Input/CompilerFlags {-DMC_SIMULATOR}
options set Input/SearchPath [list $folder $folder/firmware $folder/firmware/kernels]
flow package require /SCVerify
flow package option set /SCVerify/INVOKE_ARGS $folder/tb_data

solution file add $folder/firmware/«top».cpp -type C++
solution file add $folder/«top»_test.cpp -type C++ -exclude true

go analyze
solution design set «top» -top
go compile
if {$csim} {
  flow run /SCVerify/launch_make ./scverify/Verify_orig_cxx_osci.mk {} SIMTOOL=osci sim
}

# Technology, memories, operating corner: see library.tcl.
source $folder/library.tcl
directive set -CLOCKS {clk {-CLOCK_PERIOD «clock» -CLOCK_EDGE rising -CLOCK_UNCERTAINTY 0.0 -CLOCK_HIGH_TIME «half» -RESET_SYNC_NAME rst -RESET_ASYNC_NAME arst_n -RESET_KIND sync -RESET_SYNC_ACTIVE high -RESET_ASYNC_ACTIVE low -ENABLE_ACTIVE high}}
go libraries
go assembly
source $folder/directives.tcl
go architect
go allocate
go schedule
go dpfsm
go extract
if {$cosim} {
  flow run /SCVerify/launch_make ./scverify/Verify_concat_sim_rtl_v_msim.mk {} SIMTOOL=msim sim
}
if {$power} {
  go switching
  go power
}
project save
