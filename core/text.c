/* Bytes to characters to words.  The walk over text is by far the most frequent loop of the
 * program (index, look-up, linking and wrapping all run it), so ASCII is decided by one table of
 * 128 classes and everything else by libunistring.  Validation steps over eight ASCII bytes at a
 * time.  libunistring's word breaks (UAX #29) were tried and left: they keep "State's" whole but
 * part "State’s" elsewhere, cost ten times as much, and search wants the simplest rule there is. */
#include "core/text.h"

#include <unictype.h>

/* ---- UTF-8 ---- */

/* Bytes of the sequence that begins at u; *valid says whether it is whole.  If not, it is the
 * maximal subpart: what one U+FFFD stands for (Unicode 15, 3.9, table 3-7 and D93b). */
static size_t sequence_length(const unsigned char *u, size_t n, bool *valid)
{
    unsigned char lead = u[0], low = 0x80, high = 0xbf;
    size_t want = lead < 0x80   ? 1
                  : lead < 0xc2 ? 0
                  : lead < 0xe0 ? 2
                  : lead < 0xf0 ? 3
                  : lead < 0xf5 ? 4
                                : 0;
    *valid = want == 1;
    if (want < 2)
        return 1;
    if (lead == 0xe0)
        low = 0xa0; /* overlong below */
    else if (lead == 0xed)
        high = 0x9f; /* surrogates above */
    else if (lead == 0xf0)
        low = 0x90;
    else if (lead == 0xf4)
        high = 0x8f; /* above U+10FFFF */
    size_t i = 1;
    for (; i < want && i < n && u[i] >= low && u[i] <= high; i++)
        low = 0x80, high = 0xbf;
    *valid = i == want;
    return i;
}

static size_t skip_ascii(const unsigned char *u, size_t at, size_t n)
{
    for (uint64_t eight; at + 8 <= n; at += 8) {
        memcpy(&eight, u + at, 8);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (at < n && u[at] < 0x80)
        at++;
    return at;
}

size_t utf8_valid_prefix(struct str s)
{
    const unsigned char *u = (const unsigned char *)s.p;
    size_t at = 0;
    bool valid = true;
    while ((at = skip_ascii(u, at, s.n)) < s.n) {
        size_t n = sequence_length(u + at, s.n - at, &valid);
        if (!valid)
            return at;
        at += n;
    }
    return s.n;
}

struct str utf8_repair(struct arena *a, struct str s, size_t *bad)
{
    size_t good = utf8_valid_prefix(s);
    *bad = good < s.n ? good : SIZE_MAX;
    if (good == s.n)
        return s;
    const unsigned char *u = (const unsigned char *)s.p;
    char *out = arena_alloc(a, good + (s.n - good) * 3 + 1), *w = out + good;
    memcpy(out, s.p, good);
    for (size_t at = good; at < s.n;) {
        bool valid;
        size_t n = sequence_length(u + at, s.n - at, &valid);
        memcpy(w, valid ? s.p + at : "\xef\xbf\xbd", valid ? n : 3);
        w += valid ? n : 3;
        at += n;
    }
    return str_from(out, (size_t)(w - out));
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
        c = 0xfffd;
    if (c < 0x80)
        return out[0] = (char)c, 1;
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 63));
    out[0] = (char)(c | (n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0));
    return n;
}

/* ---- classes ---- */

static bool is_ascii_letter(uint32_t c)
{
    return (c | 32) - 'a' < 26;
}

bool char_is_letter(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_letter(c);
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M |
                                                   UC_CATEGORY_MASK_Nl);
}

bool char_is_mark(uint32_t c)
{
    return c >= 0x300 && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M);
}

bool char_is_digit(uint32_t c)
{
    return c < 0x80 ? c - '0' < 10 : uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Nd);
}

bool char_is_upper(uint32_t c)
{
    return c < 0x80
               ? c - 'A' < 26
               : uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}

