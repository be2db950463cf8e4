/* Mentions to entities over the whole case.
 *
 *     1. every mention gets a form, every name one kind (link_names.c, link_votes.c)
 *     2. what the reader decided; full names that are one, and the handles that spell them
 * (link_whole.c)
 *     3. short names, by article, then by case; what articles state (link_short.c, link_stated.c)
 *     4. descriptions; then the tables, made here
 *
 * Time is linear in the mentions: every step looks names up by form, and compares only those that
 * meet under a key.  A clustering over pairs of names was refused for its cost and because it
 * cannot say why; here each tie is one rule, kept with the passage that shows it. */
#include "core/link_entities.h"


/* ---- nodes ---- */

struct str link_text(const struct linking *k, uint32_t row)
{
    const struct article *a = article_at(k->job->all, links_mention_article(k->l, row));
    return str_at(a->text, k->l->mentions[row].at);
}

uint32_t link_form_of(struct linking *k, struct str text)
{
    uint32_t id = intern_add(&k->names, text, intern_key_of(text));
    while (k->forms.n <= id)
        (void)vec_add(&k->forms);
    return id;
}

const struct link_form *link_form_known(const struct linking *k, struct str text)
{
    uint32_t id = intern_find(&k->names, text, intern_key_of(text));
    return id == INTERN_NONE ? NULL : &k->forms.v[id];
}

uint32_t link_root(struct linking *k, uint32_t node)
{
    struct link_node *v = k->nodes.v;
    while (v[node].parent != node)
        node = v[node].parent = v[v[node].parent].parent;
    return node;
}

bool link_may_unite(struct linking *k, uint32_t a, uint32_t b)
{
    uint32_t x = link_root(k, a), y = link_root(k, b);
    for (size_t i = 0; i < k->apart.n; i++) {
        uint32_t p = link_root(k, k->apart.v[i].a), q = link_root(k, k->apart.v[i].b);
        if ((p == x && q == y) || (p == y && q == x))
            return false;
    }
    return true;
}

/* Hanging roots is by size; the reason belongs to the node that is the less known of the two
 * named, whichever root it hangs under. */
bool link_unite(struct linking *k, uint32_t a, uint32_t b, enum link_reason reason,
                struct passage because)
{
    uint32_t x = link_root(k, a), y = link_root(k, b);
    if (x == y || !link_may_unite(k, x, y))
        return x == y;
    struct link_node *v = k->nodes.v;
    bool first = v[x].merged >= v[y].merged;
    if ((v[x].kind == MENTION_PEOPLE) !=
        (v[y].kind == MENTION_PEOPLE)) /* the kind of a root is that of all */
        first = v[y].kind == MENTION_PEOPLE;
    uint32_t great = first ? x : y, small = first ? y : x;
    v[small].parent = great;
    v[great].merged += v[small].merged;
    uint32_t told = v[b].reason == LINK_IS_NAME ? b : a;
    if (v[told].reason == LINK_IS_NAME) {
        v[told].reason = (uint8_t)reason;
        v[told].because = because;
    }
    return true;
}

void link_pair(struct linking *k, uint32_t a, uint32_t b, enum link_reason reason, uint32_t score)
{
    vec_push(&k->pairs,
             ((struct entity_pair){
                 {a}, {b}, (uint8_t)reason, (uint16_t)(score > UINT16_MAX ? UINT16_MAX : score)}));
}

/* All mentions of the case behind one another, with the start of each article's. */
static void gather_mentions(const struct link_job *job, struct links *l)
{
    uint32_t n = l->n_articles;
    l->mention_starts = arena_array(&l->memory, uint32_t, n + 2);
    for (uint32_t i = 1; i <= n; i++)
        l->mention_starts[i + 1] =
            l->mention_starts[i] + article_mentions(job->all, (article_id){i}).n;
    l->n_mentions = l->mention_starts[n + 1];
    l->mentions = mem_alloc((l->n_mentions + 1) * sizeof(*l->mentions));
    for (uint32_t i = 1; i <= n; i++) {
        struct mention_run run = article_mentions(job->all, (article_id){i});
        if (run.n)
            memcpy(l->mentions + l->mention_starts[i], run.v, run.n * sizeof(*run.v));
    }
}

