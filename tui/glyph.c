/* A terminal obeys what it is sent, so what it is sent is built here, character by character, from
 * a short list of classes; whatever is in no class known to be harmless is spelled out.
 *
 * Clusters come from core/text.h, widths from wcwidth, because curses counts with the latter and
 * a screen whose two halves disagree about a width draws garbage.  Emoji sequences are shown as
 * their members side by side: whether a terminal joins them cannot be known without asking it,
 * and a reader that asks can be answered by an article.  One variation selector behind a character
 * is typography; two in a row is how text is smuggled, and is shown. */
#include "tui/glyph.h"

#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <wchar.h>

#include "core/text.h"

/* How far a cluster may reach before it is cut: a flood of marks must not be walked again for every
 * row it stands in. */
#ifndef GLYPH_REACH
#define GLYPH_REACH 256
#endif
#define TAGS_SHOWN 16 /* tag characters in one glyph */

enum kind { SPACING, COMBINING, SELECTOR, JOINER, TONE, TAG, MARKED };

static bool locale_is_utf8;

void glyph_init(bool utf8)
{
    locale_is_utf8 = utf8;
}

/* ---- what a character is ---- */

/* Latin letters and signs, and the quotes, dashes and dots of running text: one column, never part
 * of the cluster before them. */
static bool is_plain(uint32_t c)
{
    return (c >= 0x20 && c < 0x7f) || (c > 0xa0 && c < 0x300 && c != 0xad) ||
           (c >= 0x2010 && c <= 0x2027);
}

static bool is_selector(uint32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) ||
           (c >= 0x180b && c <= 0x180d);
}

/* Hidden, or able to reorder or to hide what stands around it. */
static bool is_hidden(uint32_t c, int width)
{
    return width < 0 || uc_is_property_default_ignorable_code_point(c) ||
           (width == 0 && uc_is_general_category(c, UC_FORMAT)) || c == 0x2028 || c == 0x2029;
}

static enum kind kind_of(uint32_t c, int *width)
{
    *width = 1;
    if (is_plain(c))
        return SPACING;
    if (is_selector(c))
        return SELECTOR;
    if (c == 0x200d)
        return JOINER;
    if (c >= 0xe0001 && c <= 0xe007f)
        return TAG;
    *width = wcwidth((wchar_t)c);
    if (is_hidden(c, *width))
        return MARKED;
    if (c >= 0x1f3fb && c <= 0x1f3ff)
        return TONE;
    return *width == 0 ? COMBINING : SPACING;
}

static bool is_pictograph(uint32_t c)
{
    return c >= 0xa9 && uc_is_property_extended_pictographic(c);
}

/* Reads the character at `at`, which need not be valid: bytes that are not UTF-8 give U+FFFD. */
static uint32_t char_at(struct str s, size_t at, size_t *next)
{
    unsigned char b = (unsigned char)s.p[at];
    if (b < 0x80)
        return *next = at + 1, b;
    ucs4_t c;
    int n = u8_mbtouc(&c, (const uint8_t *)s.p + at, s.n - at);
    *next = at + (size_t)n;
    return c;
}

/* The end of the cluster at `at`, no farther than GLYPH_REACH. */
static size_t cluster_end(struct str s, size_t at, size_t first_end)
{
    if (first_end >= s.n)
        return s.n;
    size_t next;
    if (is_plain(char_at(s, first_end, &next)))
        return first_end;
    struct str reach = {s.p + at, s.n - at > GLYPH_REACH ? GLYPH_REACH : s.n - at};
    reach.n = utf8_valid_prefix(reach);
    size_t end = reach.n ? at + grapheme_next(reach, 0) : first_end;
    return end > first_end ? end : first_end;
}

/* ---- building the glyph ---- */

static void add_ascii(struct glyph *g, const char *text)
{
    for (; *text && g->n < GLYPH_BYTES; text++) {
        g->bytes[g->n++] = *text;
        g->cols++;
        g->parts++;
    }
}

static bool add_char(struct glyph *g, uint32_t c, int width)
{
    char bytes[4];
    size_t n = utf8_encode(c, bytes);
    if (g->n + n > GLYPH_BYTES)
        return false;
    memcpy(g->bytes + g->n, bytes, n);
    g->n = (uint8_t)(g->n + n);
    g->cols = (uint8_t)(g->cols + width);
    g->parts += width > 0;
    return true;
}

