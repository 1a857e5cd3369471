/* SPDX-License-Identifier: MIT */
#include "energy/zone.h"