static void make_forms(struct linking *k)
{
    const struct links *l = k->l;
    char form[FORM_BYTES_MAX];
    for (uint32_t a = 1; a <= l->n_articles; a++) {
        struct str text = article_at(k->job->all, (article_id){a})->text;
        for (uint32_t row = l->mention_starts[a]; row < l->mention_starts[a + 1]; row++)
            k->row_form[row] = link_form_of(
                k, name_form(str_at(text, l->mentions[row].at), l->mentions[row].kind, form));
    }
}

static void move_row(struct linking *k, uint32_t from, uint32_t to)
{
    k->l->mentions[to] = k->l->mentions[from];
    k->row_form[to] = k->row_form[from];
    if (!k->row_node)
        return;
    k->row_node[to] = k->row_node[from];
    k->row_because[to] = k->row_because[from];
    k->row_reason[to] = k->row_reason[from];
}

static void put_row(struct linking *k, const struct link_added *a, uint32_t to)
{
    k->l->mentions[to] = a->mention;
    k->row_form[to] = a->form;
    if (!k->row_node)
        return;
    k->row_node[to] = a->node;
    k->row_because[to] = a->because;
    k->row_reason[to] = LINK_DESCRIPTION;
}

/* Room for so many rows; nobody else holds these columns. */
static void grow_rows(struct linking *k, size_t rows)
{
    k->l->mentions = mem_grow(k->l->mentions, rows * sizeof(*k->l->mentions));
    k->row_form = mem_grow(k->row_form, rows * sizeof(*k->row_form));
    if (!k->row_node)
        return;
    k->row_node = mem_grow(k->row_node, rows * sizeof(*k->row_node));
    k->row_because = mem_grow(k->row_because, rows * sizeof(*k->row_because));
    k->row_reason = mem_grow(k->row_reason, rows);
}

/* Where an old row stands, `at` being the old rows, rising, that the n new ones were put before. */
static uint32_t row_after(uint32_t row, const uint32_t *at, size_t n)
{
    size_t i;
    BISECT(i, 0, n, at[i] <= row);
    return row + (uint32_t)i;
}

/* In place, from the last row to the first: the columns are the largest arrays of linking. */
void link_insert_rows(struct linking *k, const struct link_added *v, size_t n)
{
    struct links *l = k->l;
    uint32_t row = l->n_mentions, out = row + (uint32_t)n;
    if (!n)
        return;
    grow_rows(k, (size_t)out + 1);
    uint32_t *at = mem_alloc(n * sizeof(*at));
    size_t left = n;
    l->n_mentions = out;
    for (uint32_t a = l->n_articles; a && left; a--) {
        uint32_t begin = l->mention_starts[a];
        l->mention_starts[a + 1] = out;
        while (row > begin || (left && v[left - 1].article.v == a)) {
            bool add =
                left && v[left - 1].article.v == a &&
                (row == begin || v[left - 1].mention.at.begin >= l->mentions[row - 1].at.begin);
            if (add) {
                at[--left] = row;
                put_row(k, &v[left], --out);
            } else {
                move_row(k, --row, --out);
            }
        }
    }
    for (uint32_t i = 0; k->row_node && i < l->n_mentions; i++)
        if (k->row_because[i] != NO_ROW)
            k->row_because[i] = row_after(k->row_because[i], at, n);
    free(at);
}

