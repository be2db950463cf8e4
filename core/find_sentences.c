/* Sentences and paragraphs of a news text.
 *
 * A text is cut into lines, lines are joined into paragraphs, a paragraph is cut at its stops.
 * Web text has a line a paragraph; old wire copy and mail is wrapped hard, and there a line end
 * counts only where the next word would still have fitted: the width is the longest line's,
 * if no line is longer than a terminal was wide.  Furniture is marked on lines and, in prose,
 * on sentences: a notice is often glued to the last paragraph.
 *
 * Scanning is by a table of the bytes that matter; all else is asked once a stop. */
#include "core/find.h"
#include "core/sentence_parts.h"
#include "core/text.h"

#define WRAP_COLS_MAX      90
#define WRAP_COLS_MIN      40
#define HEADLINE_BYTES_MAX 160
#define HEADLINE_WORDS_MAX 20
#define LIST_BYTES_MAX     140 /* a headline in a list of related stories */

struct splitter {
    struct str text;
    struct found *out;
    size_t wrap;        /* width of hard wrapping; 0: a line is a paragraph */
    uint32_t paragraph; /* the next one's number */
    bool in_list;       /* below "RELATED CONTENT:", and this is one of its headlines */
    bool list_next;     /* the line before was "RELATED CONTENT:" */
    size_t teaser;      /* 1 + index of the sentence of a teaser still waiting, 0: none */
};

bool line_is_stopped(struct str line)
{
    for (size_t i = line.n; i > 0;) {
        size_t b = i - 1;
        while (b > 0 && (line.p[b] & 0xc0) == 0x80)
            b--;
        struct str last = str_from(line.p + b, i - b);
        if (last.n == 1 && strchr(".!?", last.p[0]))
            return true;
        if (str_eq(last, STR("\xe2\x80\xa6")))
            return true;
        if (closers_at(last, 0) != last.n && last.p[0] != ' ')
            return false;
        i = b;
    }
    return false;
}

static size_t line_end(struct str t, size_t at)
{
    const char *e = memchr(t.p + at, '\n', t.n - at);
    return e ? (size_t)(e - t.p) : t.n;
}

/* The longest line, if lines look hard wrapped: several full ones followed at once by another. */
static size_t wrap_width(struct str t)
{
    size_t longest = 0, joined = 0, before = 0;
    for (size_t i = 0, e; i < t.n; i = e + 1) {
        e = line_end(t, i);
        size_t n = e - i;
        if (n > WRAP_COLS_MAX)
            return 0;
        if (n > longest)
            longest = n;
        joined += n > 0 && before >= WRAP_COLS_MIN;
        before = n;
    }
    return longest >= WRAP_COLS_MIN && joined >= 2 ? longest : 0;
}

/* Whether the line [b, e) goes on in the line behind it: the next word would not have fitted, or
 * nothing stops the line and the next begins small, as where lines were broken by hand. */
static bool line_goes_on(const struct splitter *s, size_t b, size_t e)
{
    struct str t = s->text;
    if (!s->wrap || e + 1 >= t.n || t.p[e + 1] == '\n' || t.p[e + 1] == ' ' || t.p[e + 1] == '\t')
        return false;
    if (t.p[e + 1] >= 'a' && t.p[e + 1] <= 'z' && !line_is_stopped(str_from(t.p + b, e - b)))
        return true;
    size_t next = e + 1;
    while (next < t.n && t.p[next] != ' ' && t.p[next] != '\n')
        next++;
    return e - b + 1 + (next - e - 1) > s->wrap;
}

static struct span trimmed(struct str t, size_t b, size_t e)
{
    const char *next;
    while (b < e && char_is_blank(utf8_decode(t.p + b, &next)))
        b = (size_t)(next - t.p);
    while (b < e) {
        size_t last = e - 1;
        while (last > b && (t.p[last] & 0xc0) == 0x80)
            last--;
        if (!char_is_blank(utf8_decode(t.p + last, &next)))
            break;
        e = last;
    }
    return span_of(b, e);
}

static size_t words_of(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] != ' ' && (i == 0 || s.p[i - 1] == ' ');
    return n;
}

static bool is_headline(struct str paragraph, bool first)
{
    if (paragraph.n > HEADLINE_BYTES_MAX || words_of(paragraph) > HEADLINE_WORDS_MAX)
        return false;
    char last = paragraph.p[paragraph.n - 1];
    if (last == ':' || last == ',' || last == ';' || last == '-')
        return false;
    if (!line_is_stopped(paragraph))
        return true;
    /* "Who lit the lamp?" stands as a headline on top of an article alone. */
    return first && (last == '?' || last == '!') && !memchr(paragraph.p, '.', paragraph.n);
}