static void add_code(struct glyph *g, uint32_t c)
{
    char text[16];
    snprintf(text, sizeof text, "<%04X>", (unsigned)c);
    add_ascii(g, text);
}

static void show_control(struct glyph *g, uint32_t c)
{
    if (c >= 0x80)
        add_code(g, c);
    else if (locale_is_utf8)
        add_char(g, c == 0x7f ? 0x2421 : 0x2400 + c, 1);
    else
        add_ascii(g, (char[]){'^', (char)(c ^ 0x40), '\0'});
}

static void show_hidden(struct glyph *g, uint32_t c)
{
    if (c == 0xad) /* a soft hyphen: of use to a line breaker alone */
        add_ascii(g, "-");
    else
        add_code(g, c);
}

/* A run of tag characters as the ASCII letters they stand for; U+E007F ends a run. */
static size_t show_tags(struct glyph *g, struct str s, size_t at)
{
    int width;
    add_ascii(g, "<");
    for (unsigned i = 0; i < TAGS_SHOWN && at < s.n; i++) {
        size_t next;
        uint32_t c = char_at(s, at, &next);
        if (kind_of(c, &width) != TAG)
            break;
        at = next;
        if (c == 0xe007f)
            break;
        add_ascii(g, (char[]){c >= 0xe0020 ? (char)(c - 0xe0000) : '.', '\0'});
    }
    add_ascii(g, ">");
    return at;
}

/* Where a joiner stands between two pictographs it makes one picture of them. */
static bool joins(struct str s, size_t after, size_t end, uint32_t base)
{
    size_t next;
    return after < end && is_pictograph(base) && is_pictograph(char_at(s, after, &next));
}

/* Takes in the rest [at, end) of a cluster whose base is shown, with `marks` on it so far; returns
 * where it stopped. */
static size_t show_rest(struct glyph *g, struct str s, size_t at, size_t end, uint32_t base,
                        unsigned marks)
{
    bool selected = false;
    while (at < end) {
        size_t next;
        int width;
        uint32_t c = char_at(s, at, &next);
        enum kind kind = kind_of(c, &width);
        if (kind == MARKED || kind == TAG || (kind == SELECTOR && selected) ||
            (kind == JOINER && !joins(s, next, end, base)))
            return at;
        if (kind == SPACING || (kind == TONE && !is_pictograph(base))) {
            if (!add_char(g, c, width))
                return at;
            base = c;
            marks = 0;
        } else if (kind == COMBINING && marks < GLYPH_MARKS) {
            marks += add_char(g, c, 0);
        }
        selected = kind == SELECTOR;
        at = next;
    }
    return at;
}

static size_t show_unicode(struct glyph *g, struct str s, size_t at, uint32_t c, size_t next)
{
    int width;
    enum kind kind = kind_of(c, &width);
    switch (kind) {
    case MARKED:
    case SELECTOR:
    case JOINER:
        show_hidden(g, c);
        g->cut = cluster_end(s, at, next) > next;
        return next;
    case TAG:
        next = show_tags(g, s, at);
        g->cut = next < s.n && cluster_end(s, at, next) > next;
        return next;
    case COMBINING: /* nothing to stand on: a dotted circle, as the code charts have it */
        add_char(g, 0x25cc, 1);
        add_char(g, c, 0);
        break;
    case SPACING:
    case TONE:
        add_char(g, c, width);
        break;
    }
    size_t end = cluster_end(s, at, next);
    next = show_rest(g, s, next, end, c, kind == COMBINING);
    g->cut = next < end;
    return next;
}

/* ---- locales without Unicode ---- */

