/* SPDX-License-Identifier: MIT */
#include "energy/survey.h"