static void add_sentence(struct splitter *s, size_t b, size_t e, uint8_t flags)
{
    struct span at = trimmed(s->text, b, e);
    if (!span_is_empty(at))
        vec_push(&s->out->sentences, ((struct sentence){at, s->paragraph, flags}));
}

static const bool is_stop[256] = {['.'] = true, ['!'] = true, ['?'] = true, [0xe2] = true};

/* Bytes of the run of stops at `i`; ". . ." counts as one. */
static size_t stops_at(struct str t, size_t i)
{
    size_t e = i;
    for (;;) {
        if (e < t.n && (t.p[e] == '.' || t.p[e] == '!' || t.p[e] == '?'))
            e++;
        else if (e + 2 < t.n && memcmp(t.p + e, "\xe2\x80\xa6", 3) == 0)
            e += 3;
        else if (e > i && e + 1 < t.n && t.p[e] == ' ' && t.p[e + 1] == '.')
            e += 2;
        else
            return e - i;
    }
}

static void split_paragraph(struct splitter *s, struct span at, uint8_t flags)
{
    struct str t = str_from(s->text.p, at.end); /* nothing behind the paragraph counts */
    size_t begin = at.begin;
    size_t first = s->out->sentences.n;
    for (size_t i = at.begin; i < at.end;) {
        if (!is_stop[(unsigned char)t.p[i]]) {
            i++;
            continue;
        }
        size_t stops = stops_at(t, i);
        if (!stops) {
            i++;
            continue;
        }
        size_t after = i + stops, closed = after + closers_at(t, after);
        if (stop_ends_sentence(t, i, after, closed)) {
            add_sentence(s, begin, closed, flags);
            begin = closed;
        }
        i = closed;
    }
    add_sentence(s, begin, at.end, flags);
    struct sentence *v = s->out->sentences.v;
    v[first].flags |= SENTENCE_PARAGRAPH;
    if (first + 1 == s->out->sentences.n && (!flags || s->in_list) &&
        is_headline(str_at(s->text, at), s->paragraph == 0))
        v[first].flags |= SENTENCE_HEADLINE;
    for (size_t n = first; n < s->out->sentences.n; n++)
        if (line_furniture(str_at(s->text, v[n].at)) == FURNITURE_LINE)
            v[n].flags |= SENTENCE_FURNITURE;
}

/* A teaser's paragraph stands between it and furniture or the end: mark what is between. */
static void settle_teaser(struct splitter *s)
{
    if (!s->teaser)
        return;
    struct sentence *v = s->out->sentences.v;
    size_t n = s->out->sentences.n;
    if (n > s->teaser && v[n - 1].paragraph == v[s->teaser - 1].paragraph + 1)
        for (size_t i = s->teaser; i < n; i++)
            v[i].flags |= SENTENCE_FURNITURE;
    s->teaser = 0;
}

static uint8_t paragraph_flags(struct splitter *s, struct str p, enum furniture f)
{
    if (f) {
        settle_teaser(s);
        s->in_list = false;
        s->list_next = f == FURNITURE_LIST;
        return SENTENCE_FURNITURE;
    }
    s->in_list |= s->list_next;
    s->list_next = false;
    s->in_list = s->in_list && p.n <= LIST_BYTES_MAX && !line_is_stopped(p);
    return s->in_list ? SENTENCE_FURNITURE : 0;
}

static void add_paragraph(struct splitter *s, size_t b, size_t e)
{
    struct span at = trimmed(s->text, b, e);
    if (span_is_empty(at))
        return;
    struct str p = str_at(s->text, at);
    enum furniture furniture = line_furniture(p);
    uint8_t flags = paragraph_flags(s, p, furniture);
    split_paragraph(s, at, flags);
    if (furniture == FURNITURE_TEASER)
        s->teaser = s->out->sentences.n;
    else if (s->teaser && s->out->sentences.v[s->teaser - 1].paragraph + 1 < s->paragraph)
        s->teaser = 0;
    s->paragraph++;
}

void find_sentences(struct finder *f, const struct body *body, struct found *out)
{
    (void)f;
    struct splitter s = {.text = body->text, .out = out, .wrap = wrap_width(body->text)};
    struct str t = body->text;
    for (size_t b = 0, line = 0; b < t.n;) {
        size_t e = line_end(t, line);
        if (line_goes_on(&s, line, e)) {
            line = e + 1;
            continue;
        }
        add_paragraph(&s, b, e);
        b = line = e + 1;
    }
    settle_teaser(&s);
}