bool char_is_blank(uint32_t c)
{
    return c < 0x80 ? c == ' ' || c - '\t' < 5 : uc_is_property_white_space(c);
}

/* ---- tokens ---- */

enum word_class {
    CLASS_APART = 0, /* parts tokens */
    CLASS_WORD,      /* begins a token and goes on with one */
    CLASS_INSIDE,    /* goes on with one: marks, soft hyphen, joiners */
    CLASS_ALONE,     /* is a token by itself */
};

static bool is_unspaced_script(uint32_t c)
{
    return c >= 0x3041 && (c <= 0x30ff || (c >= 0x3400 && c <= 0x9fff) ||
                           (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3fffd));
}

static enum word_class class_of(uint32_t c)
{
    if (c < 0x80)
        return is_ascii_letter(c) || c - '0' < 10 ? CLASS_WORD : CLASS_APART;
    if (c == 0xad || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff)
        return CLASS_INSIDE;
    if (c >= 0x2000 && c < 0x2070) /* dashes, curly quotes, blanks: most of what is not ASCII */
        return CLASS_APART;
    if (char_is_mark(c))
        return CLASS_INSIDE;
    if (!char_is_letter(c) && !char_is_digit(c))
        return CLASS_APART;
    return is_unspaced_script(c) ? CLASS_ALONE : CLASS_WORD;
}

static bool is_word_byte(char c)
{
    static const uint64_t bits[2] = {0x03ff000000000000u, 0x07fffffe07fffffeu};
    unsigned char u = (unsigned char)c;
    return u < 0x80 && (bits[u >> 6] >> (u & 63) & 1);
}

/* Behind the token that begins before p with a character of class `first`. */
static const char *token_end(const char *p, const char *end, enum word_class first)
{
    while (p < end) {
        if (is_word_byte(*p)) {
            if (first == CLASS_ALONE)
                break;
            p++;
            continue;
        }
        if (!(*p & 0x80))
            break;
        const char *next;
        enum word_class class = class_of(utf8_decode(p, &next));
        if (class != CLASS_INSIDE && (class != CLASS_WORD || first == CLASS_ALONE))
            break;
        p = next;
    }
    return p;
}

bool token_next(struct str text, size_t *at, struct token *out)
{
    const char *p = text.p + *at, *end = text.p + text.n;
    while (p < end) {
        const char *begin = p, *next = p + 1;
        enum word_class class = CLASS_APART;
        if (is_word_byte(*p))
            class = CLASS_WORD;
        else if (*p & 0x80)
            class = class_of(utf8_decode(p, &next));
        p = next;
        if (class != CLASS_WORD && class != CLASS_ALONE)
            continue;
        p = token_end(p, end, class);
        out->at = span_of((size_t)(begin - text.p), (size_t)(p - text.p));
        *at = out->at.end;
        return true;
    }
    *at = text.n;
    return false;
}

/* At most `max` bytes of `s`, cut on a character. */
static struct str cut(struct str s, size_t max)
{
    if (s.n <= max)
        return s;
    while (max > 0 && ((unsigned char)s.p[max] & 0xc0) == 0x80)
        max--;
    return str_from(s.p, max);
}

struct str token_term(struct str text, struct token t, char buffer[TERM_BYTES_MAX])
{
    struct str word = cut(str_at(text, t.at), TERM_BYTES_MAX);
    size_t n = 0;
    for (; n < word.n && !(word.p[n] & 0x80); n++)
        buffer[n] = (char)(word.p[n] | ((unsigned)(word.p[n] - 'A') < 26 ? 32 : 0));
    if (n == word.n)
        return str_from(buffer, n);
    struct arena scratch = {0};
    struct str term = cut(text_fold(&scratch, word, FOLD_ALL), TERM_BYTES_MAX);
    memcpy(buffer, term.p, term.n);
    arena_finish(&scratch);
    return str_from(buffer, term.n);
}
