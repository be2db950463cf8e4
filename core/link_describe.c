/* "the SKIMS founder": descriptions that mean a person of the case.
 *
 * A description is "the", a name and a noun for what somebody is.  It is tied to a person where a
 * paper sets the two side by side ("SKIMS founder Kim Harlow"), or else by vote: in every article
 * that has it the person is named, never in the same sentence (nobody is spoken of twice in one),
 * there are two such articles or more, and one person is so by far.  Where that does not hold the
 * words stay words: a wrong person is worse than none. */
#include "core/link_entities.h"

#define IN_ARTICLE_MAX 16 /* descriptions of one article that are looked at */
#define BY_FAR         3  /* times as many mentions as the next who might be meant */

static const char *const roles[] = {
    "founder",     "co-founder", "cofounder", "star",     "singer",    "rapper",     "director",
    "chairman",    "chairwoman", "president", "chief",    "boss",      "owner",      "coach",
    "captain",     "leader",     "mogul",     "magnate",  "manager",   "editor",     "author",
    "actor",       "actress",    "host",      "creator",  "executive", "spokesman",  "spokeswoman",
    "professor",   "senator",    "governor",  "mayor",    "attorney",  "lawyer",     "detective",
    "keeper",      "drummer",    "guitarist", "frontman", "striker",   "midfielder", "goalkeeper",
    "billionaire", "heiress",    "alumna",    "alum",     "CEO",
};

struct description {
    uint32_t form;
    article_id article;
    struct span at;  /* with "the" */
    uint32_t beside; /* row of the person set beside it; NO_ROW */
    bool the, chosen;
    uint32_t because; /* of a chosen one: a row of who is meant, in its article */
};

struct describing {
    struct linking *k;
    VEC(struct description) found;
    VEC(struct link_added) added;
    uint32_t *head, *next; /* found by form: 1 + index */
    uint32_t *present, *mentions, *stamp; /* by root, of the description at hand */
    uint32_t stamps;
    VEC(uint32_t) candidates; /* roots */
};

/* ---- finding ---- */

/* The end of the role behind `at`, or 0. */
static uint32_t role_end(struct str text, uint32_t at)
{
    if (at >= text.n || text.p[at] != ' ')
        return 0;
    struct str rest = str_from(text.p + at + 1, text.n - at - 1);
    for (size_t i = 0; i < COUNT_OF(roles); i++) {
        struct str r = str_of(roles[i]);
        char behind = rest.n > r.n ? rest.p[r.n] : ' ';
        bool ends = !((behind >= 'a' && behind <= 'z') || (behind >= 'A' && behind <= 'Z') ||
                      behind == '-');
        if (str_starts(rest, r) && ends)
            return at + 1 + (uint32_t)r.n;
    }
    return 0;
}

static void look_at(struct describing *s, article_id a, struct str text, uint32_t row,
                    uint32_t end_row)
{
    struct linking *k = s->k;
    const struct mention *m = &k->l->mentions[row];
    uint32_t end =
        m->kind == MENTION_PERSON || m->kind == MENTION_HANDLE || m->kind == MENTION_HASHTAG
            ? 0
            : role_end(text, m->at.end);
    if (!end)
        return;
    uint32_t b = m->at.begin;
    bool the = b >= 4 && (text.p[b - 4] == 't' || text.p[b - 4] == 'T') &&
               !memcmp(text.p + b - 3, "he ", 3);
    bool beside = row + 1 < end_row && m[1].kind == MENTION_PERSON && m[1].at.begin >= end &&
                  m[1].at.begin <= end + 2 && text.p[end] != '.' && text.p[end] != '\n';
    char buffer[FORM_BYTES_MAX];
    struct str form = name_form(str_at(text, span_of(b, end)), MENTION_OTHER, buffer);
    if (the || beside)
        vec_push(&s->found,
                 ((struct description){link_form_of(k, form), a, span_of(the ? b - 4 : b, end),
                                       beside ? row + 1 : NO_ROW, the, false, NO_ROW}));
}

static void find_descriptions(struct describing *s)
{
    const struct links *l = s->k->l;
    for (uint32_t a = 1; a <= l->n_articles; a++) {
        struct str text = article_at(s->k->job->all, (article_id){a})->text;
        size_t before = s->found.n;
        for (uint32_t row = l->mention_starts[a];
             row < l->mention_starts[a + 1] && s->found.n < before + IN_ARTICLE_MAX; row++)
            look_at(s, (article_id){a}, text, row, l->mention_starts[a + 1]);
    }
}

/* ---- voting ---- */

#define NEVER UINT32_MAX /* in `present`: named beside the description in one sentence */

