/* Grapheme clusters, forwards and backwards.  libunistring decides pairs of characters; two rules
 * of UAX #29 look further back and are done here: a picture after a joiner belongs to the picture
 * before it (GB11), and regional indicators pair up (GB12, GB13).  Its own stepping functions
 * (u8_grapheme_next, u8_grapheme_prev) leave these two out.
 *
 * Backwards, a boundary is looked for character by character.  To know whether a joiner or a
 * flag joins, the text before is read, for flags at most FLAGS_LOOKED_AT of them: a text of flags
 * alone must not cost the square of its length. */
#include "core/text.h"

#include <unictype.h>
#include <unigbrk.h>

#ifndef FLAGS_LOOKED_AT
#define FLAGS_LOOKED_AT 1024
#endif

static bool is_flag_letter(uint32_t c)
{
    return c - 0x1f1e6 < 26;
}

static bool is_picture(uint32_t c)
{
    return c >= 0xa9 && uc_is_property_extended_pictographic(c);
}

/* What the cluster so far says about the next character. */
struct cluster {
    bool picture; /* a picture, then only extending characters */
    bool joined;  /* the same, then a joiner */
    bool odd;     /* an odd number of flag letters at its end */
};

static void take_in(struct cluster *so_far, uint32_t c)
{
    if (is_picture(c))
        *so_far = (struct cluster){.picture = true};
    else if (c == 0x200d)
        *so_far = (struct cluster){.picture = so_far->picture, .joined = so_far->picture};
    else if (is_flag_letter(c))
        *so_far = (struct cluster){.odd = !so_far->odd};
    else
        *so_far = (struct cluster){.picture = so_far->picture &&
                                              uc_graphemeclusterbreak_property(c) == GBP_EXTEND};
}

static bool parts(const struct cluster *so_far, uint32_t before, uint32_t c)
{
    if (so_far->joined && is_picture(c))
        return false;
    if (is_flag_letter(before) && is_flag_letter(c))
        return !so_far->odd;
    return uc_is_grapheme_break(before, c);
}

size_t grapheme_next(struct str s, size_t at)
{
    if (at >= s.n)
        return s.n;
    const char *p = s.p + at, *end = s.p + s.n, *next;
    if (!(p[0] & 0x80) && (p + 1 == end || !(p[1] & 0x80)))
        return at + (p[0] == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1);
    struct cluster so_far = {0};
    uint32_t before = utf8_decode(p, &next);
    take_in(&so_far, before);
    for (p = next; p < end; p = next) {
        uint32_t c = utf8_decode(p, &next);
        if (parts(&so_far, before, c))
            break;
        take_in(&so_far, c);
        before = c;
    }
    return (size_t)(p - s.p);
}

/* Does a picture and then only extending characters stand before the joiner at p? */
static bool picture_before(struct str s, const char *p)
{
    while (p > s.p) {
        uint32_t c = utf8_decode_before(p, &p);
        if (is_picture(c))
            return true;
        if (uc_graphemeclusterbreak_property(c) != GBP_EXTEND)
            return false;
    }
    return false;
}

static bool odd_flags_before(struct str s, const char *p)
{
    unsigned n = 0;
    while (p > s.p && n < FLAGS_LOOKED_AT && is_flag_letter(utf8_decode_before(p, &p)))
        n++;
    return n & 1;
}

/* Is there a boundary at p, between `before` (which begins at `place`) and c? */
static bool boundary(struct str s, const char *place, uint32_t before, const char *p, uint32_t c)
{
    struct cluster so_far = {0};
    if (before == 0x200d && is_picture(c))
        so_far.joined = picture_before(s, place);
    else if (is_flag_letter(before) && is_flag_letter(c))
        so_far.odd = odd_flags_before(s, p);
    return parts(&so_far, before, c);
}

size_t grapheme_before(struct str s, size_t at)
{
    if (at == 0)
        return 0;
    const char *p = s.p + (at < s.n ? at : s.n), *place;
    uint32_t c = utf8_decode_before(p, &p);
    for (; p > s.p; p = place) {
        uint32_t before = utf8_decode_before(p, &place);
        if (boundary(s, place, before, p, c))
            break;
        c = before;
    }
    return (size_t)(p - s.p);
}
