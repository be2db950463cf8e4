/* Which marks open a quotation, which close it, which are apostrophes and inches.
 *
 * One pass with a stack, paragraph by paragraph.  A mark's shape and its two neighbours say what
 * it may be; the stack decides between what is left.  Newspapers mix their styles (straight in
 * front, curly behind), so a family is matched and not a glyph.  Three things are repaired:
 *   - a mark that opens where a sentence has ended, while another quotation is open, tells that
 *     the closing mark of that one was lost: it is ended at "…, she said", or here;
 *   - an utterance of several paragraphs opens each of them and closes the last: what is open at
 *     the end of a paragraph is only open when the next one does not begin with a mark;
 *   - a closing mark without an opening one ends what an earlier paragraph left open.
 * A single mark must prove itself: without a partner in its paragraph it is an apostrophe.
 *
 * Guessing by counting marks (odd ones open) was refused: one lost mark turns the rest of the
 * text inside out. */
#include "core/quote_parts.h"

#include "core/cue_words.h"
#include "core/text.h"

#define DEPTH_MAX             8
#define MARKS_TOGETHER_MAX    3
#define REPAIR_PARAGRAPHS_MAX 4 /* how many paragraphs an unclosed quotation may run on */

enum glyph_turn { TURN_EITHER, TURN_LEFT, TURN_RIGHT, TURN_LOW };

struct mark {
    uint32_t at, end;
    uint8_t family, turn;
    bool left, right; /* a blank, an edge or fitting punctuation on that side */
    bool letter_left, letter_right;
};

struct level {
    uint32_t quoted; /* index in the list */
    uint32_t weak;   /* a place that could close a single one, or 0 */
    uint8_t family;
};

struct pairing {
    struct str text;
    const paragraph_list *paragraphs;
    quoted_list *out;
    struct level stack[DEPTH_MAX];
    uint32_t depth;
    uint32_t paragraph;
    uint32_t pending;      /* 1 + index of what the paragraph before left open */
    uint32_t pending_from; /* its paragraph */
    bool backquoted;       /* `` was seen: '' closes a double */
};

#define DROPPED UINT32_MAX /* outer.end of a pair that turned out to be none */

/* ---- glyphs ---- */

struct glyph {
    uint8_t length, family, turn;
};

static const struct glyph no_glyph;

/* By the last byte of U+2018..U+201F and U+2039, U+203A: E2 80 xx. */
static const struct glyph general[256] = {
    [0x98] = {3, FAMILY_SINGLE, TURN_LEFT}, [0x99] = {3, FAMILY_SINGLE, TURN_RIGHT},
    [0x9a] = {3, FAMILY_SINGLE, TURN_LOW},  [0x9b] = {3, FAMILY_SINGLE, TURN_LEFT},
    [0x9c] = {3, FAMILY_DOUBLE, TURN_LEFT}, [0x9d] = {3, FAMILY_DOUBLE, TURN_RIGHT},
    [0x9e] = {3, FAMILY_DOUBLE, TURN_LOW},  [0x9f] = {3, FAMILY_DOUBLE, TURN_LEFT},
    [0xb9] = {3, FAMILY_SINGLE, TURN_LEFT}, [0xba] = {3, FAMILY_SINGLE, TURN_RIGHT},
};

static const bool may_begin_mark[256] = {
    ['"'] = true,  ['\''] = true, ['`'] = true,  [0xe2] = true,
    [0xc2] = true, [0xe3] = true, [0xef] = true,
};

