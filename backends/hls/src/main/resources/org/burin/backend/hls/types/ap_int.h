// Included by code that uses ap_int; see ap_fixed.h.
#ifndef BURIN_AP_INT_H
#define BURIN_AP_INT_H

#include "ap_fixed.h"

#endif
