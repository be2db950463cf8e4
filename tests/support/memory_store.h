/* memory_store: notes kept in memory, and refused on demand. */
#ifndef TESTS_SUPPORT_MEMORY_STORE_H
#define TESTS_SUPPORT_MEMORY_STORE_H

#include "core/notes.h"

struct notes_store *memory_store_open(void);
/* Writes answer this from now on. */
void memory_store_fail(struct notes_store *s, enum status status);
/* Another session changed something: the next question says so. */
void memory_store_touch(struct notes_store *s);

#endif
