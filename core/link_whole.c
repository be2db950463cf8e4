/* Full names that are one: the reader's decisions, middle names, forms of a given name, slips.
 *
 * Everything goes by keys that the names offer: names that meet under a key are compared with the
 * most frequent of them, never all with all. */
#include "core/demonyms.h"
#include "core/gazetteer.h"
#include "core/link_entities.h"


/* ---- what the reader decided ---- */

/* The nodes of a name: under every kind, the most frequent first. */
static uint32_t nodes_of_name(struct linking *k, struct str name, uint32_t out[MENTION_KINDS])
{
    uint32_t n = 0;
    char buffer[FORM_BYTES_MAX];
    const struct link_form *f = link_form_known(k, name_form(name, 0, buffer));
    for (unsigned kind = 1; kind < MENTION_KINDS; kind++) {
        if (!f || !f->node[kind])
            continue;
        out[n++] = f->node[kind];
        for (uint32_t i = n - 1; i && k->nodes.v[out[i]].mentions > k->nodes.v[out[i - 1]].mentions;
             i--) {
            uint32_t t = out[i];
            out[i] = out[i - 1];
            out[i - 1] = t;
        }
    }
    return n;
}

void link_decisions(struct linking *k)
{
    const struct decisions *all = k->job->decisions;
    for (int same = 0; same < 2; same++)
        for (size_t i = 0; all && i < all->n; i++) {
            const struct decision *d = &all->v[i];
            uint32_t a[MENTION_KINDS], b[MENTION_KINDS];
            if (d->same != same || !nodes_of_name(k, d->a, a) || !nodes_of_name(k, d->b, b))
                continue;
            if (!same) {
                if (a[0] != b[0])
                    vec_push(&k->apart, ((struct forbidden){a[0], b[0]}));
                continue;
            }
            link_unite(k, a[0], b[0], LINK_DECIDED, (struct passage){0});
            k->nodes.v[a[0]].settled = k->nodes.v[b[0]].settled = true;
        }
}

/* ---- names under one key ---- */

static struct form_words words_of_node(const struct linking *k, uint32_t node)
{
    const struct link_node *x = &k->nodes.v[node];
    return form_words(link_form_text(k, x->form), x->kind);
}

/* "John F. Kennedy", "John Kennedy"; "Tom Reiss", "Thomas Reiss"; "Steve Thomas", "Steven
 * Thomas". */
static void unite_two(struct linking *k, uint32_t a, uint32_t b, enum offer_role role)
{
    if (link_root(k, a) == link_root(k, b) || k->nodes.v[a].kind != k->nodes.v[b].kind)
        return;
    struct form_words x = words_of_node(k, a), y = words_of_node(k, b);
    if (role == OFFER_BARE && middles_agree(x, y))
        link_unite(k, a, b, LINK_SAME_NAME, (struct passage){0});
    if (role == OFFER_CORE)
        link_unite(k, a, b, LINK_SHORT_FORM, (struct passage){0});
    if (role == OFFER_NICKNAME && x.n == 2 && y.n == 2) {
        struct str s = x.v[0], t = y.v[0];
        bool spelling =
            s.n + 2 >= t.n && t.n + 2 >= s.n && s.n > 3 && t.n > 3 && !memcmp(s.p, t.p, 3);
        link_unite(k, a, b, spelling ? LINK_SPELLING : LINK_SHORT_FORM, (struct passage){0});
    }
}

/* All nodes that offer `key` in this role, and the one whose form the key is, with the most
 * frequent of them. */
static void unite_under(struct linking *k, uint32_t key, enum offer_role role)
{
    uint32_t best = 0;
    struct offer_run run = link_offers(k, key);
    for (uint32_t i = 0; i < run.n; i++) {
        const struct link_offer *o = &k->offers.v[run.rows[i]];
        if (o->role == role && (!best || k->nodes.v[o->node].mentions > k->nodes.v[best].mentions))
            best = o->node;
    }
    if (!best)
        return;
    for (uint32_t i = 0; i < run.n; i++) {
        const struct link_offer *o = &k->offers.v[run.rows[i]];
        if (o->role == role && o->node != best)
            unite_two(k, best, o->node, role);
    }
    uint32_t self = k->forms.v[key].node[k->nodes.v[best].kind];
    if (self && self != best)
        unite_two(k, best, self, role);
}

/* ---- slips of a letter ---- */

