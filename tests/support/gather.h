/* gather: a sink that keeps what a reader hands it, for tests to look at. */
#ifndef TESTS_SUPPORT_GATHER_H
#define TESTS_SUPPORT_GATHER_H

#include "corpus/reader.h"

struct gathered {
    struct arena memory; /* everything below is copied here */
    VEC(struct article) articles;
    VEC(struct issue) issues;
    uint32_t stop_after; /* articles; 0: never */
    uint32_t n_flushes;
    uint64_t done, total; /* the last progress */
};

struct sink gather_into(struct gathered *g);
void gather_free(struct gathered *g);

/* One reader over bytes in memory. */
void gather_read(struct gathered *g, void (*read)(const struct source *, const struct sink *),
                 const char *path, struct str bytes);
/* corpus_read over one path. */
enum status gather_path(struct gathered *g, const char *path);

/* Whether an issue says `what` somewhere in its sentence; null if none. */
const struct issue *gathered_issue(const struct gathered *g, const char *what);

/* The bytes of a file in an arena; a null pointer when it cannot be opened. */
struct str file_bytes(struct arena *a, const char *path);

#endif
