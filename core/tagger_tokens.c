/* Cutting text into the tokens of the tagger.
 *
 * They differ from the tokens of the index: marks are tokens too, because a comma or a bracket
 * beside a name tells much, and "O'Brien" and "U.S." are one token, because half of them is no
 * word.  A possessive "'s" stands apart, and so does each part of "US-backed".
 *
 * Every token is hashed as written and folded (lower case, no diacritics) in the same pass, and
 * nothing is kept of its letters but these hashes.  Plain words take a path of their own; for the
 * others two tables of the first plane, class and fold, are made once from libunistring. */
#include "core/tagger.h"
#include "core/text.h"

#include <pthread.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

enum char_class {
    CHAR_MARK,
    CHAR_BLANK,
    CHAR_LOWER,
    CHAR_UPPER,
    CHAR_LETTER,
    CHAR_DIGIT,
    CHAR_ACCENT
};

#define PLANE 0x10000u
static uint8_t class_of[PLANE];
static uint16_t fold_of[PLANE];

static uint8_t classify(uint32_t c)
{
    if (uc_is_property_white_space(c) || (c < 0x20))
        return CHAR_BLANK;
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M) || c == 0xad || c == 0x200d)
        return CHAR_ACCENT;
    if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Nd))
        return CHAR_DIGIT;
    if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L))
        return CHAR_MARK;
    return uc_is_upper(c) ? CHAR_UPPER : uc_is_lower(c) ? CHAR_LOWER : CHAR_LETTER;
}

/* The base letter of a composed one, in lower case. */
static uint32_t fold_char(uint32_t c)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    for (int n; (n = uc_canonical_decomposition(c, parts)) > 0 && parts[0] != c;)
        c = parts[0];
    c = uc_tolower(c);
    switch (c) {
    case 0xf8: return 'o'; /* o with stroke, d and h and l with stroke, dotless i */
    case 0x111: return 'd';
    case 0x127: return 'h';
    case 0x142: return 'l';
    case 0x131: return 'i';
    default: return c;
    }
}

static void make_tables(void)
{
    for (uint32_t c = 0; c < PLANE; c++) {
        class_of[c] = classify(c);
        uint32_t f = class_of[c] == CHAR_UPPER || class_of[c] == CHAR_LOWER ? fold_char(c) : c;
        fold_of[c] = (uint16_t)(f < PLANE ? f : c);
    }
}

static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static inline unsigned class_at(uint32_t c)
{
    return c < PLANE ? class_of[c] : classify(c);
}

static inline uint32_t hash_add(uint32_t h, uint32_t c)
{
    return (h ^ c) * 0x01000193u;
}

static inline uint32_t hash_end(uint32_t h)
{
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    return h ^ h >> 13;
}

#define HASH_START 0x811c9dc5u

struct word {
    uint32_t form, fold; /* running hashes */
    uint16_t letters[3]; /* the first folds */
    uint16_t last[3];    /* the last folds, newest first */
    uint32_t n, upper, lower, other, digits, dots;
    bool first_upper;
};

static inline void word_add(struct word *w, uint32_t c, unsigned class)
{
    w->form = hash_add(w->form, class == CHAR_DIGIT ? '0' : c);
    if (class == CHAR_ACCENT)
        return;
    uint32_t f = c < PLANE ? fold_of[c] : c;
    w->fold = hash_add(w->fold, f);
    if (w->n < 3)
        w->letters[w->n] = (uint16_t)f;
    w->last[2] = w->last[1], w->last[1] = w->last[0], w->last[0] = (uint16_t)f;
    if (w->n == 0)
        w->first_upper = class == CHAR_UPPER;
    w->n++;
    w->upper += class == CHAR_UPPER, w->lower += class == CHAR_LOWER;
    w->other += class == CHAR_LETTER, w->digits += class == CHAR_DIGIT;
}

static enum token_shape word_shape(const struct word *w)
{
    uint32_t letters = w->upper + w->lower + w->other;
    if (letters == 0)
        return SHAPE_NUMBER;
    if (w->dots)
        return SHAPE_DOTTED;
    if (w->digits)
        return SHAPE_ALNUM;
    if (w->upper == 0)
        return w->lower ? SHAPE_LOWER : SHAPE_OTHER;
    if (w->upper == letters)
        return letters == 1 ? SHAPE_INITIAL : SHAPE_UPPER;
    return w->upper == 1 && w->first_upper ? SHAPE_CAPITAL : SHAPE_MIXED;
}