/* The node of a form under a kind, made if new; `row` is then its first. */
static uint32_t node_of(struct linking *k, uint32_t form, uint8_t kind, uint32_t row)
{
    uint32_t *node = &k->forms.v[form].node[kind];
    if (*node)
        return *node;
    uint32_t id = *node = (uint32_t)k->nodes.n;
    struct form_words w = form_words(link_form_text(k, form), kind);
    vec_push(&k->nodes, ((struct link_node){.form = form,
                                            .parent = id,
                                            .first_row = row,
                                            .kind = kind,
                                            .words = (uint8_t)w.n,
                                            .is_short = name_is_short(w, kind)}));
    return id;
}

void link_move_row(struct linking *k, uint32_t row, uint32_t form, uint32_t because,
                   enum link_reason reason)
{
    struct link_node *from = &k->nodes.v[k->row_node[row]];
    from->mentions--, from->merged--;
    uint32_t node = k->row_node[row] = node_of(k, form, MENTION_PERSON, row);
    k->nodes.v[node].mentions++, k->nodes.v[node].merged++;
    k->row_because[row] = because;
    k->row_reason[row] = (uint8_t)reason;
}

static void make_nodes(struct linking *k)
{
    vec_push(&k->nodes, ((struct link_node){0}));
    for (uint32_t row = 0; row < k->l->n_mentions; row++) {
        uint32_t node = k->row_node[row] =
            node_of(k, k->row_form[row], k->l->mentions[row].kind, row);
        k->nodes.v[node].mentions++;
        k->nodes.v[node].merged++;
    }
}

/* A long name that stands once in the case is as likely two names run together: it offers
 * nothing. */
#define WORDS_SURE 3

static void make_offers(struct linking *k)
{
    struct offer offers[OFFERS_MAX];
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        struct link_node *x = &k->nodes.v[i];
        x->offers_begin = x->offers_end = (uint32_t)k->offers.n;
        if (x->kind == MENTION_PERSON && x->words > WORDS_SURE && x->mentions < 2)
            continue;
        struct str form = link_form_text(k, x->form);
        uint32_t n = name_offers(form, x->kind, offers);
        for (uint32_t o = 0; o < n; o++) {
            uint32_t key = link_form_of(k, str_from(offers[o].text, offers[o].n));
            vec_push(&k->offers, ((struct link_offer){key, i, offers[o].role}));
        }
        x->offers_end = (uint32_t)k->offers.n;
    }
}

/* Offers by key: counted, then dealt out. */
static void index_offers(struct linking *k)
{
    k->n_keys = intern_count(&k->names);
    k->key_starts = mem_zalloc((k->n_keys + 2) * sizeof(*k->key_starts));
    k->key_offers = mem_zalloc((k->offers.n + 1) * sizeof(*k->key_offers));
    for (uint32_t i = 0; i < k->offers.n; i++)
        k->key_starts[k->offers.v[i].key + 2]++;
    for (uint32_t i = 1; i < k->n_keys + 2; i++)
        k->key_starts[i] += k->key_starts[i - 1];
    for (uint32_t i = 0; i < k->offers.n; i++)
        k->key_offers[k->key_starts[k->offers.v[i].key + 1]++] = i;
}

/* ---- the tables ---- */

struct tables {
    struct linking *k;
    uint32_t *entity_of; /* by node that is a root */
    uint32_t *stamp, *slot; /* by form: the entity and alias it was last seen in */
};

struct counted_root {
    uint32_t root, mentions, first_row;
};

static int by_mentions(const void *a, const void *b)
{
    const struct counted_root *x = a, *y = b;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return (x->first_row > y->first_row) - (x->first_row < y->first_row);
}