/* The mark at `at`; of length 0: none. */
static struct glyph glyph_at(struct str t, size_t at, size_t end)
{
    const unsigned char *p = (const unsigned char *)t.p + at;
    size_t n = end - at;
    bool twice = n > 1 && p[0] == p[1];
    switch (p[0]) {
    case '"':
        return (struct glyph){1, FAMILY_DOUBLE, TURN_EITHER};
    case '\'':
        return twice ? (struct glyph){2, FAMILY_DOUBLE, TURN_RIGHT}
                     : (struct glyph){1, FAMILY_SINGLE, TURN_EITHER};
    case '`':
        return twice ? (struct glyph){2, FAMILY_DOUBLE, TURN_LEFT}
                     : (struct glyph){1, FAMILY_SINGLE, TURN_LEFT};
    case 0xc2: /* « » */
        if (n > 1 && (p[1] == 0xab || p[1] == 0xbb))
            return (struct glyph){2, FAMILY_ANGLE, p[1] == 0xab ? TURN_LEFT : TURN_RIGHT};
        return no_glyph;
    case 0xe2:
        return n > 2 && p[1] == 0x80 ? general[p[2]] : no_glyph;
    case 0xe3: /* 「 」 */
        if (n > 2 && p[1] == 0x80 && (p[2] == 0x8c || p[2] == 0x8d))
            return (struct glyph){3, FAMILY_ANGLE, p[2] == 0x8c ? TURN_LEFT : TURN_RIGHT};
        return no_glyph;
    default: /* ＂ */
        return n > 2 && p[0] == 0xef && p[1] == 0xbc && p[2] == 0x82
                   ? (struct glyph){3, FAMILY_DOUBLE, TURN_EITHER}
                   : no_glyph;
    }
}

static uint32_t char_before(struct str t, size_t at, size_t begin)
{
    if (at == begin)
        return ' ';
    size_t b = at - 1;
    while (b > begin && (t.p[b] & 0xc0) == 0x80)
        b--;
    const char *next;
    return utf8_decode(t.p + b, &next);
}

static uint32_t char_after(struct str t, size_t at, size_t end)
{
    const char *next;
    return at >= end ? ' ' : utf8_decode(t.p + at, &next);
}

static bool opens_before(uint32_t c) /* what may stand in front of an opening mark */
{
    return char_is_blank(c) || c == '(' || c == '[' || c == '{' || c == 0x2014 || c == 0x2013 ||
           c == '-' || c == '/' || c == 0x2026 || c == 0x201c || c == 0x2018 || c == 0x201e ||
           c == 0xab || c == '*' || c == '_' || c == 0x200b || c == 0xfeff;
}

static bool closes_behind(uint32_t c) /* what may stand behind a closing mark */
{
    return char_is_blank(c) || (c < 128 && c && strchr(".,;:!?)]}-/*_", (int)c)) || c == 0x2014 ||
           c == 0x2013 || c == 0x2026 || c == 0x201d || c == 0x2019 || c == 0xbb || c == 0x200b ||
           c == 0xfeff;
}

/* The neighbours, looking past other straight marks, which stand on either side alike. */
static void look_around(struct str t, struct span in, struct mark *m)
{
    size_t b = m->at, e = m->end;
    while (b > in.begin && m->at - b < MARKS_TOGETHER_MAX &&
           (t.p[b - 1] == '"' || t.p[b - 1] == '\''))
        b--;
    while (e < in.end && e - m->end < MARKS_TOGETHER_MAX && (t.p[e] == '"' || t.p[e] == '\''))
        e++;
    uint32_t before = char_before(t, b, in.begin), after = char_after(t, e, in.end);
    m->left = opens_before(before);
    m->right = closes_behind(after) || e == in.end;
    m->letter_left = char_is_letter(before) || char_is_digit(before);
    m->letter_right = char_is_letter(after) || char_is_digit(after);
}

/* ---- the stack ---- */

static struct quoted *quoted_of(struct pairing *p, uint32_t level)
{
    return &p->out->v[p->stack[level].quoted];
}

static struct span paragraph_at(const struct pairing *p)
{
    return p->paragraphs->v[p->paragraph].at;
}

static void open_pair(struct pairing *p, const struct mark *m)
{
    if (p->depth == DEPTH_MAX)
        return;
    struct quoted q = {.at = {m->end, m->end}, .outer = {m->at, DROPPED}, .family = m->family};
    struct span in = paragraph_at(p);
    if (p->pending && p->depth == 0 && m->family != FAMILY_SINGLE && m->at == in.begin &&
        p->pending_from + 1 == p->paragraph) {
        p->out->v[p->pending - 1].open = false;
        q.continues = true;
    }
    if (m->family != FAMILY_SINGLE)
        p->pending = 0;
    p->stack[p->depth++] = (struct level){.quoted = (uint32_t)p->out->n, .family = m->family};
    vec_push(p->out, q);
}

