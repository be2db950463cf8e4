/* Quotations without marks: embedded posts and lines set off from the text.
 *
 * An embedded post ends in its author: "— Ida Voss (@idavoss) June 3, 2011"; it reaches up over
 * paragraphs that speak in the first person.  A line set off like a headline in the middle of an
 * article is a quotation when it says "I": reporters do not. */
#include "core/quote_phrase.h"
#include "core/text.h"

#define REACH_PARAGRAPHS_MAX 3
#define NAME_BYTES_MAX       60

/* Bytes of a dash at `at`: — – ― -- -; 0: none. */
static size_t dash_at(struct str t, size_t at)
{
    struct str rest = str_from(t.p + at, t.n - at);
    if (str_starts(rest, STR("\xe2\x80\x94")) || str_starts(rest, STR("\xe2\x80\x93")) ||
        str_starts(rest, STR("\xe2\x80\x95")))
        return 3;
    if (str_starts(rest, STR("--")))
        return 2;
    return str_starts(rest, STR("- ")) ? 1 : 0;
}

static bool is_upper_at(struct str t, size_t at)
{
    const char *next;
    return at < t.n && char_is_upper(utf8_decode(t.p + at, &next));
}

/* The author's name in a byline that begins with the dash at `dash` and ends at `end`. */
static struct span author_at(struct str t, size_t dash, size_t end)
{
    size_t b = dash + dash_at(t, dash);
    while (b < end &&
           (t.p[b] == ' ' || (unsigned char)t.p[b] == 0xc2 || (unsigned char)t.p[b] == 0xa0))
        b++;
    if (!is_upper_at(t, b))
        return span_of(0, 0);
    size_t e = b;
    while (e < end && t.p[e] != '(' && t.p[e] != ',' && t.p[e] != '\n')
        e++;
    while (e > b && t.p[e - 1] == ' ')
        e--;
    return e - b <= NAME_BYTES_MAX ? span_of(b, e) : span_of(0, 0);
}

/* The dash of the byline that ends the sentence: at its begin, or in front of "(@handle)". */
static bool byline_in(struct str t, struct span sentence, size_t *dash)
{
    struct str s = str_from(t.p, sentence.end);
    if (dash_at(s, sentence.begin)) {
        *dash = sentence.begin;
        return true;
    }
    const char *at = memchr(t.p + sentence.begin, '@', span_length(sentence));
    if (!at || at == t.p + sentence.begin || at[-1] != '(')
        return false;
    size_t from = (size_t)(at - t.p) - 1,
           low = from > sentence.begin + NAME_BYTES_MAX ? from - NAME_BYTES_MAX : sentence.begin;
    for (size_t i = from; i > low; i--)
        if ((t.p[i - 1] & 0xc0) != 0x80 && dash_at(s, i - 1)) {
            *dash = i - 1;
            return true;
        }
    return false;
}

static bool says_i(struct str t, struct span at)
{
    static const struct str words[] = {
        {"I", 1},  {"I'm", 3},  {"I\xe2\x80\x99m", 5},  {"my", 2}, {"My", 2},
        {"me", 2}, {"I've", 4}, {"I\xe2\x80\x99ve", 6}, {"we", 2}, {"We", 2},
        {"our", 3}};
    for (size_t i = at.begin; i < at.end;) {
        size_t e = i;
        while (e < at.end && t.p[e] != ' ' && t.p[e] != ',' && t.p[e] != '.')
            e++;
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (str_eq(str_from(t.p + i, e - i), words[w]))
                return true;
        i = e + 1;
    }
    return false;
}

/* Whether a mark pair touches the paragraph; `pair` moves on, paragraphs come in order. */
static bool holds_pair(const struct scene *s, struct span at, uint32_t *pair)
{
    while (*pair < s->pairs->n && s->pairs->v[*pair].outer.begin < at.begin)
        ++*pair;
    return *pair < s->pairs->n && s->pairs->v[*pair].outer.begin < at.end;
}

static void add_block(struct found *out, struct span at, struct span author, uint8_t rule)
{
    struct quote *row = vec_add(&out->quotes);
    *row = (struct quote){.at = at, .speaker = author, .kind = QUOTE_BLOCK, .rule = rule};
}

static struct span trim_span(struct str t, struct span at)
{
    struct str s = str_trim(str_at(t, at));
    size_t b = (size_t)(s.p - t.p);
    return span_of(b, b + s.n);
}

/* The post whose byline closes paragraph `p`, and what of it stands above. */
static void add_post(const struct scene *s, const paragraph_list *ps, size_t p, size_t dash,
                     const uint8_t *marked, struct found *out)
{
    struct span whole = ps->v[p].at, author = author_at(s->text, dash, whole.end);
    if (span_is_empty(author))
        return;
    struct span own = trim_span(s->text, span_of(whole.begin, dash));
    size_t first = p;
    bool alone = span_is_empty(own);
    while (first > 0 && p - first < REACH_PARAGRAPHS_MAX && !marked[first - 1] &&
           !ps->v[first - 1].furniture &&
           ((alone && first == p) || says_i(s->text, ps->v[first - 1].at)))
        first--;
    for (size_t i = first; i < p; i++)
        add_block(out, ps->v[i].at, author, SPEAKER_BY_BYLINE);
    if (!alone)
        add_block(out, own, author, SPEAKER_BY_BYLINE);
}

static bool is_set_off(const struct scene *s, const paragraph_list *ps, size_t p)
{
    const struct sentence *x = &s->found->sentences.v[ps->v[p].sentence];
    return p > 0 && (x->flags & SENTENCE_HEADLINE) && !(x->flags & SENTENCE_FURNITURE) &&
           says_i(s->text, x->at);
}

/* With a handle in it, or short. */
static bool is_byline(struct str line)
{
    return line.n < NAME_BYTES_MAX || memmem(line.p, line.n, "(@", 2) != NULL;
}

void quote_blocks(const struct scene *s, const paragraph_list *ps, struct arena *scratch,
                  struct found *out)
{
    uint8_t *marked = arena_array(scratch, uint8_t, ps->n + 1);
    uint32_t pair = 0;
    for (size_t p = 0; p < ps->n; p++) {
        const struct paragraph *x = &ps->v[p];
        size_t dash;
        marked[p] = holds_pair(s, x->at, &pair);
        if (marked[p] || x->furniture)
            continue;
        struct span last = s->found->sentences.v[x->sentence_end - 1].at;
        if (byline_in(s->text, last, &dash) && is_byline(str_at(s->text, span_of(dash, last.end))))
            add_post(s, ps, p, dash, marked, out);
        else if (is_set_off(s, ps, p))
            add_block(out, x->at, span_of(0, 0), SPEAKER_UNKNOWN);
    }
}
