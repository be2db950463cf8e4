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
    struct str bytes;   /* the file, undecoded, or a piece of it */
    struct str charset; /* named by the caller or a page; empty: recognise it */
    /* For a file that is read in pieces (reader.by_lines); all zero when it is here as a whole. */
    uint64_t offset;    /* of bytes.p in the file, for issues */
    uint64_t lines;     /* that ended before bytes.p */
    uint32_t before;    /* articles that came out of earlier pieces */
    bool more;          /* there is more of the file behind these bytes */
    uint64_t file_bytes; /* of the whole file; 0: bytes.n */
};

/* One a format; `takes` looks at the name and the first bytes. */
struct reader {
    const char *name;
    bool (*takes)(struct str path, struct str head);
    void (*read)(const struct source *s, const struct sink *to);
    bool by_lines; /* may be given in pieces that end with a line: the file needs no room */
    uint64_t bytes_max; /* of a file that is read as a whole; 0: what one article may need */
};

/* The first of the table of formats that takes it; plain text is the last and takes everything. */
const struct reader *reader_for(struct str path, struct str head);

/* `name` ends in one of `endings` (".txt", NULL-terminated list), in any case of ASCII letters. */
bool path_ends_in(struct str path, const char *const *endings);

/* An issue about the file of `s`: `byte` counts from the beginning of s->bytes, SIZE_MAX for the
 * file as a whole; `fatal`: something was lost for good.  The sentence is printf's. */
void source_issue(const struct source *s, const struct sink *to, size_t byte, bool fatal,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));

void read_text(const struct source *s, const struct sink *to);
void read_jsonl(const struct source *s, const struct sink *to); /* one record a line */
void read_json(const struct source *s, const struct sink *to);  /* an array, or records in a row */
void read_html(const struct source *s, const struct sink *to);

#endif