/* A name without one letter of its surname, hashed: names a letter apart share one. */
struct gap {
    uint32_t hash, node;
};

struct gaps {
    struct gap *v;
    uint32_t mask;
};

static uint32_t gap_hash(struct str given, struct str surname, size_t without)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < given.n; i++)
        h = (h ^ (unsigned char)given.p[i]) * 0x100000001b3u;
    h ^= 0xff00;
    for (size_t i = 0; i < surname.n; i++)
        if (i != without)
            h = (h ^ (unsigned char)surname.p[i]) * 0x100000001b3u;
    return (uint32_t)(h >> 32 ^ h) | 1;
}

#define ROWS_LOOKED 4096 /* in a longer article nobody looks: then they are taken to share it */

/* Whether one stands in the first article of the other: a paper that uses both spellings means two
 * people, so the reader is offered a pair. */
static bool share_article(const struct linking *k, uint32_t a, uint32_t b)
{
    article_id x = links_mention_article(k->l, k->nodes.v[a].first_row);
    article_id y = links_mention_article(k->l, k->nodes.v[b].first_row);
    struct mention_run run = links_mentions(k->l, x);
    if (run.n > ROWS_LOOKED || links_mentions(k->l, y).n > ROWS_LOOKED)
        return true;
    uint32_t from = k->l->mention_starts[x.v];
    for (uint32_t i = 0; i < run.n; i++)
        if (k->row_node[from + i] == b)
            return true;
    run = links_mentions(k->l, y);
    from = k->l->mention_starts[y.v];
    for (uint32_t i = 0; i < run.n; i++)
        if (k->row_node[from + i] == a)
            return true;
    return false;
}

static void compare_slip(struct linking *k, uint32_t a, uint32_t b)
{
    struct form_words x = words_of_node(k, a), y = words_of_node(k, b);
    if (a == b || x.n != 2 || y.n != 2 || !str_eq(x.v[0], y.v[0]) || !word_slips(x.v[1], y.v[1]) ||
        link_root(k, a) == link_root(k, b))
        return;
    if (share_article(k, a, b))
        link_pair(k, a, b, LINK_SPELLING, k->nodes.v[a].mentions + k->nodes.v[b].mentions);
    else
        link_unite(k, a, b, LINK_SPELLING, (struct passage){0});
}

#define SLIP_PLACE   8 /* letters of a place: with fewer a letter makes another town */
#define SLIP_SELDOM  3 /* times as often, at least, stands the right spelling */

/* "Lousiana": in no list, seldom, and a letter from a place of the lists that the case speaks
 * of. */
static void compare_places(struct linking *k, uint32_t a, uint32_t b)
{
    bool first = k->nodes.v[a].mentions >= k->nodes.v[b].mentions;
    uint32_t right = first ? a : b, wrong = first ? b : a;
    struct str x = link_form_text(k, k->nodes.v[right].form),
               y = link_form_text(k, k->nodes.v[wrong].form);
    if (k->nodes.v[right].mentions >= SLIP_SELDOM * k->nodes.v[wrong].mentions &&
        word_slips(x, y) && (name_lists(x) & GAZETTEER_PLACES) && !name_lists(y) &&
        !str_starts(y, x)) /* "Americas" */
        link_unite(k, right, wrong, LINK_SPELLING, (struct passage){0});
}

static void compare(struct linking *k, uint32_t a, uint32_t b)
{
    if (k->nodes.v[a].kind != k->nodes.v[b].kind)
        return;
    if (k->nodes.v[a].kind == MENTION_PLACE)
        compare_places(k, a, b);
    else
        compare_slip(k, a, b);
}

static void add_gap(struct linking *k, struct gaps *g, uint32_t hash, uint32_t node)
{
    uint32_t i = hash & g->mask;
    for (; g->v[i].node; i = (i + 1) & g->mask)
        if (g->v[i].hash == hash) {
            compare(k, g->v[i].node, node);
            return;
        }
    g->v[i] = (struct gap){hash, node};
}

/* The word of a name in which slips are looked for, and what stands before it: the surname of a
 * full name, a place of one word. */
static bool may_slip(const struct linking *k, uint32_t node, struct str *before, struct str *word)
{
    const struct link_node *x = &k->nodes.v[node];
    bool place = x->kind == MENTION_PLACE && x->words == 1;
    if (!place && (x->kind != MENTION_PERSON || x->words != 2))
        return false;
    struct form_words w = words_of_node(k, node);
    *before = place ? STR("") : w.v[0];
    *word = w.v[w.n - 1];
    return place ? word->n >= SLIP_PLACE : w.n == 2 && before->n >= 2 && word->n >= 5;
}

