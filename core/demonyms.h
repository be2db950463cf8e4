/* demonyms: what the people, the language and the things of a place are called.
 *
 * The list (core/model/demonyms.txt, made by `make gazetteer`, origin in core/model/NOTICE.md) is
 * compiled in and looked through where it lies: two words a line parted by a tab, both as forms
 * (link_names.h), in order of bytes. */
#ifndef CORE_DEMONYMS_H
#define CORE_DEMONYMS_H

#include "core/base.h"

/* The place whose people are called that: "dutch": "netherlands", "iraqis": "iraq".  A static
 * string; empty for what the list does not hold and for a people of several places.  O(log list) */
struct str demonym_place(struct str form);

#endif
