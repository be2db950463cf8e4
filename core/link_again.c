/* Names that were overlooked: what is sure in one place is looked for in the others.
 *
 * The finder reads one article at a time, and in a headline, a list or an odd sentence it may miss
 * a name that the rest of the case is full of.  So every capitalised word that no mention covers is
 * looked up, with the words behind it, among the forms that the case is sure of.
 *
 * What protects from words that are also names ("Will", "March"): the places where a form stands
 * unmarked are counted, and it is added nowhere when the finder let it pass far more often than it
 * took it.  A small filter over first words keeps nearly all words from being folded at all, so
 * this costs about as much as reading the text once.
 *
 * The other way round, a mention that the finder made too short or too long is cut to the names
 * that the case knows in it: in headlines, tables and lists names run together. */
#include "core/clusters.h"
#include "core/link_entities.h"
#include "core/link_parts.h"
#include "core/tagger.h"
#include "core/text.h"

#define WORDS_MAX   4
#define FILTER_BITS 18
#define PASSED_MAX  2 /* times as often unmarked as found: then it is a word, not a name */

typedef VEC(struct link_added) added_vec;

struct again {
    struct linking *k;
    uint64_t *filter;   /* first words of known forms, hashed */
    uint64_t *pairs;    /* of those of two words and more, how the first two begin, hashed */
    uint32_t *mentions; /* by form: found */
    uint8_t *kind;      /* by form: what it is where it is sure; 0: not looked for */
    added_vec *added;   /* by part */
};

/* ---- the forms looked for ---- */

static uint32_t word_hash(const char *p, size_t n)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        h = (h ^ (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c)) * 0x01000193u;
    }
    return (h ^ h >> 15) & ((1u << FILTER_BITS) - 1);
}

/* How two words begin, full stops left out: few letters, so that it is the same for two spellings
 * (link_names.c). */
#define PAIR_BITS 20
#define PAIR_LETTERS 4

static uint32_t letters_of(const char *p, size_t n)
{
    uint32_t letters = 0;
    for (size_t i = 0, k = 0; i < n && k < PAIR_LETTERS; i++)
        if (p[i] != '.') {
            letters =
                letters << 8 | (unsigned char)(p[i] >= 'A' && p[i] <= 'Z' ? p[i] | 0x20 : p[i]);
            k++;
        }
    return letters;
}

static uint32_t pair_hash(uint32_t first, uint32_t second)
{
    return (first * 0x9e3779b1u ^ second) * 0x85ebca6bu >> (32 - PAIR_BITS);
}

static size_t word_length(const char *p, size_t n)
{
    const char *end = memchr(p, ' ', n);
    return end ? (size_t)(end - p) : n;
}

static void note_pair(struct again *g, struct str form)
{
    size_t n = word_length(form.p, form.n);
    if (n == form.n)
        return;
    const char *second = form.p + n + 1;
    uint32_t h =
        pair_hash(letters_of(form.p, n), letters_of(second, word_length(second, form.n - n - 1)));
    g->pairs[h / 64] |= 1ull << h % 64;
}

/* The kind that nearly all mentions of the form have, "other" not counted where there is a
 * better. */
static uint8_t sure_kind(const struct link_form *f)
{
    uint64_t known;
    uint8_t best = link_favourite(f, &known);
    if (!best)
        return f->votes[MENTION_OTHER] ? MENTION_OTHER : 0;
    bool named = best != MENTION_HANDLE && best != MENTION_HASHTAG && best != MENTION_LAW;
    return named && (uint64_t)f->votes[best] * 10 >= known * 7 ? best : 0;
}

#define MENTIONS_SURE 2

