# The libraries of the process. This file is a template: the three names are the only part that depends on a foundry.
#
# For a 65 nm low-power library, characterized for Catapult by its library builder as NAME_beh:
#   set technology  tcbn65lp_beh     the base library with the behaviour of every operator
#   set memories    ram_65lp         a library of compiled memories, if weights or line buffers lie in memories
#   set corner      ss_1p08v_125c    the corner that it was characterized for, the end of the names of its files
# Burin fills them from the options technology=, memories= and corner=.
set technology «technology»
set memories   {«memories»}
set corner     {«corner»}

if {$corner ne {}} {
  append technology _$corner
}
solution library add $technology -- -rtlsyntool DesignCompiler
if {$memories ne {}} {
  solution library add $memories
}
