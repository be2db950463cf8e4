/* header: what stands before an article's text and is about it.
 *
 * Three forms, told apart by the first line:
 *   ` date 2023-08-04 `   at the very start, the text following on the same line;
 *   `Key: value` lines    up to a blank line;
 *   front matter          `---`, YAML-like `key: value` lines and lists, `---`.
 * A text whose first line merely holds a colon has no header. */
#ifndef CORPUS_HEADER_H
#define CORPUS_HEADER_H

#include "core/articles.h"

struct header {
    size_t bytes;     /* to take off the text; 0: there is no header */
    struct str title, author, outlet, url, tags; /* views into the text, or in the arena */
    struct str date;  /* as written; empty: not stated */
    int32_t published; /* DAY_NONE: not stated, or not understood */
    int32_t not_before; /* where `date` names a month or a year only, its first day */
};

/* `text` is valid UTF-8 with '\n' line ends.  Looks at the first 64 KB and 200 lines. */
struct header header_parse(struct arena *a, struct str text);

/* Gives the article what the header states. */
void header_apply(const struct header *h, struct article *a);

/* `date` as in headers and page metadata into published and not_before; both DAY_NONE where
 * nothing can be made of it. */
void header_date(struct str date, int32_t *published, int32_t *not_before);

/* "[a, 'b']" or "a; b" or "a,b" as "a, b". */
struct str header_tags(struct arena *a, struct str tags);

#endif