/* Ends the pair on top at `end`, its mark reaching to `outer_end`. */
static void end_top(struct pairing *p, uint32_t end, uint32_t outer_end)
{
    struct quoted *q = quoted_of(p, --p->depth);
    q->at.end = end;
    q->outer.end = outer_end;
}

/* Takes single ones off the top: closed at their weak place, or no quotations at all. */
static void settle_singles(struct pairing *p, uint32_t down_to)
{
    while (p->depth > down_to && p->stack[p->depth - 1].family == FAMILY_SINGLE) {
        uint32_t weak = p->stack[p->depth - 1].weak;
        if (weak)
            end_top(p, weak, weak + (p->text.p[weak] == '\'' ? 1 : 3));
        else
            p->depth--;
    }
}

/* ---- lost closing marks ---- */

static struct str word_in(struct str t, size_t at, size_t end)
{
    size_t e = at;
    while (e < end && ((t.p[e] | 32) >= 'a' && (t.p[e] | 32) <= 'z'))
        e++;
    return str_from(t.p + at, e - at);
}

/* Whether "Voss said", "she continued", "the keeper wrote" begins at `at`. */
static bool speech_resumes(struct str t, size_t at, size_t end)
{
    for (int words = 0; words < 5 && at < end; words++) {
        while (at < end && t.p[at] == ' ')
            at++;
        struct str w = word_in(t, at, end);
        unsigned classes = cue_of_word(w);
        bool capital = w.n && w.p[0] >= 'A' && w.p[0] <= 'Z';
        if (words && (classes & CUE_SAY) && !(classes & (CUE_ING | CUE_BASE)) && !capital)
            return true;
        bool fits = words == 0 ? capital || (classes & (WORD_HE | WORD_SHE | WORD_THEY | WORD_DET))
                               : capital || (classes & (WORD_AUX | WORD_ROLE));
        if (!w.n || !fits)
            return false;
        at += w.n;
    }
    return false;
}

/* Where an unclosed quotation [begin, end) gives way to the writer: the comma of ", she said". */
static uint32_t speech_end(struct str t, uint32_t begin, uint32_t end)
{
    for (const char *c = t.p + begin; (c = memchr(c, ',', (size_t)(t.p + end - c))); c++)
        if (speech_resumes(t, (size_t)(c - t.p) + 1, end))
            return (uint32_t)(c - t.p) + 1;
    return end;
}

/* Ends all that is open at `end`: closing marks were lost.  `reopens`: a new mark stands there. */
static void give_up_open(struct pairing *p, uint32_t end)
{
    settle_singles(p, 0);
    while (p->depth) {
        struct quoted *q = quoted_of(p, p->depth - 1);
        if (p->stack[p->depth - 1].family == FAMILY_SINGLE) {
            p->depth--;
            continue;
        }
        uint32_t until = speech_end(p->text, q->at.begin, end);
        q->open = true;
        end_top(p, until, until);
    }
}

/* The last byte before `at` that is no blank. */
static char solid_before(struct str t, size_t at, size_t begin)
{
    while (at > begin && t.p[at - 1] == ' ')
        at--;
    return at > begin ? t.p[at - 1] : '\n';
}

static bool sentence_ended_before(const struct pairing *p, uint32_t at)
{
    char c = solid_before(p->text, at, paragraph_at(p).begin);
    return c == '.' || c == '!' || c == '?';
}

static bool capital_at(struct str t, size_t at)
{
    const char *next;
    return at < t.n && char_is_upper(utf8_decode(t.p + at, &next));
}

/* ---- one mark ---- */

static int find_open(const struct pairing *p, uint8_t family)
{
    for (uint32_t i = p->depth; i > 0; i--)
        if (p->stack[i - 1].family == family)
            return (int)i - 1;
    return -1;
}

/* A closing mark and nothing to close: the opening stands in an earlier paragraph, or is lost. */
static void close_pending(struct pairing *p, const struct mark *m)
{
    if (!p->pending || p->paragraph - p->pending_from > REPAIR_PARAGRAPHS_MAX)
        return;
    p->out->v[p->pending - 1].open = false;
    for (uint32_t i = p->pending_from + 1; i <= p->paragraph; i++) {
        struct span in = p->paragraphs->v[i].at;
        bool last = i == p->paragraph;
        struct quoted q = {.family = m->family, .continues = true};
        q.at = span_of(in.begin, last ? m->at : in.end);
        q.outer = span_of(in.begin, last ? m->end : in.end);
        if (!p->paragraphs->v[i].furniture)
            vec_push(p->out, q);
    }
    p->pending = 0;
}

