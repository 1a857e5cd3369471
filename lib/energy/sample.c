/* SPDX-License-Identifier: MIT */
#include "energy/sample.h"