static void choose_forms(struct again *g)
{
    struct linking *k = g->k;
    for (uint32_t i = 0; i < k->l->n_mentions; i++)
        g->mentions[k->row_form[i]]++;
    for (uint32_t f = 0; f < k->forms.n; f++) {
        struct str form = link_form_text(k, f);
        bool several = form.n && (memchr(form.p, ' ', form.n) || memchr(form.p, '-', form.n));
        if (form.n < 3 || g->mentions[f] < (several ? 1u : MENTIONS_SURE))
            continue;
        g->kind[f] = sure_kind(&k->forms.v[f]);
        if (!g->kind[f])
            continue;
        uint32_t h = word_hash(form.p, word_length(form.p, form.n));
        g->filter[h / 64] |= 1ull << h % 64;
        note_pair(g, form);
    }
}

/* ---- words of the text ---- */

/* Letters, digits, what is not ASCII, and what joins: "-", ".", "&". */
static const bool word_bytes[256] = {
    ['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true, [0x80 ... 0xff] = true,
    ['-'] = true, ['.'] = true, ['&'] = true,
};

static inline bool is_word_byte(char c)
{
    return word_bytes[(unsigned char)c];
}

/* Quotation marks and dashes, U+2000 to U+203F, are no letters. */
static inline bool is_curly(struct str text, uint32_t at)
{
    return text.p[at] == '\xe2' && at + 1 < text.n && text.p[at + 1] == '\x80';
}

static bool is_word_begin(struct str text, uint32_t at)
{
    char c = text.p[at];
    return is_word_byte(c) && c != '-' && c != '.' && c != '&' && !is_curly(text, at);
}

/* The end of the word at `at`: without full stops behind it, but with those of "U.S.". */
static uint32_t word_end(struct str text, uint32_t at)
{
    uint32_t end = at;
    while (end < text.n && is_word_byte(text.p[end]) && !is_curly(text, end) &&
           end - at < FORM_BYTES_MAX)
        end++;
    while (end > at && (text.p[end - 1] == '.' || text.p[end - 1] == '-' || text.p[end - 1] == '&'))
        end--;
    while (end > at && end < text.n && ((unsigned char)text.p[end] & 0xc0) == 0x80)
        end--;
    return end;
}

/* May a form of the case begin with the word at `at` and the one behind it?  What is folded
 * otherwise than to small letters, or loses its first word, may. */
static bool may_go_on(const struct again *g, struct str text, uint32_t at, uint32_t end)
{
    uint32_t second = end + 1, behind = word_end(text, second);
    for (uint32_t i = at; i < behind; i++)
        if (text.p[i] & 0x80)
            return true;
    uint32_t first = letters_of(text.p + at, end - at);
    uint32_t h = pair_hash(first, letters_of(text.p + second, behind - second));
    return first == letters_of("the", 3) || (g->pairs[h / 64] >> h % 64 & 1);
}

/* The form with the most words that begins at `at` and ends behind `beyond`; its end, or 0. */
static uint32_t longest_form(const struct again *g, struct str text, uint32_t at, uint32_t beyond,
                             uint32_t limit, uint32_t not_this, uint32_t *form)
{
    uint32_t end = at, best = 0;
    char buffer[FORM_BYTES_MAX];
    for (int words = 0; words < WORDS_MAX && end < limit; words++) {
        end = word_end(text, end);
        if (end > limit || end - at >= FORM_BYTES_MAX)
            break;
        struct str s = end > beyond
                           ? name_form(str_at(text, span_of(at, end)), MENTION_OTHER, buffer)
                           : STR("");
        uint32_t id = s.n ? intern_find(&g->k->names, s, intern_key_of(s)) : INTERN_NONE;
        if (id != INTERN_NONE && id != not_this && g->kind[id]) {
            best = end;
            *form = id;
        }
        bool hyphen = end + 3 < text.n &&
                      !memcmp(text.p + end, " - ", 3); /* "Wal - Mart" in text set as tokens */
        if (end + 1 >= text.n || text.p[end] != ' ' ||
            !is_word_begin(text, end + (hyphen ? 3 : 1)) ||
            (words == 0 && !hyphen && !may_go_on(g, text, at, end)))
            break;
        end += hyphen ? 3 : 1;
    }
    return best;
}

/* A form of the case that stands unmarked: kept until all are counted. */
static void take(const struct again *g, added_vec *out, article_id a, uint32_t at, uint32_t end,
                 uint32_t form)
{
    struct mention m = {
        .at = {at, end}, .kind = g->kind[form], .rule = MENTION_BY_CONSISTENCY, .score = 32768};
    vec_push(out, ((struct link_added){a, form, m, 0, NO_ROW}));
}

/* Whether a form of the case may begin with the capitalised word. */
static bool may_begin(const struct again *g, struct str text, uint32_t at, uint32_t end)
{
    char before = at ? text.p[at - 1] : ' ';
    uint32_t h = word_hash(text.p + at, end - at);
    return before != '@' && before != '#' && before != '/' && before != '_' &&
           (g->filter[h / 64] >> h % 64 & 1);
}

/* A capital, or a small letter before one: "iPod". */
static inline bool begins_name(struct str text, uint32_t at)
{
    char c = text.p[at], next = at + 1 < text.n ? text.p[at + 1] : ' ';
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z' && next >= 'A' && next <= 'Z');
}

/* The words between two mentions. */
static void look_between(struct again *g, added_vec *out, article_id a, struct str text,
                         uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < to;) {
        char c = text.p[at];
        if (!is_word_byte(c) || is_curly(text, at)) {
            at += is_word_byte(c) ? 3 : 1;
            continue;
        }
        if (begins_name(text, at)) {
            uint32_t end = word_end(text, at), form = 0;
            uint32_t found = end > at && may_begin(g, text, at, end)
                                 ? longest_form(g, text, at, 0, to, INTERN_NONE, &form)
                                 : 0;
            if (found)
                take(g, out, a, at, found, form);
            at = found ? found : at + 1;
        }
        while (at < to && is_word_byte(text.p[at]) && !is_curly(text, at))
            at++;
    }
}

