# How arrays are built, beyond the pragmas in the sources: those between layers are registers, as all of their elements
# are used at once. Directives of single layers belong here too; their loops are under /«top»/core.
directive set -DESIGN_GOAL latency
directive set -REGISTER_THRESHOLD 65536
directive set -MEM_MAP_THRESHOLD 65536