static void close_pair(struct pairing *p, const struct mark *m)
{
    int i = find_open(p, m->family);
    if (i < 0 && m->right)
        i = find_open(p, m->family == FAMILY_DOUBLE ? FAMILY_ANGLE : FAMILY_DOUBLE);
    if (i < 0) {
        close_pending(p, m);
        return;
    }
    settle_singles(p, (uint32_t)i + 1);
    p->depth = (uint32_t)i + 1;
    end_top(p, m->at, m->end);
}

static void open_double(struct pairing *p, const struct mark *m)
{
    int outer = find_open(p, m->family);
    if (outer >= 0 && sentence_ended_before(p, m->at) && capital_at(p->text, m->end))
        give_up_open(p, m->at);
    open_pair(p, m);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 5'10", 12" pipe: a straight double behind a digit that closes nothing. */
static bool is_inches(const struct pairing *p, const struct mark *m, bool anything_open)
{
    struct str t = p->text;
    if (t.p[m->at] != '"' || m->at == 0 || !is_digit(t.p[m->at - 1]))
        return false;
    if (!anything_open)
        return true;
    size_t i = m->at - 1;
    while (i > 0 && is_digit(t.p[i - 1]))
        i--;
    return i > 1 && (t.p[i - 1] == '\'' || (t.p[i - 1] & 0x80)) &&
           (is_digit(t.p[i - 2]) || (i > 3 && is_digit(t.p[i - 4])));
}

static void take_double(struct pairing *p, const struct mark *m)
{
    bool any = find_open(p, m->family) >= 0;
    bool opens = !any;
    if (m->turn == TURN_LOW)
        opens = true;
    else if (m->left != m->right)
        opens = m->left;
    else if (m->turn != TURN_EITHER)
        opens = m->turn == TURN_LEFT;
    if (m->turn == TURN_LEFT && !m->right)
        opens = true;
    if (m->turn == TURN_RIGHT && any)
        opens = false;
    if (is_inches(p, m, any))
        return;
    if (opens)
        open_double(p, m);
    else
        close_pair(p, m);
}

/* '90s, 'em, 'til: letters left out, no quotation. */
static bool is_elision(struct str t, size_t after)
{
    static const char *const heads[] = {"em", "til", "tis", "twas", "cause", "bout", "n", "round"};
    if (after < t.n && is_digit(t.p[after]))
        return after + 2 < t.n && is_digit(t.p[after + 1]) &&
               (t.p[after + 2] == 's' || t.p[after + 2] == ' ' || t.p[after + 2] == ',' ||
                t.p[after + 2] == '.');
    struct str w = word_in(t, after, t.n);
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        if (w.n == strlen(heads[i]) && memcmp(w.p, heads[i], w.n) == 0)
            return true;
    return false;
}

/* "voters' rights": behind an s, in front of a word, it may own instead of close. */
static bool may_own(struct str t, const struct mark *m, size_t end)
{
    return m->at > 0 && (t.p[m->at - 1] == 's' || t.p[m->at - 1] == 'z' || t.p[m->at - 1] == 'n') &&
           m->end + 1 < end && t.p[m->end] == ' ' && t.p[m->end + 1] >= 'a' &&
           t.p[m->end + 1] <= 'z';
}

static void take_single(struct pairing *p, const struct mark *m)
{
    struct span in = paragraph_at(p);
    bool top = p->depth && p->stack[p->depth - 1].family == FAMILY_SINGLE;
    if (m->left && m->letter_right == false && m->right)
        return;
    if (m->left && !m->right) {
        if (m->turn == TURN_RIGHT && p->text.p[m->at] != '\'')
            return; /* ’90s, ’em: the right glyph of an apostrophe */
        if (is_elision(p->text, m->end))
            return;
        if (top && p->stack[p->depth - 1].weak)
            settle_singles(p, p->depth - 1), top = false;
        if (!top)
            open_pair(p, m);
        return;
    }
    if (!top || m->letter_right || m->turn == TURN_LEFT)
        return;
    if (may_own(p->text, m, in.end)) {
        if (!p->stack[p->depth - 1].weak)
            p->stack[p->depth - 1].weak = m->at;
        return;
    }
    end_top(p, m->at, m->end);
}

/* '' is one double mark only in the company of ``, else two single ones. */
static bool lone_half(const struct pairing *p, const struct mark *m)
{
    return m->end - m->at == 2 && p->text.p[m->at] == '\'' && !p->backquoted &&
           !(m->left && !m->right) && find_open(p, FAMILY_DOUBLE) < 0;
}

static void pair_paragraph(struct pairing *p)
{
    struct span in = paragraph_at(p);
    for (uint32_t i = in.begin; i < in.end;) {
        if (!may_begin_mark[(unsigned char)p->text.p[i]]) {
            i++;
            continue;
        }
        struct glyph g = glyph_at(p->text, i, in.end);
        if (!g.length) {
            i++;
            continue;
        }
        struct mark m = {.at = i, .end = i + g.length, .family = g.family, .turn = g.turn};
        look_around(p->text, in, &m);
        if (lone_half(p, &m))
            m.end = i + 1, m.family = FAMILY_SINGLE, m.turn = TURN_EITHER;
        p->backquoted |= g.length == 2 && p->text.p[i] == '`';
        if (m.family == FAMILY_SINGLE)
            take_single(p, &m);
        else
            take_double(p, &m);
        i = m.end;
    }
}

/* What is open at the end of a paragraph waits for the next to go on. */
static void end_paragraph(struct pairing *p)
{
    struct span in = paragraph_at(p);
    settle_singles(p, 0);
    uint32_t first = p->depth ? p->stack[0].quoted + 1 : 0;
    give_up_open(p, in.end);
    if (first && p->out->v[first - 1].open && p->out->v[first - 1].at.end == in.end) {
        p->pending = first;
        p->pending_from = p->paragraph;
    }
}

static void trim_quoted(struct str t, struct quoted *q)
{
    const char *next;
    while (q->at.begin < q->at.end && char_is_blank(utf8_decode(t.p + q->at.begin, &next)))
        q->at.begin = (uint32_t)(next - t.p);
    while (q->at.end > q->at.begin) {
        uint32_t b = q->at.end - 1;
        while (b > q->at.begin && (t.p[b] & 0xc0) == 0x80)
            b--;
        if (!char_is_blank(utf8_decode(t.p + b, &next)))
            break;
        q->at.end = b;
    }
}

static int by_begin(const void *a, const void *b)
{
    const struct quoted *x = a, *y = b;
    if (x->outer.begin != y->outer.begin)
        return x->outer.begin < y->outer.begin ? -1 : 1;
    return x->outer.end > y->outer.end ? -1 : x->outer.end < y->outer.end;
}

/* Drops what never closed, sorts, and counts how deep each lies. */
static void settle(struct str t, quoted_list *out)
{
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        struct quoted q = out->v[i];
        trim_quoted(t, &q);
        if (q.outer.end != DROPPED && q.at.begin < q.at.end)
            out->v[n++] = q;
    }
    out->n = n;
    if (n)
        qsort(out->v, n, sizeof(*out->v), by_begin);
    uint32_t ends[DEPTH_MAX + 1], depth = 0;
    for (size_t i = 0; i < n; i++) {
        while (depth && ends[depth - 1] <= out->v[i].outer.begin)
            depth--;
        out->v[i].level = (uint8_t)depth;
        if (depth <= DEPTH_MAX)
            ends[depth++] = out->v[i].outer.end;
    }
}

void quote_marks(struct str text, const paragraph_list *paragraphs, quoted_list *out)
{
    struct pairing p = {.text = text, .paragraphs = paragraphs, .out = out};
    for (; p.paragraph < paragraphs->n; p.paragraph++) {
        if (paragraphs->v[p.paragraph].furniture)
            continue;
        pair_paragraph(&p);
        end_paragraph(&p);
        if (p.pending && p.pending_from + REPAIR_PARAGRAPHS_MAX < p.paragraph)
            p.pending = 0;
    }
    settle(text, out);
}
