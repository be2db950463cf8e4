/* pattern: PCRE2, compiled once with JIT, matched under limits.
 *
 * Two users with opposite needs.  The finders bring patterns of the house, which are known to be
 * harmless: for them matching is one call.  A reader brings any pattern at all, over any text at
 * all: for them a search runs in windows, asks between two of them whether it should stop, and
 * never takes "gave up" for "no match".
 *
 * Text must be valid UTF-8 (utf8_repair); it is not checked again here. */
#ifndef CORE_PATTERN_H
#define CORE_PATTERN_H

#include "core/base.h"

struct pattern; /* read only once made: one may serve any number of threads */
struct matcher; /* what a match needs for itself; one a thread */

enum pattern_flag {
    PATTERN_CASELESS = 1,
    PATTERN_LITERAL = 2,  /* every character stands for itself */
    PATTERN_EXTENDED = 4, /* blanks and # comments in the source do not count */
    PATTERN_MULTILINE = 8, /* ^ and $ at line ends */
    PATTERN_BYTES = 16,   /* of the house alone: text is bytes, not UTF-8 */
};

#define PATTERN_SOURCE_BYTES_MAX 8192
#define PATTERN_GROUPS           16 /* group 0 is the match; those above 15 are not reported */

/* Why a source was refused, for a person; `at` is a byte of it. */
struct pattern_error {
    size_t at;
    char what[160];
};

/* ERR_SYNTAX when the source is no pattern, or asks for what is not allowed: \C, which can stop
 * inside a character, and the settings at its head that touch limits or the engine, "(*LIMIT_…)".
 * ERR_LIMIT when it is too long or too large.  `why` may be null, and is written on failure alone.
 * The caller frees the pattern. */
enum status pattern_compile(struct str source, unsigned flags, struct pattern **out,
                            struct pattern_error *why);
void pattern_free(struct pattern *p); /* null is welcome */

struct matcher *matcher_open(void);
void matcher_close(struct matcher *m);

/* The first match at or after byte `from`.  For patterns of the house: it runs to its end.  Groups
 * that took no part are empty at 0. */
bool pattern_match(const struct pattern *p, struct matcher *m, struct str text, size_t from,
                   struct span groups[PATTERN_GROUPS]);

/* The name of the last (*MARK:…) passed in the match just made; empty if none.  Lives as long as
 * the pattern. */
struct str matcher_mark(const struct matcher *m);

/* ---- a reader's pattern over any text ---- */

/* No match is longer than this, and none is looked for that would be: `$` and look-ahead see no
 * further in a text longer than a window (64 KB) than this behind it. */
#define PATTERN_REACH_BYTES 16384

/* Asked between two windows, that is, after some milliseconds at most: OK to go on, ERR_LIMIT when
 * time is up, ERR_CANCELLED when nobody waits any more.  Null: never stop. */
struct pattern_guard {
    enum status (*check)(void *context);
    void *context;
};

struct pattern_search {
    const struct pattern *pattern;
    struct matcher *matcher;
    struct str text;
    struct pattern_guard guard;
    size_t at;       /* where to go on; begin with 0 */
    bool incomplete; /* some place was left untried because the pattern took too many steps there:
                        what was found is true, what was not found may be there */
};

/* The next match; empty matches are passed over.  OK: *hit is written, and `at` is behind it.
 * ERR_ABSENT: there are no more (say so only when `incomplete` is false).  ERR_LIMIT,
 * ERR_CANCELLED: the guard said so; calling again goes on from there. */
enum status pattern_search_next(struct pattern_search *s, struct span *hit);

#endif
