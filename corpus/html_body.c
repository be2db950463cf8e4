/* Which blocks of a page are the article.
 *
 * A block of prose, many words and few of them links, counts for its words; a list of links or a
 * scrap counts against.  Summed up the tree, the element with the highest sum is the one that
 * holds the article and as little else as possible.  Elements whose tag or class speaks of
 * furniture are left out first, but only when they hold little of the page's prose: "form",
 * "header" or "sidebar" stand on many a wrapper of everything.
 *
 * Choosing the single block with the most text was tried in mind and left: articles come cut in
 * pieces by advertisements.  So were lists of sites: they are never complete. */
#include "corpus/html.h"


struct measure {
    uint32_t words;
    bool sentence;    /* ends as sentences do */
    float link_share; /* of its bytes */
};

/* The block without the marks that may stand behind a full stop. */
static bool ends_as_sentence(struct str s)
{
    static const char *const trailing[] = {
        "\"", "'", ")", "]", "\xe2\x80\x9d", "\xe2\x80\x99", "\xc2\xbb", "\xe2\x80\x9c"};
    static const char *const ends[] = {
        ".", "!", "?", ":", ";", "\xe2\x80\xa6", "\xe3\x80\x82", "\xd8\x9f"};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < COUNT_OF(trailing); i++)
            if (str_ends(s, str_of(trailing[i])))
                s.n -= strlen(trailing[i]), again = true;
    }
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (str_ends(s, str_of(ends[i])))
            return true;
    return false;
}

static struct measure measure(const struct html_page *p, const struct html_block *b)
{
    struct str s = str_from(p->text.v + b->at.begin, span_length(b->at));
    size_t blanks = 0, wide = 0;
    for (size_t i = 0; i < s.n; i++) {
        blanks += s.p[i] == ' ' || s.p[i] == '\n';
        wide += (unsigned char)s.p[i] >= 0xe3 && (unsigned char)s.p[i] < 0xf0; /* no blanks there */
    }
    return (struct measure){(uint32_t)(blanks + 1 + wide / 2), ends_as_sentence(s),
                            (float)b->link_bytes / (float)s.n};
}

static bool is_prose(const struct measure *m)
{
    return m->link_share < 0.4f && (m->words >= 20 || (m->words >= 4 && m->sentence));
}

static float block_score(const struct measure *m, uint8_t flags)
{
    if (flags & HTML_HEADING && !(m->sentence && m->words >= 12))
        return 0;
    if (is_prose(m))
        return (float)m->words * (1 - m->link_share) * (flags & HTML_PARAGRAPH ? 1.2f : 1);
    if (m->link_share >= 0.4f)
        return -3 - 0.2f * (float)m->words;
    return flags & HTML_PARAGRAPH ? -0.5f : -1.5f;
}

/* Every node gets the sum of the blocks below it; blocks of nodes in `out` do not count, nor,
 * where `prose_only`, blocks that count against. */
static void sum_scores(struct html_page *p, const struct measure *m, const bool *out,
                       bool prose_only)
{
    for (size_t i = 0; i < p->nodes.n; i++)
        p->nodes.v[i].score = 0;
    for (size_t i = 0; i < p->blocks.n; i++) {
        struct html_node *n = &p->nodes.v[p->blocks.v[i].node];
        float score = block_score(&m[i], n->flags);
        if (!out[p->blocks.v[i].node] && (score > 0 || !prose_only))
            n->score += score;
    }
    for (size_t i = p->nodes.n; i-- > 1;)
        p->nodes.v[p->nodes.v[i].parent].score += p->nodes.v[i].score;
}

/* Marks the nodes that are furniture, with all below them.  Scores are of prose only: a wrapper of
 * everything holds the menus too, and they must not speak against it. */
static void leave_out_furniture(const struct html_page *p, bool *out)
{
    const float all = p->nodes.v[0].score;
    for (size_t i = 1; i < p->nodes.n; i++) {
        const struct html_node *n = &p->nodes.v[i];
        float least = n->flags & HTML_LIKELY ? 0.15f : 0.4f;
        bool furniture = (n->flags & HTML_SUSPECT && n->score < least * all) ||
                         (n->flags & HTML_COMMENTS && n->score < 0.9f * all);
        out[i] = out[n->parent] || furniture;
    }
}

static float weight(const struct html_node *n)
{
    return n->score * (n->flags & HTML_STATED ? 1.05f : 1);
}

/* leads[i] is how many paragraphs of prose lie in nodes before i, so that a difference counts
 * those of a run of nodes; nodes stand in the order of the page, so a subtree is such a run. */
static void count_leads(const struct html_page *p, const struct measure *m, const bool *out,
                        uint32_t *leads)
{
    memset(leads, 0, (p->nodes.n + 1) * sizeof(*leads));
    for (size_t i = 0; i < p->blocks.n; i++) {
        uint32_t node = p->blocks.v[i].node;
        leads[node + 1] += !out[node] && is_prose(&m[i]) && p->nodes.v[node].flags & HTML_PARAGRAPH;
    }
    for (size_t i = 0; i < p->nodes.n; i++)
        leads[i + 1] += leads[i];
}

/* The element with the highest sum; from there down as long as one child holds nearly all, and no
 * paragraph stands before it: the first is often set apart from the rest. */