/* `first` and `last`: the first three folds, and the last three, newest first; 0 for none. */
static inline void set_affixes(struct tag_token *t, const uint16_t first[3], const uint16_t last[3])
{
    t->tail = hash_end(last[0] | (uint32_t)last[1] << 16) + last[2] * 0x9e3779b1u;
    t->tail2 = (uint16_t)hash_end(last[0] * 31u + last[1]);
    t->head = hash_end(first[0] | (uint32_t)first[1] << 16) + first[2] * 0x9e3779b1u;
    t->head2 = (uint16_t)hash_end(first[0] * 31u + first[1]);
}

static void word_close(const struct word *w, struct tag_token *t)
{
    t->form = hash_end(w->form);
    t->fold = hash_end(w->fold);
    t->shape = (uint8_t)word_shape(w);
    set_affixes(t, w->letters, w->last);
}

static inline bool is_small_letter(char c)
{
    return (unsigned)(c - 'a') < 26;
}

/* Most words: two ASCII letters or more, small but perhaps for the first, and behind them no mark
 * that might belong to the word.  Null for any other. */
static const char *read_plain_word(const char *p, const char *end, struct tag_token *t)
{
    const char *q = p + 1;
    if (!is_small_letter((char)(*p | 32)))
        return NULL;
    uint32_t form = hash_add(HASH_START, (unsigned char)*p),
             fold = hash_add(HASH_START, (unsigned char)(*p | 32));
    if (form == fold)
        for (; q < end && is_small_letter(*q); q++)
            form = fold = hash_add(form, (unsigned char)*q);
    else
        for (; q < end && is_small_letter(*q); q++)
            form = hash_add(form, (unsigned char)*q), fold = hash_add(fold, (unsigned char)*q);
    if (q - p < 2 || (q < end && ((unsigned char)*q >= 0x80 || *q == '\'' ||
                                  class_of[(unsigned char)*q] >= CHAR_LOWER)))
        return NULL;
    bool more = q - p > 2;
    uint16_t first[3] = {(uint16_t)(p[0] | 32), (uint16_t)p[1], more ? (uint16_t)p[2] : 0};
    uint16_t last[3] = {(uint16_t)q[-1], (uint16_t)(q[-2] | 32), more ? (uint16_t)(q[-3] | 32) : 0};
    t->form = hash_end(form), t->fold = hash_end(fold);
    t->shape = is_small_letter(*p) ? SHAPE_LOWER : SHAPE_CAPITAL;
    set_affixes(t, first, last);
    return q;
}

static inline uint32_t peek(const char *p, const char *end, const char **next)
{
    if (p >= end)
        return *next = p, 0;
    return utf8_decode(p, next);
}

static inline bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

static inline bool is_word_class(unsigned class)
{
    return class >= CHAR_LOWER;
}

/* Does the mark `c`, whose next characters begin at `p`, stand inside the word so far? */
static bool joins(const struct word *w, uint32_t c, const char *p, const char *end)
{
    const char *q, *r;
    uint32_t after = peek(p, end, &q);
    unsigned class = after ? class_at(after) : CHAR_BLANK;
    if (is_apostrophe(c)) {
        if (!is_word_class(class) || w->digits == w->n)
            return false;
        uint32_t behind = peek(q, end, &r);
        return !((after == 's' || after == 'S') &&
                 !is_word_class(behind ? class_at(behind) : CHAR_BLANK));
    }
    if (c == '.' && w->n == 1 + w->dots && w->upper + w->lower == w->n) { /* "U.S." */
        if (w->dots && !is_word_class(class))
            return true;
        uint32_t behind = peek(q, end, &r);
        return (class == CHAR_UPPER || (class == CHAR_LOWER && w->lower)) &&
               !is_word_class(behind ? class_at(behind) : CHAR_BLANK);
    }
    return (c == '.' || c == ',') && w->digits == w->n && class == CHAR_DIGIT;
}

