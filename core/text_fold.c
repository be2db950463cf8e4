/* Folding: the form in which words are compared.  Case, width, quotation marks and diacritics
 * are four switches, because search wants all of them, exact look-up none, and names some.
 *
 * ASCII, nearly all of English news, is a copy with 32 added.  The rest goes through libunistring
 * once: decomposed, case-folded, decomposed again (a folded letter may decompose), filtered
 * character by character, and composed.  Composing at the end is what makes folding idempotent
 * and leaves Hangul and Indic letters whole. */
#include "core/text.h"

#include <unicase.h>
#include <uninorm.h>
#include <stdlib.h>

/* Letters that Unicode does not decompose and that people type without their stroke; the list is
 * that of the usual transliterations of the languages that use them.  Sorted. */
static const struct {
    uint32_t letter;
    const char *plain;
} strokes[] = {
    {0xc6, "AE"}, {0xd0, "D"},  {0xd8, "O"},  {0xde, "Th"},  {0xe6, "ae"},  {0xf0, "d"},
    {0xf8, "o"},  {0xfe, "th"}, {0x110, "D"}, {0x111, "d"},  {0x126, "H"},  {0x127, "h"},
    {0x131, "i"}, {0x141, "L"}, {0x142, "l"}, {0x152, "OE"}, {0x153, "oe"}, {0x166, "T"},
    {0x167, "t"}, {0x197, "I"}, {0x19a, "l"}, {0x1b5, "Z"},  {0x1b6, "z"},  {0x268, "i"},
};

static const char *without_stroke(uint32_t c)
{
    if (c < strokes[0].letter || c > strokes[COUNT_OF(strokes) - 1].letter)
        return NULL;
    size_t i;
    BISECT(i, 0, COUNT_OF(strokes), strokes[i].letter < c);
    return strokes[i].letter == c ? strokes[i].plain : NULL;
}

/* Marks that a reader leaves out: combining diacritics, Hebrew points, Arabic vowel signs. */
static bool is_diacritic(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x483 && c <= 0x487) || (c >= 0x591 && c <= 0x5bd) ||
           (c >= 0x5c1 && c <= 0x5c2) || (c >= 0x64b && c <= 0x65f) || c == 0x670 ||
           (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
           (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe20 && c <= 0xfe2f);
}

/* Soft hyphen, joiners, variation selectors: they shape letters and are none. */
static bool is_ignorable(uint32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff ||
           (c >= 0x180b && c <= 0x180f) || (c >= 0xfe00 && c <= 0xfe0f) ||
           (c >= 0xe0100 && c <= 0xe01ef);
}

/* ', " or - for every quote, apostrophe, prime, hyphen and dash; 0 for the rest. */
static char plain_mark(uint32_t c)
{
    /* clang-format off */
    switch (c) {
    case 0x2018: case 0x2019: case 0x201a: case 0x201b: case 0x2032: case 0x2035:
    case 0x2039: case 0x203a: case 0x02bc: case 0x02bb: case 0xb4: case 0x60: case 0xff07:
        return '\'';
    case 0x201c: case 0x201d: case 0x201e: case 0x201f: case 0x2033: case 0x2036: case 0xab:
    case 0xbb: case 0x301d: case 0x301e: case 0x301f: case 0xff02:
        return '"';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212:
    case 0x2e3a: case 0x2e3b: case 0xfe58: case 0xfe63: case 0xff0d:
        return '-';
    default:
        return 0;
    }
    /* clang-format on */
}

/* libunistring gives null only when memory is out; so much more ends the program as arena does. */
static uint8_t *or_exhausted(uint8_t *p)
{
    return p ? p : mem_alloc(PTRDIFF_MAX);
}

struct buffer {
    uint8_t *p;
    size_t n;
};

static void replace(struct buffer *b, uint8_t *p, size_t n)
{
    free(b->p);
    *b = (struct buffer){or_exhausted(p), n};
}

static void normalize(struct buffer *b, uninorm_t form)
{
    size_t n = 0;
    uint8_t *p = u8_normalize(form, b->p, b->n, NULL, &n);
    replace(b, p, n);
}

static void fold_case(struct buffer *b)
{
    size_t n = 0;
    uint8_t *p = u8_casefold(b->p, b->n, NULL, NULL, NULL, &n);
    replace(b, p, n);
}

/* Character by character: drops and replaces.  Nothing grows. */
static void filter(struct buffer *b, unsigned fold)
{
    const char *p = (const char *)b->p, *end = p + b->n, *next;
    char *w = (char *)b->p;
    for (; p < end; p = next) {
        uint32_t c = utf8_decode(p, &next);
        char mark = fold & FOLD_QUOTES ? plain_mark(c) : 0;
        const char *plain = fold & FOLD_DIACRITICS ? without_stroke(c) : NULL;
        if (((fold & FOLD_DIACRITICS) && is_diacritic(c)) ||
            ((fold & FOLD_WIDTH) && is_ignorable(c)))
            continue;
        if (mark) {
            *w++ = mark;
        } else if (plain) {
            while (*plain)
                *w++ = *plain++;
        } else {
            memmove(w, p, (size_t)(next - p));
            w += next - p;
        }
    }
    b->n = (size_t)(w - (char *)b->p);
}

static struct str fold_unicode(struct arena *a, struct str s, unsigned fold)
{
    struct buffer b = {(uint8_t *)memcpy(mem_alloc(s.n), s.p, s.n), s.n};
    uninorm_t apart = fold & FOLD_WIDTH ? UNINORM_NFKD : UNINORM_NFD;
    if (fold & FOLD_QUOTES)
        filter(&b, FOLD_QUOTES); /* before NFKD makes a blank and an accent of the acute mark */
    normalize(&b, apart);
    if (fold & FOLD_CASE) {
        fold_case(&b);
        normalize(&b, apart);
    }
    filter(&b, fold);
    normalize(&b, fold & FOLD_WIDTH ? UNINORM_NFKC : UNINORM_NFC);
    struct str out = str_from((char *)b.p, b.n);
    out = str_eq(out, s) ? s : arena_str(a, out);
    free(b.p);
    return out;
}

static struct str fold_ascii(struct arena *a, struct str s, unsigned fold)
{
    bool quotes = fold & FOLD_QUOTES, letters = fold & FOLD_CASE, changes = false;
    for (size_t i = 0; i < s.n && !changes; i++)
        changes = (letters && (unsigned)(s.p[i] - 'A') < 26) || (quotes && s.p[i] == '`');
    if (!changes)
        return s;
    struct str out = arena_str(a, s);
    char *w = (char *)out.p;
    for (size_t i = 0; i < s.n; i++) {
        if (letters && (unsigned)(w[i] - 'A') < 26)
            w[i] |= 32;
        else if (quotes && w[i] == '`')
            w[i] = '\'';
    }
    return out;
}

struct str text_fold(struct arena *a, struct str s, unsigned fold)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80)
            return fold_unicode(a, s, fold);
    return fold_ascii(a, s, fold);
}
