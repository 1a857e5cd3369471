/* SPDX-License-Identifier: MIT */
/*
 * jansson -- jansson.h beside record/json.h, which has some of its names, too
 */
#ifndef TK_UNIT_JANSSON_H
#define TK_UNIT_JANSSON_H

#define JSON_NULL JANSSON_NULL
#define JSON_FALSE JANSSON_FALSE
#define JSON_TRUE JANSSON_TRUE
#define JSON_INTEGER JANSSON_INTEGER
#define JSON_STRING JANSSON_STRING
#define JSON_ARRAY JANSSON_ARRAY
#include <jansson.h>
#undef JSON_NULL
#undef JSON_FALSE
#undef JSON_TRUE
#undef JSON_INTEGER
#undef JSON_STRING
#undef JSON_ARRAY

#endif
