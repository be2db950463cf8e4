/* reader: the contract of a format.  Bytes in; articles and issues out through a sink.
 *
 * A reader is a pure function of a buffer: it opens nothing, keeps nothing, and what it hands to
 * the sink need live only during that call (the dossier copies).  Broken input is told as an
 * issue, and the rest is read on. */
#ifndef CORPUS_READER_H
#define CORPUS_READER_H

#include "core/articles.h"

struct sink {
    void (*article)(void *ctx, const struct article *a); /* text: valid UTF-8, '\n' line ends */
    void (*issue)(void *ctx, const struct issue *i);
    bool (*stop)(void *ctx); /* asked now and then: true ends the reading soon; may be null */
    void *ctx;
};

struct source {
    struct str path;    /* for article.path and issues */
    struct str bytes;   /* the file, undecoded */
    struct str charset; /* named by the caller or a page; empty: recognise it */
};

/* One a format; `takes` looks at the name and the first bytes. */
struct reader {
    const char *name;
    bool (*takes)(struct str path, struct str head);
    void (*read)(const struct source *s, const struct sink *to);
};

/* The table of formats, first match wins, plain text last (it takes everything). */
extern const struct reader readers[];
extern const size_t n_readers;

void read_text(const struct source *s, const struct sink *to);
void read_jsonl(const struct source *s, const struct sink *to);
void read_html(const struct source *s, const struct sink *to);

#endif