/* Entities by mentions, falling; rows dealt out to them. */
static void number_entities(struct tables *t)
{
    struct linking *k = t->k;
    struct links *l = k->l;
    VEC(struct counted_root) roots = {0};
    uint32_t *at = mem_zalloc((k->nodes.n + 1) * sizeof(*at));
    for (uint32_t row = 0; row < l->n_mentions; row++) {
        uint32_t root = link_root(k, k->row_node[row]);
        if (!at[root]) {
            vec_push(&roots, ((struct counted_root){root, 0, row}));
            at[root] = (uint32_t)roots.n;
        }
        roots.v[at[root] - 1].mentions++;
    }
    if (roots.n)
        qsort(roots.v, roots.n, sizeof(*roots.v), by_mentions);
    l->n_entities = (uint32_t)roots.n + 1;
    l->entities = arena_array(&l->memory, struct entity, l->n_entities);
    l->entity_starts = arena_array(&l->memory, uint32_t, l->n_entities + 1);
    for (uint32_t i = 0; i < roots.n; i++) {
        t->entity_of[roots.v[i].root] = i + 1;
        l->entities[i + 1].n_mentions = roots.v[i].mentions;
        l->entity_starts[i + 2] = l->entity_starts[i + 1] + roots.v[i].mentions;
    }
    vec_free(&roots);
    free(at);
}

static void deal_rows(struct tables *t)
{
    struct linking *k = t->k;
    struct links *l = k->l;
    l->entity_mentions = arena_array(&l->memory, uint32_t, l->n_mentions + 1);
    uint32_t *fill = mem_zalloc((l->n_entities + 1) * sizeof(*fill));
    for (uint32_t row = 0; row < l->n_mentions; row++) {
        uint32_t e = t->entity_of[link_root(k, k->row_node[row])];
        l->mentions[row].entity = (entity_id){e};
        l->entity_mentions[l->entity_starts[e] + fill[e]++] = row;
    }
    free(fill);
}

static void count_days(const struct linking *k, struct entity *e, struct row_run rows)
{
    e->first = e->last = DAY_NONE;
    article_id before = NO_ARTICLE;
    for (uint32_t i = 0; i < rows.n; i++) {
        article_id a = links_mention_article(k->l, rows.v[i]);
        if (a.v == before.v)
            continue;
        before = a;
        e->n_articles++;
        int32_t day = article_at(k->job->all, a)->published;
        if (day != DAY_NONE && (e->first == DAY_NONE || day < e->first))
            e->first = day;
        if (day != DAY_NONE && (e->last == DAY_NONE || day > e->last))
            e->last = day;
    }
}

/* ---- aliases ---- */

static bool is_shouted(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'a' && s.p[i] <= 'z')
            return false;
    return s.n > 4;
}

static struct alias new_alias(const struct linking *k, uint32_t row)
{
    struct alias a = {.text = link_text(k, row), .reason = k->row_reason[row]};
    if (k->row_because[row] != NO_ROW) {
        uint32_t b = k->row_because[row];
        a.because = (struct passage){links_mention_article(k->l, b), k->l->mentions[b].at};
    } else {
        const struct link_node *x = &k->nodes.v[k->row_node[row]];
        a.reason = x->reason;
        a.because = x->because;
    }
    return a;
}

static void count_aliases(struct tables *t, uint32_t e, struct row_run rows)
{
    struct linking *k = t->k;
    struct links *l = k->l;
    l->entities[e].aliases_begin = l->n_aliases;
    for (uint32_t i = 0; i < rows.n; i++) {
        uint32_t form = k->row_form[rows.v[i]];
        if (t->stamp[form] != e) {
            t->stamp[form] = e;
            t->slot[form] = l->n_aliases;
            l->aliases[l->n_aliases] = new_alias(k, rows.v[i]);
            l->aliases[l->n_aliases++].entity.v = e;
        }
        struct alias *a = &l->aliases[t->slot[form]];
        a->count++;
        if (is_shouted(a->text) && !is_shouted(link_text(k, rows.v[i])))
            a->text = link_text(k, rows.v[i]);
    }
    l->entities[e].aliases_end = l->n_aliases;
}

static int by_count(const void *a, const void *b)
{
    const struct alias *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return str_cmp(x->text, y->text);
}