static void unite_slips(struct linking *k)
{
    uint64_t room = 0;
    struct str before, word;
    for (uint32_t i = 1; i < k->nodes.n; i++)
        if (may_slip(k, i, &before, &word))
            room += 2 + word.n;
    uint32_t slots = 64;
    while (slots < room * 2)
        slots *= 2;
    struct gaps g = {mem_zalloc(slots * sizeof(*g.v)), slots - 1};
    for (uint32_t i = 1; i < k->nodes.n; i++)
        for (size_t c = 0, n = may_slip(k, i, &before, &word) ? word.n + 1 : 0; c < n; c++)
            add_gap(k, &g, gap_hash(before, word, c), i);
    free(g.v);
}

/* ---- names of the world, peoples, plurals ---- */

/* "America", "U.S.": one under the name that the world has for it, whether the case uses that or
 * not, and whether the finder takes it for a place or a body. */
static void unite_of_the_world(struct linking *k)
{
    char copy[FORM_BYTES_MAX];
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        struct str form = link_form_text(k, k->nodes.v[i].form);
        uint8_t kind = k->nodes.v[i].kind;
        struct str known = name_of_the_world(form, kind);
        if (str_eq(known, form))
            continue;
        bool letters = is_acronym(link_text(k, k->nodes.v[i].first_row));
        uint32_t world = link_form_of(
            k, str_from(memcpy(copy, known.p, known.n), known.n)); /* may move the forms */
        struct link_form *f = &k->forms.v[world];
        uint32_t *first = &f->node[f->node[MENTION_PLACE]          ? MENTION_PLACE
                                   : f->node[MENTION_ORGANISATION] ? MENTION_ORGANISATION
                                                                   : kind];
        k->nodes.v[i].settled = true;
        if (*first)
            link_unite(k, *first, i, letters ? LINK_ACRONYM : LINK_SAME_NAME, (struct passage){0});
        else
            *first = i;
    }
}

/* The node of a form under a kind; 0: none. */
static uint32_t node_of_form(const struct linking *k, struct str form, uint8_t kind)
{
    const struct link_form *f = link_form_known(k, form);
    return f ? f->node[kind] : 0;
}

/* "Dutch", "Iraqis" with their place where the case names it; "Sunnis" with "Sunni". */
static void unite_peoples(struct linking *k)
{
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        struct str form = link_form_text(k, k->nodes.v[i].form);
        uint8_t kind = k->nodes.v[i].kind;
        if (kind != MENTION_PEOPLE && kind != MENTION_OTHER)
            continue;
        struct str place = kind == MENTION_PEOPLE ? demonym_place(form) : (struct str){0};
        uint32_t home =
            place.n ? node_of_form(k, name_of_the_world(place, MENTION_PLACE), MENTION_PLACE) : 0;
        uint32_t one = form.n > 4 && form.p[form.n - 1] == 's' && form.p[form.n - 2] != 's'
                           ? node_of_form(k, str_from(form.p, form.n - 1), kind) : 0;
        if (home)
            link_unite(k, home, i, LINK_PEOPLE, (struct passage){0});
        else if (one)
            link_unite(k, one, i, LINK_SAME_NAME, (struct passage){0});
    }
}

/* The letters of a form or handle alone: "c-murder": "cmurder". */
static uint32_t letters_of(struct str s, char out[FORM_BYTES_MAX])
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n && n < FORM_BYTES_MAX; i++) {
        char c = s.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            out[n++] = c;
    }
    return n;
}

#define SPELT_LETTERS 8 /* fewer may be two names: "Dan Iel" */

/* "Port-au-Prince" and "Port au Prince": names that differ in hyphens and blanks alone. */
static void unite_spelt(struct linking *k)
{
    struct intern spelt = {0};
    char letters[FORM_BYTES_MAX + 1];
    uint32_t *first = mem_zalloc((k->nodes.n + 1) * sizeof(*first));
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        struct str s =
            str_from(letters, letters_of(link_form_text(k, k->nodes.v[i].form), letters));
        if (s.n < SPELT_LETTERS || s.n == FORM_BYTES_MAX || k->nodes.v[i].kind == MENTION_HANDLE ||
            k->nodes.v[i].kind == MENTION_HASHTAG)
            continue;
        letters[s.n++] = (char)('0' + k->nodes.v[i].kind);
        uint32_t id = intern_add(&spelt, s, intern_key_of(s));
        if (first[id])
            link_unite(k, first[id], i, LINK_SPELLING, (struct passage){0});
        else
            first[id] = i;
    }
    free(first);
    intern_finish(&spelt);
}