static uint32_t best_node(const struct html_page *p, const uint32_t *leads)
{
    uint32_t best = 0;
    for (size_t i = 0; i < p->nodes.n; i++)
        if (weight(&p->nodes.v[i]) >= weight(&p->nodes.v[best]))
            best = (uint32_t)i;
    while (p->nodes.v[best].flags & (HTML_PARAGRAPH | HTML_ITEM))
        best = p->nodes.v[best].parent; /* an article may be one paragraph, but not by itself */
    for (size_t i = best + 1; i < p->nodes.n; i++) {
        const struct html_node *n = &p->nodes.v[i];
        if (n->parent == best && n->score > 0.92f * p->nodes.v[best].score &&
            !(n->flags & (HTML_PARAGRAPH | HTML_ITEM)) && leads[i] == leads[best])
            best = (uint32_t)i;
    }
    return best;
}

/* `in[i]` says that node i is `root` or below it, and not left out. */
static void mark_below(const struct html_page *p, uint32_t root, const bool *out, bool *in)
{
    for (size_t i = 0; i < p->nodes.n; i++)
        in[i] = !out[i] && (i == root || (i > root && in[p->nodes.v[i].parent]));
}

static bool is_kept(const struct html_page *p, const struct html_block *b, const struct measure *m)
{
    uint8_t flags = p->nodes.v[b->node].flags;
    if (is_prose(m))
        return true;
    if (m->link_share >= 0.4f)
        return flags & HTML_PARAGRAPH && m->link_share < 0.9f && m->words >= 8;
    return flags & (HTML_PARAGRAPH | HTML_HEADING | HTML_ITEM);
}

struct choice {
    struct html_page *page;
    const struct measure *measures;
    bool *keep;      /* a block */
    size_t n;
};

static struct str block_text(const struct html_page *p, size_t i)
{
    struct span at = p->blocks.v[i].at;
    return str_from(p->text.v + at.begin, span_length(at));
}

/* Prose, or a paragraph of a few words that end as a sentence: "It did." */
static bool is_said(const struct choice *c, size_t i)
{
    uint8_t flags = c->page->nodes.v[c->page->blocks.v[i].node].flags;
    const struct measure *m = &c->measures[i];
    if (flags & HTML_HEADING && !(m->sentence && m->words >= 12))
        return false; /* a long one with a full stop is a paragraph in large letters */
    return is_prose(m) || (flags & HTML_PARAGRAPH && m->sentence && m->link_share < 0.4f);
}

/* Headings with no prose of the article behind them, and scraps before the first and behind the
 * last prose, are no part of it. */
static void trim_choice(struct choice *c)
{
    bool prose_behind = false;
    for (size_t i = c->n; i-- > 0;) {
        if (!c->keep[i])
            continue;
        bool prose = is_said(c, i);
        if (!prose && !prose_behind)
            c->keep[i] = false;
        prose_behind |= prose;
    }
    for (size_t i = 0; i < c->n; i++) {
        if (!c->keep[i])
            continue;
        if (is_said(c, i))
            break;
        c->keep[i] = false;
    }
}

static struct str join(const struct choice *c, struct arena *a, struct str title)
{
    char *out = arena_alloc(a, c->page->text.n + c->page->blocks.n * 2 + 1), *w = out;
    struct str before = title;
    for (size_t i = 0; i < c->n; i++) {
        struct str s = block_text(c->page, i);
        if (!c->keep[i] || str_eq(s, before) || str_eq(s, title))
            continue;
        if (w > out)
            *w++ = '\n', *w++ = '\n';
        w = mempcpy(w, s.p, s.n);
        before = s;
    }
    return str_from(out, (size_t)(w - out));
}

/* A page without prose (a notice, a list): what is no furniture, or else all there is. */
static void choose_anything(struct choice *c, const bool *out)
{
    bool any = false;
    for (size_t i = 0; i < c->n; i++)
        any |= c->keep[i] = !out[c->page->blocks.v[i].node] && c->measures[i].link_share < 0.9f;
    for (size_t i = 0; i < c->n && !any; i++)
        c->keep[i] = true;
}

struct str html_body(struct html_page *p, struct arena *a, struct str title)
{
    struct measure *m = mem_alloc(p->blocks.n * sizeof(*m));
    bool *out = mem_alloc(p->nodes.n), *in = mem_alloc(p->nodes.n), *keep = mem_alloc(p->blocks.n);
    uint32_t *leads = mem_alloc((p->nodes.n + 1) * sizeof(*leads));
    memset(out, 0, p->nodes.n);
    for (size_t i = 0; i < p->blocks.n; i++)
        m[i] = measure(p, &p->blocks.v[i]);
    sum_scores(p, m, out, true);
    leave_out_furniture(p, out);
    sum_scores(p, m, out, false);
    count_leads(p, m, out, leads);
    mark_below(p, best_node(p, leads), out, in);
    for (size_t i = 0; i < p->blocks.n; i++)
        keep[i] = in[p->blocks.v[i].node] && is_kept(p, &p->blocks.v[i], &m[i]);
    struct choice c = {p, m, keep, p->blocks.n};
    trim_choice(&c);
    struct str body = join(&c, a, title);
    if (!body.n) {
        choose_anything(&c, out);
        body = join(&c, a, title);
    }
    free(m), free(out), free(in), free(keep), free(leads);
    return body;
}