/* ---- names cut short, names run together ---- */

/* May a name go on over [from, to), which stands so in the case but once: "Journal" behind "Wall
 * Street", "store" behind a body's name, where the case knows that written great; but neither "2"
 * nor other small words. */
static bool goes_on_surely(struct str text, uint32_t from, uint32_t to, uint8_t kind)
{
    uint32_t last = to;
    while (last > from && text.p[last - 1] != ' ')
        last--;
    if ((kind == MENTION_ORGANISATION || kind == MENTION_OTHER) &&
        name_holds_back(str_at(text, span_of(last, to))))
        to = last;
    for (uint32_t i = from; i + 1 < to; i++) {
        char c = text.p[i + 1];
        if (text.p[i] == ' ' && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
            return false;
    }
    return true;
}

/* "Apple" where the case knows "Apple Computer" and that stands here. */
static bool lengthen(struct again *g, struct str text, uint32_t row, uint32_t limit)
{
    struct mention *m = &g->k->l->mentions[row];
    uint32_t form = 0,
             end = longest_form(g, text, m->at.begin, m->at.end, limit, INTERN_NONE, &form);
    if (end <= m->at.end ||
        (g->mentions[form] < MENTIONS_SURE && !goes_on_surely(text, m->at.end, end, m->kind)))
        return false;
    m->at.end = end;
    m->kind = g->kind[form];
    g->k->row_form[row] = form;
    return true;
}

/* "Tallow" where the case knows "Kid Tallow" and that stands here, also of "Tallow Ida Voss", which
 * is two names run together; nothing before `least` is taken. */
static void lengthen_to_left(struct again *g, struct str text, uint32_t row, uint32_t least)
{
    struct mention *m = &g->k->l->mentions[row];
    uint32_t begin = m->at.begin, form = 0;
    if (begin < least + 2 || text.p[begin - 1] != ' ')
        return;
    for (begin--; begin > least && is_word_byte(text.p[begin - 1]) &&
                  m->at.begin - begin < FORM_BYTES_MAX / 2;)
        begin--;
    if (text.p[begin] < 'A' || text.p[begin] > 'Z')
        return;
    uint32_t whole = g->k->row_form[row],
             end = longest_form(g, text, begin, m->at.begin, m->at.end, INTERN_NONE, &form);
    bool apart = end < m->at.end && m->kind == MENTION_PERSON && g->mentions[whole] == 1;
    if (!end || (end < m->at.end && !apart) || form == whole || g->mentions[form] < MENTIONS_SURE ||
        g->kind[form] != m->kind)
        return;
    m->at = span_of(begin, end);
    g->k->row_form[row] = form;
}

/* No small letter, and a capital. */
static bool is_shouted(struct str s)
{
    bool capital = false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
        capital |= s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return capital;
}

/* Written small in other news, and no word that names end in. */
static bool is_ordinary(struct str shouted)
{
    char small[FORM_BYTES_MAX];
    if (shouted.n > sizeof(small))
        return false;
    for (size_t i = 0; i < shouted.n; i++)
        small[i] =
            (char)(shouted.p[i] >= 'A' && shouted.p[i] <= 'Z' ? shouted.p[i] | 0x20 : shouted.p[i]);
    struct tag_token token;
    size_t at = 0;
    struct str word = str_from(small, shouted.n);
    return !name_holds_back(word) && tag_tokenise(word, &at, &token, 1) == 1 && at >= word.n &&
           clusters_find(token.form).fine;
}

/* What stands beside names without being of one: "BEAT", "beat", "76", "b" in a table of results. A
 * name that stands more than once has its number ("Channel 4") and its small word ("iPod nano") by
 * right, a product its number. */
static bool stands_beside(struct str word, bool shouted, bool numbers, bool small_words)
{
    bool number = true, small = word.p[0] >= 'a' && word.p[0] <= 'z';
    for (size_t i = 0; i < word.n; i++)
        number &= word.p[i] >= '0' && word.p[i] <= '9';
    if (number)
        return numbers;
    if (small)
        return small_words && (word.n == 1 || word.n > 3) && !name_holds_back(word);
    return shouted && is_ordinary(word);
}

/* Names of the case in a mention, and what stands beside them. */
struct parts {
    uint32_t names, beside; /* how many */
    struct span first;      /* the first name */
    uint32_t form;
    bool person;            /* one of them is a single word for a person */
};

/* Names that stand in the case more often than the mention does.  False when a word is left that is
 * neither. */
static bool take_apart(struct again *g, struct str text, const struct mention *m,
                       uint32_t whole_form, struct parts *p)
{
    struct span whole = m->at;
    bool shouted = is_shouted(str_at(text, whole));
    bool once = g->mentions[whole_form] == 1,
         numbers = once && (shouted || m->kind != MENTION_OTHER);
    *p = (struct parts){0};
    for (uint32_t at = whole.begin; at < whole.end;) {
        if (!is_word_begin(text, at)) {
            p->beside += strchr(",.()'\"", text.p[at]) != NULL;
            at++;
            continue;
        }
        uint32_t form = 0, stop = longest_form(g, text, at, 0, whole.end, whole_form, &form);
        if (stop && g->mentions[form] > g->mentions[whole_form]) {
            if (!p->names++)
                p->first = span_of(at, stop), p->form = form;
            p->person |= g->kind[form] == MENTION_PERSON && !memchr(text.p + at, ' ', stop - at);
            at = stop;
            continue;
        }
        stop = word_end(text, at);
        if (stop <= at || stop > whole.end ||
            !stands_beside(str_at(text, span_of(at, stop)), shouted, numbers, once && p->names))
            return false;
        p->beside++;
        at = stop;
    }
    return p->names > 0;
}

#define WORDS_LONG 4

/* Whether what was taken apart is names run together: "ENGLAND BEAT PAKISTAN", "Chandana 56",
 * "TORONTO MINNESOTA" in a list, "Kim Harlow Introduces Anna Reiss" in a headline. */
static bool runs_together(const struct again *g, struct str text, const struct mention *m,
                          uint32_t words, const struct parts *p)
{
    bool shouted = is_shouted(str_at(text, m->at));
    if (p->beside)
        return shouted || p->names > 1 || g->kind[p->form] == m->kind || m->kind == MENTION_OTHER;
    return p->names > 1 && shouted && !p->person && words < WORDS_LONG * 2;
}

/* Cut to the first name in it; those behind are found anew. */
static void cut(struct again *g, struct str text, uint32_t row)
{
    struct mention *m = &g->k->l->mentions[row];
    uint32_t whole = g->k->row_form[row], form = 0;
    struct form_words w = form_words(link_form_text(g->k, whole), MENTION_OTHER);
    if (w.n < 2)
        return;
    struct parts p;
    if (take_apart(g, text, m, whole, &p)) {
        if (!runs_together(g, text, m, w.n, &p))
            return;
    } else {
        uint32_t end = longest_form(g, text, m->at.begin, 0, m->at.end, whole, &form);
        if (!end || end >= m->at.end || g->mentions[form] < MENTIONS_SURE ||
            g->mentions[whole] > 1 || m->kind != MENTION_PERSON || w.n < WORDS_LONG ||
            g->kind[form] != MENTION_PERSON ||
            !memchr(text.p + m->at.begin, ' ', end - m->at.begin))
            return;
        p.first = span_of(m->at.begin, end), p.form = form;
    }
    m->at = p.first;
    m->kind = g->kind[p.form];
    g->k->row_form[row] = p.form;
}

#define OFTEN 5 /* mentions of a name that a word before it does not make another */

/* "Concluded Lindholm:" stands once, "Lindholm" often, and "Concluded" is a word and no given
 * name. */
static void cut_head(struct again *g, struct str text, uint32_t row)
{
    struct mention *m = &g->k->l->mentions[row];
    uint32_t first = word_end(text, m->at.begin), form = 0;
    struct str word = str_at(text, span_of(m->at.begin, first));
    if (m->kind != MENTION_PERSON || g->mentions[g->k->row_form[row]] > 1 ||
        first + 1 >= m->at.end || text.p[first] != ' ' || name_is_given(word) || !is_ordinary(word))
        return;
    uint32_t end = longest_form(g, text, first + 1, m->at.end - 1, m->at.end, INTERN_NONE, &form);
    if (end == m->at.end && g->mentions[form] >= OFTEN && g->kind[form] == MENTION_PERSON) {
        m->at.begin = first + 1;
        g->k->row_form[row] = form;
    }
}

/* "Skerrow County the": no name ends in a small word. */
static void cut_tail(struct again *g, struct str text, uint32_t row)
{
    struct mention *m = &g->k->l->mentions[row];
    uint32_t end = m->at.end, form = 0;
    while (end > m->at.begin && text.p[end - 1] >= 'a' && text.p[end - 1] <= 'z')
        end--;
    if (end <= m->at.begin || text.p[end - 1] != ' ' ||
        !name_is_small_word(str_at(text, span_of(end, m->at.end))))
        return;
    while (end > m->at.begin && text.p[end - 1] == ' ')
        end--;
    if (longest_form(g, text, m->at.begin, end - 1, end, INTERN_NONE, &form) == end) {
        m->at.end = end;
        g->k->row_form[row] = form;
    }
}

/* "Skerrow , Norland" in text set as tokens: the town, where the case knows what stands behind the
 * comma by itself.  In text as papers print it the finder knows better. */
static void cut_region(struct again *g, struct str text, uint32_t row)
{
    struct mention *m = &g->k->l->mentions[row];
    const char *comma = memrchr(text.p + m->at.begin, ',', m->at.end - m->at.begin);
    uint32_t at = comma ? (uint32_t)(comma - text.p) + 1 : 0, form = 0;
    if (m->kind != MENTION_PLACE || !comma || comma[-1] != ' ')
        return;
    while (at < m->at.end && text.p[at] == ' ')
        at++;
    if (longest_form(g, text, at, m->at.end - 1, m->at.end, INTERN_NONE, &form) != m->at.end ||
        g->kind[form] != MENTION_PLACE)
        return;
    uint32_t end = (uint32_t)(comma - text.p);
    while (end > m->at.begin && text.p[end - 1] == ' ')
        end--;
    if (end > m->at.begin)
        m->at.end = end;
}

static void mend_article(struct again *g, article_id a)
{
    struct links *l = g->k->l;
    struct str text = article_at(g->k->job->all, a)->text;
    for (uint32_t row = l->mention_starts[a.v], end = l->mention_starts[a.v + 1]; row < end;
         row++) {
        uint8_t kind = l->mentions[row].kind;
        uint32_t limit = row + 1 < end ? l->mentions[row + 1].at.begin : (uint32_t)text.n;
        if (kind == MENTION_HANDLE || kind == MENTION_HASHTAG || kind == MENTION_LAW)
            continue;
        lengthen_to_left(g, text, row,
                         row > l->mention_starts[a.v] ? l->mentions[row - 1].at.end : 0);
        if (!lengthen(g, text, row, limit))
            cut(g, text, row);
        cut_region(g, text, row);
        cut_tail(g, text, row);
        cut_head(g, text, row);
    }
}

static void look_through_article(struct again *g, added_vec *out, article_id a)
{
    const struct links *l = g->k->l;
    struct str text = article_at(g->k->job->all, a)->text;
    uint32_t from = 0;
    for (uint32_t row = l->mention_starts[a.v]; row < l->mention_starts[a.v + 1]; row++) {
        const struct mention *m = &l->mentions[row];
        if (m->at.begin > from)
            look_between(g, out, a, text, from, m->at.begin);
        from = m->at.end > from ? m->at.end : from;
    }
    look_between(g, out, a, text, from, (uint32_t)text.n);
}

static void look_at_part(void *arg, uint32_t i)
{
    struct again *g = arg;
    struct link_part p = link_part(i, g->k->l->n_articles);
    for (uint32_t a = p.first; a < p.end && !link_cancelled(g->k->job); a++) {
        mend_article(g, (article_id){a});
        look_through_article(g, &g->added[i], (article_id){a});
    }
}

/* What the parts found, without what is of forms that the finder let pass far more often than it
 * took them. */
static void insert_added(struct again *g, uint32_t parts)
{
    uint32_t *passed = mem_zalloc((g->k->forms.n + 1) * sizeof(*passed));
    added_vec all = {0};
    for (uint32_t p = 0; p < parts; p++)
        for (size_t i = 0; i < g->added[p].n; i++)
            passed[g->added[p].v[i].form]++;
    for (uint32_t p = 0; p < parts; p++) {
        for (size_t i = 0; i < g->added[p].n; i++) {
            uint32_t form = g->added[p].v[i].form;
            if (passed[form] <= g->mentions[form] * PASSED_MAX)
                vec_push(&all, g->added[p].v[i]);
        }
        vec_free(&g->added[p]);
    }
    link_insert_rows(g->k, all.v, all.n);
    free(passed);
    vec_free(&all);
}

void link_look_again(struct linking *k)
{
    struct again g = {.k = k};
    uint32_t parts = link_parts(k->l->n_articles);
    g.filter = mem_zalloc((1u << FILTER_BITS) / 8);
    g.pairs = mem_zalloc((1u << PAIR_BITS) / 8);
    g.mentions = mem_zalloc((k->forms.n + 1) * sizeof(*g.mentions));
    g.kind = mem_zalloc(k->forms.n + 1);
    g.added = mem_zalloc((parts + 1) * sizeof(*g.added));
    choose_forms(&g);
    pool_share(k->job->pool, parts, look_at_part, &g);
    insert_added(&g, parts);
    free(g.filter), free(g.pairs), free(g.mentions), free(g.kind), free(g.added);
}