/* Signs of running text and of the reader's own screen. */
static const struct {
    uint32_t c;
    const char *ascii;
} spelled[] = {
    {0x00a0, " "},  {0x00a7, "S."}, {0x00ab, "<<"}, {0x00ad, "-"},  {0x00b7, "."},   {0x00bb, ">>"},
    {0x00c6, "AE"}, {0x00d8, "O"},  {0x00df, "ss"}, {0x00e6, "ae"}, {0x00f8, "o"},   {0x0141, "L"},
    {0x0142, "l"},  {0x0152, "OE"}, {0x0153, "oe"}, {0x2010, "-"},  {0x2011, "-"},   {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "--"}, {0x2015, "--"}, {0x2018, "'"},  {0x2019, "'"},   {0x201a, ","},
    {0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""}, {0x2022, "*"},  {0x2026, "..."}, {0x202f, " "},
    {0x2032, "'"},  {0x2033, "\""}, {0x2039, "<"},  {0x203a, ">"},  {0x20ac, "EUR"}, {0x2190, "<-"},
    {0x2192, "->"}, {0x2248, "~"},  {0x2260, "!"},  {0x2500, "-"},  {0x2502, "|"},   {0x2581, "_"},
    {0x2582, "."},  {0x2583, ":"},  {0x2584, "-"},  {0x2585, "="},  {0x2586, "+"},   {0x2587, "%"},
    {0x2588, "#"},  {0x2591, "."},  {0x2592, ":"},  {0x2593, "#"},  {0x25cf, "*"},
};

static const char *spelled_find(uint32_t c)
{
    for (size_t i = 0; i < COUNT_OF(spelled); i++)
        if (spelled[i].c == c)
            return spelled[i].ascii;
    return NULL;
}

/* The letter under the accents, or '?'. */
static char bare_letter(uint32_t c)
{
    ucs4_t into[UC_DECOMPOSITION_MAX_LENGTH];
    while (c >= 0x80 && uc_canonical_decomposition(c, into) > 0)
        c = into[0];
    return c < 0x80 ? (char)c : '?';
}

static size_t show_ascii(struct glyph *g, struct str s, size_t at, uint32_t c, size_t next)
{
    const char *known = spelled_find(c);
    int width;
    if (known)
        add_ascii(g, known);
    else if (c >= 0x2000 && c <= 0x200a)
        add_ascii(g, " ");
    else if (kind_of(c, &width) == TAG)
        return show_tags(g, s, at);
    else
        add_ascii(g, (char[]){bare_letter(c), '\0'});
    return cluster_end(s, at, next);
}

/* ---- the door ---- */

void glyph_at(struct str s, size_t at, struct glyph *out)
{
    unsigned char b = (unsigned char)s.p[at];
    out->n = out->cols = out->parts = out->taken = 1;
    out->bytes[0] = (char)b;
    out->cut = false;
    if (b >= 0x20 && b < 0x7f && (at + 1 == s.n || (unsigned char)s.p[at + 1] < 0x80))
        return;
    out->n = out->cols = out->parts = 0;
    size_t next;
    uint32_t c = char_at(s, at, &next);
    if (c < 0x20 || (c >= 0x7f && c < 0xa0))
        show_control(out, c);
    else if (locale_is_utf8)
        next = show_unicode(out, s, at, c, next);
    else
        next = show_ascii(out, s, at, c, next);
    out->taken = (uint32_t)(next - at);
}

bool glyph_part(const struct glyph *g, unsigned *at, struct str *part, unsigned *cols)
{
    if (*at >= g->n)
        return false;
    unsigned begin = *at;
    if (g->parts == 1) {
        *at = g->n;
        *cols = g->cols;
    } else {
        struct str s = {g->bytes, g->n};
        size_t end = begin, next;
        uint32_t c = char_at(s, end, &next);
        *cols = c < 0x80 ? 1 : (unsigned)wcwidth((wchar_t)c);
        for (end = next; end < g->n; end = next) {
            c = char_at(s, end, &next);
            if (c < 0x80 || wcwidth((wchar_t)c) != 0)
                break;
        }
        *at = (unsigned)end;
    }
    *part = str_from(g->bytes + begin, *at - begin);
    return true;
}

unsigned glyph_cols(struct str s, unsigned max)
{
    unsigned cols = 0;
    struct glyph g;
    for (size_t at = 0; at < s.n && (max == 0 || cols < max); at += g.taken) {
        glyph_at(s, at, &g);
        cols += g.cols;
    }
    return cols;
}

void glyph_print(FILE *to, struct str s)
{
    struct glyph g;
    for (size_t at = 0; at < s.n; at += g.taken) {
        if (s.p[at] == '\n' || s.p[at] == '\t') {
            putc(s.p[at], to);
            g.taken = 1;
            continue;
        }
        glyph_at(s, at, &g);
        fwrite(g.bytes, 1, g.n, to);
    }
}
