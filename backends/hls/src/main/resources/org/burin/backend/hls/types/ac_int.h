// Included by code that uses ac_int; see ac_fixed.h.
#ifndef BURIN_AC_INT_H
#define BURIN_AC_INT_H

#include "ac_fixed.h"

#endif
