/* tiny_case: a dossier made of a few texts, with everything found, linked and indexed. */
#ifndef TESTS_SUPPORT_TINY_CASE_H
#define TESTS_SUPPORT_TINY_CASE_H

#include "core/dossier.h"

struct tiny_article {
    const char *path, *published; /* published: ISO, or null: undated */
    const char *text;
};

struct dossier *tiny_case(const struct tiny_article *rows, size_t n);

/* The passage as a C string, for assertions; in a static buffer, valid until the next call. */
const char *tiny_text(const struct dossier *d, struct passage p);

#endif