/* The persons of the article, and those of them named in the sentence of the description. */
static void count_article(struct describing *s, const struct description *d)
{
    struct linking *k = s->k;
    const struct links *l = k->l;
    const struct sentence *in =
        sentence_at(article_sentences(k->job->all, d->article), d->at.begin);
    s->stamps++;
    for (uint32_t row = l->mention_starts[d->article.v]; row < l->mention_starts[d->article.v + 1];
         row++) {
        if (l->mentions[row].kind != MENTION_PERSON)
            continue;
        uint32_t root = link_root(k, k->row_node[row]);
        if (s->present[root] == 0)
            vec_push(&s->candidates, root);
        if (in && span_holds(in->at, l->mentions[row].at))
            s->present[root] = NEVER;
        if (s->stamp[root] != s->stamps && s->present[root] != NEVER)
            s->present[root]++;
        s->stamp[root] = s->stamps;
        s->mentions[root]++;
    }
}

/* Who is meant: a root, or 0. */
static uint32_t elect(const struct describing *s, uint32_t articles)
{
    uint32_t best = 0, second = 0;
    for (size_t i = 0; i < s->candidates.n; i++) {
        uint32_t root = s->candidates.v[i];
        if (s->present[root] != articles)
            continue;
        if (!best || s->mentions[root] > s->mentions[best]) {
            second = best ? s->mentions[best] : 0;
            best = root;
        } else if (s->mentions[root] > second) {
            second = s->mentions[root];
        }
    }
    return best && s->mentions[best] >= second * BY_FAR ? best : 0;
}

static void forget_candidates(struct describing *s)
{
    for (size_t i = 0; i < s->candidates.n; i++)
        s->present[s->candidates.v[i]] = s->mentions[s->candidates.v[i]] = 0;
    vec_clear(&s->candidates);
}

/* The root meant by the descriptions from `first` on in their chain, and a row that shows it. */
static uint32_t meant_by(struct describing *s, uint32_t first)
{
    uint32_t articles = 0, last = 0, beside = 0;
    bool torn = false;
    for (uint32_t i = first; i; i = s->next[i - 1]) {
        const struct description *d = &s->found.v[i - 1];
        uint32_t root = d->beside != NO_ROW ? link_root(s->k, s->k->row_node[d->beside]) : 0;
        torn |= root && beside && root != beside;
        beside = root ? root : beside;
        if (d->article.v == last || d->beside != NO_ROW)
            continue;
        last = d->article.v;
        articles++;
        count_article(s, d);
    }
    uint32_t root = torn ? 0 : beside ? beside : articles > 1 ? elect(s, articles) : 0;
    forget_candidates(s);
    return root;
}

/* The first row of the root in the article: what the alias points at. */
static uint32_t row_of_root(const struct describing *s, article_id a, uint32_t root)
{
    const struct links *l = s->k->l;
    for (uint32_t row = l->mention_starts[a.v]; row < l->mention_starts[a.v + 1]; row++)
        if (link_root(s->k, s->k->row_node[row]) == root)
            return row;
    return NO_ROW;
}

static void tie_chain(struct describing *s, uint32_t first, uint32_t root)
{
    for (uint32_t i = first; i; i = s->next[i - 1]) {
        struct description *d = &s->found.v[i - 1];
        d->because = d->the ? row_of_root(s, d->article, root) : NO_ROW;
        d->chosen = d->because != NO_ROW;
    }
}

void link_descriptions(struct linking *k)
{
    struct describing s = {.k = k};
    find_descriptions(&s);
    uint32_t forms = (uint32_t)k->forms.n + 1, nodes = (uint32_t)k->nodes.n + 1;
    s.head = mem_zalloc(forms * sizeof(uint32_t));
    s.next = mem_zalloc((s.found.n + 1) * sizeof(uint32_t));
    s.present = mem_zalloc(nodes * sizeof(uint32_t));
    s.mentions = mem_zalloc(nodes * sizeof(uint32_t));
    s.stamp = mem_zalloc(nodes * sizeof(uint32_t));
    for (size_t i = s.found.n; i > 0; i--) {
        s.next[i - 1] = s.head[s.found.v[i - 1].form];
        s.head[s.found.v[i - 1].form] = (uint32_t)i;
    }
    for (uint32_t f = 0; f + 1 < forms; f++) {
        uint32_t root = s.head[f] ? meant_by(&s, s.head[f]) : 0;
        if (root)
            tie_chain(&s, s.head[f], root);
    }
    for (size_t i = 0; i < s.found.n; i++) {
        const struct description *d = &s.found.v[i];
        struct mention m = {
            .at = d->at, .kind = MENTION_PERSON, .rule = MENTION_BY_DESCRIPTION, .score = 32768};
        if (d->chosen)
            vec_push(&s.added, ((struct link_added){d->article, d->form, m, k->row_node[d->because],
                                                    d->because}));
    }
    link_insert_rows(k, s.added.v, s.added.n);
    free(s.head), free(s.next), free(s.present), free(s.mentions), free(s.stamp);
    vec_free(&s.found);
    vec_free(&s.added);
    vec_free(&s.candidates);
}