/* Forms that no entity is called by where there is another. */
static bool is_byname(const struct alias *a)
{
    return a->text.p[0] == '@' || a->text.p[0] == '#' || a->reason == LINK_DESCRIPTION ||
           a->reason == LINK_PEOPLE;
}

/* Of persons a name of two words and more, of others no acronym. */
static bool is_full(const struct alias *a, uint8_t kind)
{
    return kind == MENTION_PERSON ? memchr(a->text.p, ' ', a->text.n) != NULL
                                  : a->reason != LINK_ACRONYM;
}

/* A full form that another outnumbers so many times, and that stands fewer times. */
#define SELDOM 5
#define SELDOM_N 3 /* than this, says more than the name ("Sailing Ship Northern Light") */

static bool name_begins_given(struct str name)
{
    const char *end = memchr(name.p, ' ', name.n);
    return name_is_given(str_from(name.p, end ? (size_t)(end - name.p) : name.n));
}

/* How good a form is as the name of all: a full name before a short one, the one that most use
 * ("Anna Reiss", though a paper says what she is called since), its longer given name before a
 * nickname.  `most`: mentions of the full form that has the most of them. */
static uint64_t name_worth(const struct alias *a, uint8_t kind, uint32_t most)
{
    bool full = is_full(a, kind), seldom = a->count < SELDOM_N && a->count * SELDOM < most;
    bool titled =
        kind == MENTION_PERSON && !name_begins_given(a->text); /* "Keeper Anna Reiss", for one */
    bool own = a->reason == LINK_IS_NAME || a->reason == LINK_SAME_NAME ||
               (a->reason == LINK_STATED && memchr(a->text.p, ' ', a->text.n));
    uint64_t worth = a->count;
    if (full)
        worth += 1ull << 40;
    if (own && !seldom && !titled)
        worth += 1ull << 32;
    return is_byname(a) ? 0 : worth;
}

static void name_entity(struct tables *t, uint32_t e)
{
    struct links *l = t->k->l;
    struct entity *x = &l->entities[e];
    struct alias *v = l->aliases + x->aliases_begin;
    uint32_t n = x->aliases_end - x->aliases_begin, best = 0, most = 0;
    x->kind =
        t->k->nodes.v[link_root(t->k, t->k->row_node[links_of_entity(l, (entity_id){e}).v[0]])]
            .kind;
    qsort(v, n, sizeof(*v), by_count);
    for (uint32_t i = 0; i < n; i++)
        if (v[i].count > most && is_full(&v[i], x->kind) && !is_byname(&v[i]))
            most = v[i].count;
    for (uint32_t i = 1; i < n; i++)
        if (name_worth(&v[i], x->kind, most) > name_worth(&v[best], x->kind, most))
            best = i;
    struct alias name = v[best];
    memmove(v + 1, v, best * sizeof(*v));
    x->name = name.text;
    for (uint32_t i = 1; i < n; i++) /* the tie is told of the other end of it */
        if (v[i].reason == LINK_IS_NAME) {
            v[i].reason = name.reason == LINK_IS_NAME ? LINK_SAME_NAME : name.reason;
            v[i].because = name.because;
        }
    name.reason = LINK_IS_NAME;
    name.because = (struct passage){0};
    v[0] = name;
}

/* A stage name is of the kind of who bears it, whatever it looks like.  Handles stay handles. */
static void settle_kinds(const struct linking *k, uint32_t e)
{
    struct links *l = k->l;
    struct row_run rows = links_of_entity(l, (entity_id){e});
    for (uint32_t i = 0; i < rows.n; i++) {
        struct mention *m = &l->mentions[rows.v[i]];
        const struct link_node *x = &k->nodes.v[k->row_node[rows.v[i]]];
        bool looks =
            m->kind == MENTION_HANDLE || m->kind == MENTION_HASHTAG || m->kind == MENTION_LAW;
        if (!looks && (x->reason == LINK_STATED || m->kind == MENTION_OTHER))
            m->kind = l->entities[e].kind;
    }
}

