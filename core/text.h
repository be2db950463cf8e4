/* text: bytes that are UTF-8, and how a person counts them.
 *
 * Repair happens once, when an article enters; everything after may take text for valid UTF-8.
 * ASCII is the fast path everywhere; libunistring is asked for the rest (Unicode 14). */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/arena.h"
#include "core/base.h"

/* Bytes of the longest valid UTF-8 prefix; s.n when all is valid.  Strict: no surrogates, no
 * overlong forms, nothing above U+10FFFF. */
size_t utf8_valid_prefix(struct str s);

/* `s` itself when valid; else a copy in `a` with U+FFFD for each maximal invalid part (Unicode
 * 15, 3.9, "substitution of maximal subparts").  *bad gets the offset of the first bad byte in
 * `s`, or SIZE_MAX.  */
struct str utf8_repair(struct arena *a, struct str s, size_t *bad);

/* The code point at p (p < end, valid UTF-8); *next gets the place behind it. */
static inline uint32_t utf8_decode(const char *p, const char **next)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80)
        return *next = p + 1, u[0];
    if (u[0] < 0xe0)
        return *next = p + 2, (uint32_t)(u[0] & 31) << 6 | (u[1] & 63u);
    if (u[0] < 0xf0)
        return *next = p + 3,
               (uint32_t)(u[0] & 15) << 12 | (uint32_t)(u[1] & 63) << 6 | (u[2] & 63u);
    return *next = p + 4, (uint32_t)(u[0] & 7) << 18 | (uint32_t)(u[1] & 63) << 12 |
                              (uint32_t)(u[2] & 63) << 6 | (u[3] & 63u);
}

/* Bytes written (1..4) of code point c at `out`. */
size_t utf8_encode(uint32_t c, char out[4]);

/* The code point that ends at p (begin < p, valid UTF-8, p on a boundary); *before gets its
 * place. */
static inline uint32_t utf8_decode_before(const char *p, const char **before)
{
    do
        p--;
    while (((unsigned char)*p & 0xc0) == 0x80);
    const char *next;
    *before = p;
    return utf8_decode(p, &next);
}

/* The boundary of the grapheme cluster after / before `at` (bytes); at the ends, the end.  `at`
 * lies on a boundary of clusters.  Extended clusters of UAX #29, Unicode 14. Linear in the length
 * of the cluster, backwards in that of a run of regional indicators. */
size_t grapheme_next(struct str s, size_t at);
size_t grapheme_before(struct str s, size_t at);

/* ---- folding: what search and linking compare ---- */

enum fold {
    FOLD_CASE = 1,       /* full case folding */
    FOLD_WIDTH = 2,      /* full-width and other compatibility forms (NFKC) */
    FOLD_QUOTES = 4,     /* every quote and apostrophe to ', " ; every hyphen and dash to - */
    FOLD_DIACRITICS = 8, /* "José" as "jose" */
    FOLD_ALL = 15,
};

/* `s` folded, in `a`; `s` itself when folding changes nothing.  Folding twice is folding once.
 * Diacritics: the marks on Latin, Greek and Cyrillic letters, Hebrew points and Arabic vowel signs
 * go; vowel signs that are letters of their script stay; "ø" is "o", "ł" "l", "æ" "ae".  Width:
 * also drops soft hyphens, joiners and variation selectors. */
struct str text_fold(struct arena *a, struct str s, unsigned fold);

bool char_is_letter(uint32_t c); /* letters, letter-like numbers ("Ⅳ") and marks */
bool char_is_mark(uint32_t c);
bool char_is_digit(uint32_t c); /* decimal digits of any script */
bool char_is_upper(uint32_t c);
bool char_is_blank(uint32_t c); /* any Unicode white space */

/* ---- words: the tokens of the index, of look-up and of linking ----
 *
 * A token is a maximal run of letters, marks and digits; everything else parts tokens, apostrophes
 * and hyphens too, so "the State's", "the State’s" and a line wrap inside "10-\n2" give the same
 * tokens whichever way they were set.  A token begins with a letter or digit; soft hyphens and
 * joiners inside one do not part it.  Scripts written without blanks (Han, kana) give one token a
 * character, so that a phrase of them is found inside a sentence. */

struct token {
    struct span at;
};

/* The next token at or after *at (bytes), which moves behind it; false at the end. */
bool token_next(struct str text, size_t *at, struct token *out);

/* A term is a token folded (FOLD_ALL), and no longer than this: what is longer is cut on a
 * character, so no text can make the index keep more than this for a word. */
#define TERM_BYTES_MAX 80

/* The term of the token at `t`: written into `buffer`, never empty. ASCII costs its bytes. */
struct str token_term(struct str text, struct token t, char buffer[TERM_BYTES_MAX]);

#endif
