/* given_names: which sex a given name hints at. */
#ifndef CORE_GIVEN_NAMES_H
#define CORE_GIVEN_NAMES_H

#include "core/base.h"

/* 1: mostly men, -1: mostly women, 0: unknown.  `name` is one word, in any ASCII case.  Some
 * microseconds: asked once a person, not once a word. */
int given_name_sex(struct str name);

#endif
