/* base: the words that every room uses: string views, spans, typed ids, status.
 *
 * Nothing here allocates.  A `str` is a view and never owns; a `span` is a half-open range of
 * bytes of one article's text; an id is a struct around an integer, so that the compiler keeps
 * an article from being taken for an entity.  Id zero means "none", and row zero of every table
 * is reserved, so a zeroed struct is harmless. */
#ifndef CORE_BASE_H
#define CORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* ---- status ---- */

/* What may fail returns one of these; results go through `out` pointers, written on OK alone. */
enum status {
    OK = 0,
    ERR_SYNTAX,    /* the input does not follow its grammar */
    ERR_LIMIT,     /* a ceiling was met: size, depth, steps, time */
    ERR_IO,        /* the system refused; errno says why */
    ERR_ABSENT,    /* no such file, article, row */
    ERR_READONLY,  /* the place may be read and not written */
    ERR_CORRUPT,   /* a file that is not what it says it is */
    ERR_CANCELLED, /* the cancel flag was raised */
};

/* ---- string views ---- */

/* `n` bytes at `p`; not NUL-terminated.  The empty string may have a null `p`. */
struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

static inline struct str str_of(const char *c_string)
{
    return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

static inline struct str str_from(const char *p, size_t n)
{
    return (struct str){p, n};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

/* Bytewise order, shorter first on a tie: that of code points for UTF-8. */
static inline int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

static inline bool str_starts(struct str s, struct str head)
{
    return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0);
}

static inline bool str_ends(struct str s, struct str tail)
{
    return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0);
}

/* Without ASCII blanks, line ends included, at either end. */
static inline struct str str_trim(struct str s)
{
    while (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
        s.p++, s.n--;
    while (s.n && (s.p[s.n - 1] == ' ' || (s.p[s.n - 1] >= '\t' && s.p[s.n - 1] <= '\r')))
        s.n--;
    return s;
}

/* ---- spans ---- */

/* Bytes [begin, end) of an article's text, on character boundaries.  begin == end is empty. */
struct span {
    uint32_t begin, end;
};

static inline struct span span_of(size_t begin, size_t end)
{
    return (struct span){(uint32_t)begin, (uint32_t)end};
}

static inline uint32_t span_length(struct span s)
{
    return s.end - s.begin;
}

static inline bool span_is_empty(struct span s)
{
    return s.begin >= s.end;
}

static inline bool span_touches(struct span a, struct span b)
{
    return a.begin < b.end && b.begin < a.end;
}

static inline bool span_holds(struct span outer, struct span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/* The bytes of `text` at `s`; `s` lies inside `text`. */
static inline struct str str_at(struct str text, struct span s)
{
    return (struct str){text.p + s.begin, s.end - s.begin};
}

/* ---- ids ---- */

typedef struct { uint32_t v; } article_id; /* 1.. in the order articles came in */
typedef struct { uint32_t v; } entity_id;
typedef struct { uint32_t v; } group_id; /* all wordings of one utterance */
typedef struct { uint32_t v; } event_id;

#define NO_ARTICLE ((article_id){0})
#define NO_ENTITY  ((entity_id){0})
#define NO_GROUP   ((group_id){0})
#define NO_EVENT   ((event_id){0})

/* A passage: where something stands.  The address that every cross-reference comes down to. */
struct passage {
    article_id article;
    struct span at;
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Is it one of `words`, an array of C strings, letter for letter?  They are compared one after
 * another. */
#define str_among(s, words) str_among_((s), (words), COUNT_OF(words))

static inline bool str_among_(struct str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, str_of(words[i])))
            return true;
    return false;
}

/* Does one of `parts`, an array of C strings, stand somewhere in it?  Linear in it for each. */
#define str_holds_any(s, parts) str_holds_any_((s), (parts), COUNT_OF(parts))

static inline bool str_holds_any_(struct str s, const char *const *parts, size_t n)
{
    for (size_t i = 0; s.n && i < n; i++)
        if (memmem(s.p, s.n, parts[i], strlen(parts[i])))
            return true;
    return false;
}

/* Is it one of `words`, which single blanks part?  The longer they are the more it costs; what
 * begins as none of them does costs least. */
static inline bool str_in_words(struct str s, const char *words)
{
    for (const char *p = s.n ? strchr(words, *s.p) : NULL; p && *p; p = strchr(p + 1, *s.p)) {
        bool begins = p == words || p[-1] == ' ';
        if (begins && strnlen(p, s.n) == s.n && !memcmp(p, s.p, s.n) && (p[s.n] == ' ' || !p[s.n]))
            return true;
    }
    return false;
}

/* ---- searching what is sorted ---- */

/* Sets `i`, a variable, to the first of [from, to) for which `before`, an expression of `i`, is
 * false; to `to` when it is true of all.  It must be true up to some place and false behind it.
 * log2(to - from) evaluations.
 *
 *     uint32_t i;
 *     BISECT(i, 0, names.n, names.v[i].at.end <= byte);
 *     if (i < names.n) use(names.v[i]);
 */
#define BISECT(i, from, to, before)                                                                \
    do {                                                                                           \
        __typeof__(i) low_ = (from), high_ = (to);                                                 \
        while (low_ < high_) {                                                                     \
            (i) = low_ + (high_ - low_) / 2;                                                       \
            if (before)                                                                            \
                low_ = (i) + 1;                                                                    \
            else                                                                                   \
                high_ = (i);                                                                       \
        }                                                                                          \
        (i) = low_;                                                                                \
    } while (0)

#endif