void link_whole_names(struct linking *k)
{
    static const enum offer_role roles[] = {OFFER_BARE, OFFER_CORE, OFFER_NICKNAME};
    for (size_t r = 0; r < COUNT_OF(roles); r++)
        for (uint32_t key = 0; key < k->n_keys; key++)
            unite_under(k, key, roles[r]);
    unite_spelt(k);
    unite_slips(k);
    unite_of_the_world(k);
    unite_peoples(k);
}

/* ---- handles ---- */

#define HANDLE_LETTERS 6 /* fewer may spell anything */

static void index_letters(struct linking *k, struct intern *spelt, uint32_t *owner)
{
    char letters[FORM_BYTES_MAX];
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        const struct link_node *x = &k->nodes.v[i];
        if (x->kind == MENTION_HANDLE || x->kind == MENTION_HASHTAG || x->kind == MENTION_LAW)
            continue;
        struct str s = str_from(letters, letters_of(link_form_text(k, x->form), letters));
        if (s.n < HANDLE_LETTERS)
            continue;
        uint32_t id = intern_add(spelt, s, intern_key_of(s));
        if (!owner[id] || x->mentions > k->nodes.v[owner[id]].mentions)
            owner[id] = i;
    }
}

/* The whole handle, or what stands before "_": "@annareiss_light". */
static uint32_t owner_of_handle(struct intern *spelt, uint32_t *owner, uint32_t known,
                                struct str handle)
{
    char letters[FORM_BYTES_MAX];
    for (size_t end = handle.n; end > HANDLE_LETTERS; end--) {
        if (end < handle.n && handle.p[end] != '_')
            continue;
        struct str s = str_from(letters, letters_of(str_from(handle.p, end), letters));
        uint32_t id = s.n ? intern_add(spelt, s, intern_key_of(s)) : known;
        if (id < known && owner[id])
            return owner[id];
    }
    return 0;
}

#define BEARERS_LOOKED 16 /* of a surname */

/* "@edyreiss" where the case has one Reiss whose given name begins with E: the reader is asked. */
static void offer_bearer(struct linking *k, uint32_t node)
{
    char letters[FORM_BYTES_MAX];
    struct str handle =
        str_from(letters, letters_of(link_form_text(k, k->nodes.v[node].form), letters));
    for (size_t at = 1; at + HANDLE_LETTERS - 1 <= handle.n; at++) {
        struct str surname = str_from(handle.p + at, handle.n - at);
        uint32_t key = intern_find(&k->names, surname, intern_key_of(surname)), who = 0;
        struct offer_run run = link_offers(k, key);
        for (uint32_t i = 0; i < run.n && i < BEARERS_LOOKED; i++) {
            const struct link_offer *o = &k->offers.v[run.rows[i]];
            bool bears = o->role == OFFER_SURNAME &&
                         link_form_text(k, k->nodes.v[o->node].form).p[0] == handle.p[0];
            if (bears && (!who || k->nodes.v[o->node].mentions > k->nodes.v[who].mentions))
                who = o->node;
        }
        if (who) {
            link_pair(k, who, node, LINK_HANDLE,
                      k->nodes.v[who].mentions + k->nodes.v[node].mentions);
            return;
        }
    }
}

void link_handles(struct linking *k)
{
    struct intern spelt = {0};
    uint32_t *owner = mem_zalloc((k->nodes.n + 1) * sizeof(*owner));
    index_letters(k, &spelt, owner);
    uint32_t known = intern_count(&spelt);
    for (uint32_t i = 1; i < k->nodes.n; i++) {
        if (k->nodes.v[i].kind != MENTION_HANDLE)
            continue;
        uint32_t who = owner_of_handle(&spelt, owner, known, link_form_text(k, k->nodes.v[i].form));
        if (!who) {
            offer_bearer(k, i);
            continue;
        }
        k->nodes.v[i].spells = who;
        link_unite(k, who, i, LINK_HANDLE, (struct passage){0});
    }
    free(owner);
    intern_finish(&spelt);
}
