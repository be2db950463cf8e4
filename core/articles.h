/* articles: what came in, with what was found in each, in segments.
 *
 * A segment is a run of articles that were read one after another.  It is filled by the one
 * thread that reads, then analysed by one worker (finders, index), then never changes again: so
 * a reader that asks while loading sees finished segments and takes no lock.  Text is copied
 * once, when an article enters its segment; everything after points into it. */
#ifndef CORE_ARTICLES_H
#define CORE_ARTICLES_H

#include "core/arena.h"
#include "core/base.h"
#include "core/find.h"

/* No article's text is longer than this; what is more is cut, with an issue. */
#define ARTICLE_BYTES_MAX (64u << 20)

enum published_from {
    PUBLISHED_NONE = 0, /* undated */
    PUBLISHED_HEADER,
    PUBLISHED_PAGE,     /* metadata of an HTML page */
    PUBLISHED_TEXT,
    PUBLISHED_FILE,     /* the file's name or folders say so: "2003/02/14/x.txt" */
};

/* What identifies a text wherever its file moves: a 128-bit hash of the text (SipHash, fixed
 * key: a fingerprint, not a secret). */
struct article_key {
    uint64_t hi, lo;
};

struct article {
    struct str path; /* as given or found; "path#N", N from 1, for several in one file */
    struct str title;  /* never empty: the first line, or its beginning, where none is stated */
    struct str outlet, author, url, tags; /* empty: not stated; tags parted by ", " */
    struct str text;   /* valid UTF-8, '\n' line ends, the header taken off */
    int32_t published; /* day, or DAY_NONE */
    int32_t not_before; /* day that the text bounds an undated article by, or DAY_NONE */
    uint8_t published_from;
    uint8_t title_in_text; /* the title was taken from the text, which begins with it */
    uint8_t format;        /* enum article_format */
    uint32_t words;        /* tokens; to be read once the article is analysed, not before */
    uint32_t issues;       /* how many issues name this article */
    struct article_key key;
    uint64_t file_bytes; /* of the file, for the progress bar */
};

enum article_format { FORMAT_TEXT = 0, FORMAT_MARKDOWN, FORMAT_JSON, FORMAT_HTML, FORMAT_FILTER };

/* Something about the input that a person should know. */
struct issue {
    struct str path;    /* file or folder */
    uint64_t byte;      /* where in the file; UINT64_MAX: the file as a whole */
    struct str what;    /* a sentence for people, without the path */
    article_id article; /* the article it is about, or none */
    uint8_t fatal;      /* the file could not be read at all: exit status 3 */
};

/* Runs of rows: borrowed, valid as long as the segment. */
struct sentence_run { const struct sentence *v; uint32_t n; };
struct mention_run  { const struct mention *v; uint32_t n; };
struct date_run     { const struct date *v; uint32_t n; };
struct quote_run    { const struct quote *v; uint32_t n; };

struct index_segment; /* index.h */

struct segment {
    article_id first;           /* the id of row 0 */
    VEC(struct article) rows;
    struct arena memory;        /* texts and strings of the rows, values of dates */
    uint64_t text_bytes;
    int32_t today; /* relative dates of undated articles are reckoned from it; DAY_NONE */
    /* From here on: made by segment_analyse. */
    struct found found;
    struct { uint32_t sentence, mention, date, quote; } *starts; /* rows.n + 1 of them */
    struct index_segment *index;
    double find_seconds, index_seconds;
};

struct segment *segment_new(void);
void segment_free(struct segment *s);

/* Copies the article in, its strings with it.  The text must be valid UTF-8 (utf8_repair) of at
 * most ARTICLE_BYTES_MAX; title and key are made here where they are empty. */
struct article *segment_add(struct segment *s, const struct article *a);

/* Runs the finders (none: f null) and the index (if asked) over all rows.  On one thread at a
 * time; f is that thread's. */
void segment_analyse(struct segment *s, struct finder *f, bool with_index);

struct article_key article_key_of(struct str text);

/* The title of a text that states none: its first line that is not blank, cut behind a word at
 * some 120 bytes.  A view into `text`; empty when all of it is blank. */
struct str title_from_text(struct str text);

/* ---- all articles, as far as they are there ---- */

/* A snapshot is a copy of this struct: the array of segments is only ever replaced. */
struct articles {
    const struct segment *const *segments; /* in order of `first` */
    uint32_t n_segments;
    uint32_t n;        /* articles; ids 1..n */
    uint32_t analysed; /* ids 1..analysed have their rows */
};

/* Zero when `id` is none or not there.  O(log segments). */
const struct article *article_at(const struct articles *all, article_id id);

/* What the finders found in one article, in order of begin; empty until analysed.  Names and
 * quotations here are those of the single article: for linked ones ask dossier_mentions and
 * dossier_quotes. */
struct sentence_run article_sentences(const struct articles *all, article_id id);
struct mention_run article_mentions(const struct articles *all, article_id id);
struct date_run article_dates(const struct articles *all, article_id id);
struct quote_run article_quotes(const struct articles *all, article_id id);

/* The sentence that holds byte `at`, or the nearest before it; null in a text without any. */
const struct sentence *sentence_at(struct sentence_run run, uint32_t at);

#endif
