// The macros of SCVerify for simulation with a plain C++ compiler: there is one design, and it is called directly.
#ifndef BURIN_MC_SCVERIFY_H
#define BURIN_MC_SCVERIFY_H

#define CCS_BLOCK(function) function
#define CCS_DESIGN(function) function
#define CCS_MAIN(...) int main(__VA_ARGS__)
#define CCS_RETURN(status) return status

#endif