static const char *read_word(const char *p, const char *end, struct word *w)
{
    while (p < end) {
        const char *next;
        uint32_t c = utf8_decode(p, &next);
        unsigned class = class_at(c);
        if (is_word_class(class)) {
            word_add(w, c, class);
        } else {
            if (!joins(w, c, next, end))
                break;
            w->form = hash_add(w->form, c == 0x2019 ? '\'' : c);
            if (c != '.')
                w->fold = hash_add(w->fold, c == 0x2019 ? '\'' : c);
            w->dots += c == '.' && w->digits == 0;
        }
        p = next;
    }
    return p;
}

static bool starts_link(struct str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://")) ||
           str_starts(s, STR("www."));
}

/* An address runs to the next blank or angle; a handle or hashtag over letters, digits, "_". */
static const char *read_link(const char *p, const char *end)
{
    struct str rest = str_from(p, (size_t)(end - p));
    if (starts_link(rest)) {
        while (p < end && (unsigned char)*p > ' ' && *p != '<' && *p != '>' && *p != '"')
            p++;
        return p;
    }
    const char *next = p + 1;
    while (next < end) {
        const char *q;
        uint32_t c = utf8_decode(next, &q);
        if (c != '_' && !is_word_class(class_at(c)))
            break;
        next = q;
    }
    return next > p + 1 ? next : p;
}

/* The token at p, which is no blank; p moves behind it. */
static const char *read_token(const char *p, const char *end, struct tag_token *t)
{
    bool may_link = *p == 'h' || *p == 'w' || *p == '@' || *p == '#';
    if (may_link && (*p == '@' || *p == '#' || starts_link(str_from(p, (size_t)(end - p))))) {
        const char *q = read_link(p, end);
        if (q > p) {
            t->form = t->fold = hash_end(*p == '@' ? 0x1001 : *p == '#' ? 0x1002 : 0x1003);
            t->shape = SHAPE_LINK, t->mark = (uint8_t)*p;
            return q;
        }
    }
    const char *next = read_plain_word(p, end, t);
    if (next)
        return next;
    uint32_t c = utf8_decode(p, &next);
    unsigned class = class_at(c);
    struct word w = {.form = HASH_START, .fold = HASH_START};
    if (is_word_class(class) && class != CHAR_ACCENT) {
        next = read_word(p, end, &w);
        word_close(&w, t);
        return next;
    }
    t->shape = SHAPE_MARK;
    if (is_apostrophe(c) && next < end && (*next == 's' || *next == 'S')) { /* possessive */
        const char *q;
        uint32_t behind = peek(next + 1, end, &q);
        if (!behind || !is_word_class(class_at(behind)))
            return t->form = t->fold = hash_end(0x1004), t->mark = 's', next + 1;
    }
    t->mark = c < 0x80                     ? (uint8_t)c
              : c == 0x2019 || c == 0x2018 ? '\''
              : c == 0x201c || c == 0x201d ? '"'
              : c == 0x2013 || c == 0x2014 ? '-'
                                           : 1;
    t->form = t->fold = hash_end(0x2000 + (t->mark > 1 ? t->mark : c));
    return next;
}

size_t tag_tokenise(struct str text, size_t *at, struct tag_token *out, size_t max)
{
    pthread_once(&tables_once, make_tables);
    const char *p = text.p + *at, *end = text.p + text.n;
    size_t n = 0;
    bool line = true, glued = false;
    while (p < end) {
        unsigned char b = (unsigned char)*p;
        if (b <= ' ') {
            if (b == '\n') {
                line = true;
                if (n > max - max / 4) /* a good place to stop */
                    break;
            }
            p++, glued = false;
            continue;
        }
        const char *next;
        if (b >= 0x80 && class_at(utf8_decode(p, &next)) == CHAR_BLANK) {
            p = next, glued = false;
            continue;
        }
        if (n == max)
            break;
        struct tag_token *t = &out[n++];
        *t = (struct tag_token){.begin = (uint32_t)(p - text.p)};
        t->flags = (uint8_t)((line ? TOKEN_LINE : 0) | (glued ? TOKEN_GLUED : 0));
        p = read_token(p, end, t);
        t->end = (uint32_t)(p - text.p);
        line = false, glued = true;
    }
    *at = (size_t)(p - text.p);
    return n;
}