static int by_score(const void *a, const void *b)
{
    const struct entity_pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a.v != y->a.v)
        return x->a.v < y->a.v ? -1 : 1;
    return (x->b.v > y->b.v) - (x->b.v < y->b.v);
}

/* Pairs of nodes to pairs of entities; those that came together after all are left out. */
static void make_pairs(struct tables *t)
{
    struct linking *k = t->k;
    struct links *l = k->l;
    l->pairs = arena_array(&l->memory, struct entity_pair, k->pairs.n + 1);
    for (size_t i = 0; i < k->pairs.n; i++) {
        struct entity_pair p = k->pairs.v[i];
        uint32_t a = t->entity_of[link_root(k, p.a.v)], b = t->entity_of[link_root(k, p.b.v)];
        if (!a || !b || a == b || !link_may_unite(k, p.a.v, p.b.v))
            continue;
        p.a.v = a < b ? a : b;
        p.b.v = a < b ? b : a;
        l->pairs[l->n_pairs++] = p;
    }
    if (l->n_pairs)
        qsort(l->pairs, l->n_pairs, sizeof(*l->pairs), by_score);
}

static void make_tables(struct linking *k)
{
    struct links *l = k->l;
    struct tables t = {.k = k};
    uint32_t forms = (uint32_t)k->forms.n + 1;
    t.entity_of = mem_zalloc((k->nodes.n + 1) * sizeof(uint32_t));
    t.stamp = mem_zalloc(forms * sizeof(uint32_t));
    t.slot = mem_zalloc(forms * sizeof(uint32_t));
    number_entities(&t);
    deal_rows(&t);
    l->aliases = mem_alloc((l->n_mentions + 1) * sizeof(*l->aliases));
    for (uint32_t e = 1; e < l->n_entities; e++) {
        struct row_run rows = links_of_entity(l, (entity_id){e});
        count_days(k, &l->entities[e], rows);
        count_aliases(&t, e, rows);
        name_entity(&t, e);
        settle_kinds(k, e);
    }
    struct alias *kept = arena_alloc(&l->memory, (l->n_aliases + 1) * sizeof(*kept));
    memcpy(kept, l->aliases, l->n_aliases * sizeof(*kept));
    free(l->aliases);
    l->aliases = kept;
    make_pairs(&t);
    free(t.entity_of), free(t.stamp), free(t.slot);
}

static void linking_finish(struct linking *k)
{
    intern_finish(&k->names);
    vec_free(&k->forms);
    vec_free(&k->nodes);
    vec_free(&k->offers);
    vec_free(&k->apart);
    vec_free(&k->pairs);
    free(k->key_starts), free(k->key_offers);
    free(k->row_form), free(k->row_node), free(k->row_because), free(k->row_reason);
}

void link_entities(const struct link_job *job, struct links *l)
{
    gather_mentions(job, l);
    struct linking k = {.job = job, .l = l};
    k.row_form = mem_alloc((l->n_mentions + 1) * sizeof(uint32_t));
    make_forms(&k);
    link_count_votes(&k);
    link_look_again(&k);
    uint32_t rows = l->n_mentions + 1;
    k.row_node = mem_alloc(rows * sizeof(uint32_t));
    k.row_because = mem_alloc(rows * sizeof(uint32_t));
    memset(k.row_because, 0xff, rows * sizeof(uint32_t));
    k.row_reason = mem_zalloc(rows);
    link_vote_kinds(&k);
    make_nodes(&k);
    link_siblings(&k);
    make_offers(&k);
    index_offers(&k);
    link_decisions(&k);
    link_whole_names(&k);
    link_handles(&k);
    link_short_names(&k);
    link_descriptions(&k);
    make_tables(&k);
    linking_finish(&k);
}
