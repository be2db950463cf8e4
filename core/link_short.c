/* Short names: "Miller", "Kim", "Kardashian West", "FAA", "Apple", each by the article it is in.
 *
 * Within an article a short mention belongs to the full name there that offers it, be it in letters
 * or spelt by a handle; where two do (two Hallams), to the one spoken of last.  What no name of its
 * article explains is looked up in the whole case, and goes to the name that alone, or by far, is
 * meant by it there; where several compete, it stays by itself and the pair is offered to the
 * reader.
 *
 * Of a full name and its offers each article keeps only the first, so that the chain looked
 * through for a short mention is no longer than SEATS_MAX, whatever the article repeats. */
#include "core/link_entities.h"

#include "core/cue_words.h"

#define SEATS_MAX   12
#define TITLE_BYTES 16

/* An offer that stands in the article at hand. */
struct seat {
    uint32_t node, row, next; /* next: 1 + index, or 0 */
    uint8_t role;
};

struct shorts {
    struct linking *k;
    VEC(struct seat) seats;
    uint32_t *head, *stamp;      /* by key: 1 + the first seat; the article it is of */
    uint32_t *latest, *seen;     /* by root: its last row so far; the article that is of */
    uint32_t *with, *alone;      /* by node: articles that have something longer, that have not */
    uint32_t
        *dominant; /* by node: who is meant by it across the case; NO_ROW: nobody; 0: not asked */
    uint32_t *counted;           /* by node: the last article counted in the two above */
    uint32_t article;
};

/* ---- which roles speak for which mention ---- */

static unsigned rank_of(enum offer_role role)
{
    static const uint8_t ranks[OFFER_ROLES] = {
        [OFFER_ACRONYM] = 9, [OFFER_INITIAL] = 8, [OFFER_SURNAME] = 7,
        [OFFER_PREFIX] = 6,  [OFFER_TAIL] = 5,    [OFFER_MIDDLE] = 4,
        [OFFER_GIVEN] = 3,   [OFFER_TRADE] = 2,   [OFFER_HEAD] = 1,
    };
    return ranks[role];
}

static enum link_reason reason_of(enum offer_role role)
{
    switch (role) {
    case OFFER_ACRONYM: return LINK_ACRONYM;
    case OFFER_SURNAME:
    case OFFER_MIDDLE: return LINK_SURNAME;
    case OFFER_GIVEN: return LINK_GIVEN_NAME;
    default: return LINK_SHORT_FORM;
    }
}

static bool kinds_go_together(uint8_t of_short, uint8_t of_long, enum offer_role role)
{
    if (of_short == of_long)
        return true;
    if (role == OFFER_ACRONYM)
        return of_short != MENTION_PERSON && of_short != MENTION_HANDLE &&
               of_short != MENTION_HASHTAG;
    return false;
}

/* "Joseph Jackson" is somebody else than "Michael Joseph Jackson", where he is spoken of more
 * often; "Harlow West" is "Kim Harlow West". */
static bool is_namesake(struct linking *k, const struct link_node *s, const struct link_node *whole)
{
    uint32_t root = link_root(k, (uint32_t)(s - k->nodes.v));
    struct form_words x = form_words(link_form_text(k, s->form), s->kind);
    struct form_words y = form_words(link_form_text(k, whole->form), whole->kind);
    return x.n > 1 && k->nodes.v[root].merged > whole->mentions && name_is_given(x.v[0]) &&
           name_is_given(y.v[0]);
}

/* Names that say enough by themselves are moved only by what they are the beginning or end of. */
static bool may_move(struct linking *k, uint32_t row, const struct link_node *s,
                     const struct link_node *whole, enum offer_role role)
{
    if (s->settled)
        return false;
    if (role == OFFER_ACRONYM)
        return s->words == 1 && is_acronym(link_text(k, row));
    if (s->kind == MENTION_PERSON)
        return s->is_short || role == OFFER_PREFIX ||
               (role == OFFER_SURNAME && !is_namesake(k, s, whole));
    return true;
}

/* ---- one article ---- */

static uint32_t head_of(const struct shorts *s, uint32_t key)
{
    return key < s->k->n_keys && s->stamp[key] == s->article ? s->head[key] : 0;
}

static void take_seat(struct shorts *s, const struct link_offer *o, uint32_t row)
{
    uint32_t root = link_root(s->k, o->node), length = 0;
    for (uint32_t i = head_of(s, o->key); i; i = s->seats.v[i - 1].next, length++)
        if (s->seats.v[i - 1].role == o->role && link_root(s->k, s->seats.v[i - 1].node) == root)
            return;
    if (length >= SEATS_MAX)
        return;
    vec_push(&s->seats, ((struct seat){o->node, row, head_of(s, o->key), o->role}));
    s->head[o->key] = (uint32_t)s->seats.n;
    s->stamp[o->key] = s->article;
}

static void take_seats(struct shorts *s, uint32_t from, uint32_t to)
{
    struct linking *k = s->k;
    vec_clear(&s->seats);
    for (uint32_t row = from; row < to; row++) {
        const struct link_node *x = &k->nodes.v[k->row_node[row]];
        if (x->spells) /* a handle stands for the full name */
            x = &k->nodes.v[x->spells];
        for (uint32_t i = x->offers_begin; i < x->offers_end; i++)
            if (rank_of(k->offers.v[i].role))
                take_seat(s, &k->offers.v[i], row);
    }
}

static void note_row(struct shorts *s, uint32_t node, uint32_t row)
{
    uint32_t root = link_root(s->k, node);
    s->latest[root] = row;
    s->seen[root] = s->article;
}

/* "the younger Reiss" is not who is spoken of all along, but who came in last. */
static bool is_the_younger(const struct shorts *s, uint32_t row)
{
    struct str text = article_at(s->k->job->all, (article_id){s->article})->text;
    return str_ends(str_from(text.p, s->k->l->mentions[row].at.begin), STR("the younger "));
}

/* The row by which a seat is nearest: the last mention so far of who sits there, else its own. */
static uint32_t nearness(const struct shorts *s, const struct seat *seat, bool younger)
{
    if (younger)
        return seat->row + 1;
    uint32_t root = link_root(s->k, seat->node);
    return s->seen[root] == s->article ? s->latest[root] + 1 : 0;
}

/* ---- men and women ---- */

/* By the word in front of the mention, "Mrs", "his brother": 1 a man, -1 a woman, 0 not told. */
static int sex_of_word_before(const struct shorts *s, uint32_t row)
{
    struct str text = article_at(s->k->job->all, (article_id){s->article})->text;
    uint32_t end = s->k->l->mentions[row].at.begin, begin;
    if (end == 0 || text.p[end - 1] != ' ')
        return 0;
    end -= 1 + (end > 1 && text.p[end - 2] == '.');
    for (begin = end; begin > 0 && end - begin < TITLE_BYTES && (text.p[begin - 1] | 0x20) >= 'a' &&
                      (text.p[begin - 1] | 0x20) <= 'z';)
        begin--;
    return sex_of_classes(cue_of_word(str_at(text, span_of(begin, end))));
}

/* By the given name. */
static int sex_of_node(const struct linking *k, uint32_t node)
{
    struct str name = link_form_text(k, k->nodes.v[node].form);
    const char *blank = name.n ? memchr(name.p, ' ', name.n) : NULL;
    return blank ? sex_of_classes(cue_of_word(str_from(name.p, (size_t)(blank - name.p)))) : 0;
}

/* "Mrs Jackson" is not Michael. */
static bool may_be_of_sex(const struct shorts *s, int sex, uint32_t node)
{
    return !sex || sex_of_node(s->k, node) != -sex;
}

static const struct seat *best_seat(const struct shorts *s, uint32_t row, uint32_t node)
{
    int sex = head_of(s, s->k->nodes.v[node].form) ? sex_of_word_before(s, row) : 0;
    const struct link_node *x = &s->k->nodes.v[node];
    const struct seat *best = NULL;
    bool younger = is_the_younger(s, row);
    for (uint32_t i = head_of(s, x->form); i; i = s->seats.v[i - 1].next) {
        const struct seat *c = &s->seats.v[i - 1];
        const struct link_node *y = &s->k->nodes.v[c->node];
        enum offer_role role = c->role;
        if (c->node == node || !kinds_go_together(x->kind, y->kind, role) ||
            !may_move(s->k, row, x, y, role) || (c->row > row && role == OFFER_HEAD) ||
            !link_may_unite(s->k, node, c->node) || !may_be_of_sex(s, sex, c->node))
            continue;
        unsigned a = rank_of(role), b = best ? rank_of(best->role) : 0;
        if (!best || a > b || (a == b && nearness(s, c, younger) > nearness(s, best, younger)) ||
            (a == b && nearness(s, c, younger) == nearness(s, best, younger) && c->row < best->row))
            best = c;
    }
    return best;
}

#define BY_FAR 5 /* times as often as the next */

/* The head of a longer name ("Apple" of "Apple Corps") is moved only where the case never uses it
 * without a longer name, its tail ("BBC" of "Else BBC") where it seldom does or the longer name is
 * no rarity itself. */
static bool is_trusted(const struct shorts *s, uint32_t node, const struct seat *seat)
{
    if (seat->role == OFFER_HEAD)
        return s->alone[node] == 0;
    if (seat->role == OFFER_TAIL)
        return s->alone[node] <= s->with[node] ||
               s->k->nodes.v[seat->node].mentions * BY_FAR >= s->k->nodes.v[node].mentions;
    return true;
}

static void move_row(struct shorts *s, uint32_t row, uint32_t node, uint32_t because,
                     enum offer_role role)
{
    struct linking *k = s->k;
    k->nodes.v[link_root(k, k->row_node[row])].merged--;
    k->nodes.v[link_root(k, node)].merged++;
    k->row_node[row] = node;
    k->row_because[row] = because;
    k->row_reason[row] = (uint8_t)reason_of(role);
    struct mention *m = &k->l->mentions[row];
    if (m->kind == MENTION_OTHER && k->nodes.v[node].kind == MENTION_PERSON) {
        m->kind = MENTION_PERSON;
        m->rule = MENTION_BY_CONSISTENCY;
    }
}

/* ---- who is meant across the case ---- */

/* Who is meant by a short name across the case: the two most mentioned. */
struct meant {
    uint32_t node[2], root[2], weight[2];
    uint8_t role[2];
};

static void weigh(struct linking *k, struct meant *m, const struct link_offer *o)
{
    uint32_t root = link_root(k, o->node), weight = k->nodes.v[root].merged;
    uint32_t at = m->root[0] == root ? 0 : m->root[1] == root ? 1 : 2;
    if (at == 2 && weight > m->weight[1])
        at = 1;
    if (at == 2)
        return;
    if (m->root[at] != root || rank_of(o->role) > rank_of(m->role[at])) {
        m->node[at] = o->node;
        m->role[at] = o->role;
    }
    m->root[at] = root;
    m->weight[at] = weight;
    if (m->weight[1] > m->weight[0]) {
        struct meant t = *m;
        m->node[0] = t.node[1], m->root[0] = t.root[1], m->weight[0] = t.weight[1],
        m->role[0] = t.role[1];
        m->node[1] = t.node[0], m->root[1] = t.root[0], m->weight[1] = t.weight[0],
        m->role[1] = t.role[0];
    }
}

static bool is_case_role(enum offer_role role)
{
    return role != OFFER_HEAD && role != OFFER_TRADE && role != OFFER_MIDDLE && rank_of(role);
}

/* Who is meant by the node's form, by those who may be. */
static struct meant meant_in_case(struct linking *k, uint32_t node)
{
    const struct link_node *x = &k->nodes.v[node];
    struct meant m = {0};
    struct offer_run run = link_offers(k, x->form);
    for (uint32_t i = 0; i < run.n; i++) {
        const struct link_offer *o = &k->offers.v[run.rows[i]];
        if (o->node != node && link_root(k, o->node) != link_root(k, node) &&
            is_case_role(o->role) &&
            kinds_go_together(x->kind, k->nodes.v[o->node].kind, o->role) &&
            may_move(k, x->first_row, x, &k->nodes.v[o->node], o->role) &&
            link_may_unite(k, node, o->node))
            weigh(k, &m, o);
    }
    return m;
}

static bool is_by_far(const struct meant *m)
{
    return m->node[0] && (!m->node[1] || m->weight[0] >= m->weight[1] * BY_FAR);
}

/* Whom a surname means that stands before any full name of its article: the one whom the case
 * means by it, if that is somebody else by far than the `seat` further down. */
static uint32_t meant_before(struct shorts *s, uint32_t node, const struct seat *seat)
{
    if (!s->dominant[node]) {
        struct meant m = meant_in_case(s->k, node);
        s->dominant[node] = is_by_far(&m) && m.role[0] == OFFER_SURNAME ? m.node[0] : NO_ROW;
    }
    uint32_t who = s->dominant[node];
    return who != NO_ROW && link_root(s->k, who) != link_root(s->k, seat->node) ? who : 0;
}

/* ---- moving rows ---- */

static void resolve_article(struct shorts *s, uint32_t from, uint32_t to)
{
    struct linking *k = s->k;
    for (uint32_t row = from; row < to; row++) {
        uint32_t node = k->row_node[row];
        const struct seat *seat = best_seat(s, row, node);
        uint32_t other = seat && seat->role == OFFER_SURNAME && seat->row > row
                             ? meant_before(s, node, seat)
                             : 0;
        if (other && may_be_of_sex(s, sex_of_word_before(s, row), other)) {
            move_row(s, row, other, k->nodes.v[other].first_row, OFFER_SURNAME);
        } else if (seat && is_trusted(s, node, seat)) {
            bool before = s->seen[link_root(k, seat->node)] == s->article;
            uint32_t because = before ? s->latest[link_root(k, seat->node)] : seat->row;
            if (seat->role == OFFER_PREFIX || seat->role == OFFER_TRADE)
                link_unite(k, seat->node, node, reason_of(seat->role),
                           (struct passage){{s->article}, k->l->mentions[seat->row].at});
            else
                move_row(s, row, seat->node, because, seat->role);
        }
        note_row(s, k->row_node[row], row);
    }
}

/* In how many articles a head stands with, and without, something longer. */
static void count_heads(struct shorts *s, uint32_t from, uint32_t to)
{
    struct linking *k = s->k;
    for (uint32_t row = from; row < to; row++) {
        uint32_t node = k->row_node[row];
        if (s->counted[node] == s->article)
            continue;
        s->counted[node] = s->article;
        bool longer = false;
        for (uint32_t i = head_of(s, k->nodes.v[node].form); i && !longer;
             i = s->seats.v[i - 1].next)
            longer = s->seats.v[i - 1].node != node &&
                     k->nodes.v[s->seats.v[i - 1].node].kind == k->nodes.v[node].kind;
        s->with[node] += longer;
        s->alone[node] += !longer;
    }
}

static void each_article(struct shorts *s, void (*visit)(struct shorts *, uint32_t, uint32_t))
{
    const struct links *l = s->k->l;
    for (uint32_t a = 1; a <= l->n_articles; a++) {
        s->article = a;
        take_seats(s, l->mention_starts[a], l->mention_starts[a + 1]);
        visit(s, l->mention_starts[a], l->mention_starts[a + 1]);
    }
}

static void resolve_and_read(struct shorts *s, uint32_t from, uint32_t to)
{
    resolve_article(s, from, to);
    link_stated(s->k, from, to);
}

static void forget_articles(struct shorts *s)
{
    memset(s->stamp, 0, (s->k->n_keys + 1) * sizeof(*s->stamp));
    memset(s->seen, 0, (s->k->nodes.n + 1) * sizeof(*s->seen));
}

/* ---- the whole case ---- */

static void resolve_in_case(struct shorts *s, uint32_t node)
{
    struct linking *k = s->k;
    struct meant m = meant_in_case(k, node);
    if (!m.node[0] || (m.role[0] == OFFER_ACRONYM && k->nodes.v[node].reason != LINK_IS_NAME))
        return;
    if (!is_by_far(&m)) {
        for (int i = 0; i < 2 && k->nodes.v[node].is_short; i++)
            link_pair(k, node, m.node[i], reason_of(m.role[i]), m.weight[i]);
        return;
    }
    uint32_t row = k->nodes.v[m.node[0]].first_row;
    link_unite(k, m.node[0], node, reason_of(m.role[0]),
               (struct passage){links_mention_article(k->l, row), k->l->mentions[row].at});
}

void link_short_names(struct linking *k)
{
    struct shorts s = {.k = k};
    uint32_t keys = k->n_keys + 1, nodes = (uint32_t)k->nodes.n + 1;
    s.head = mem_zalloc(keys * sizeof(uint32_t));
    s.stamp = mem_zalloc(keys * sizeof(uint32_t));
    s.latest = mem_zalloc(nodes * sizeof(uint32_t));
    s.seen = mem_zalloc(nodes * sizeof(uint32_t));
    s.with = mem_zalloc(nodes * sizeof(uint32_t));
    s.alone = mem_zalloc(nodes * sizeof(uint32_t));
    s.counted = mem_zalloc(nodes * sizeof(uint32_t));
    s.dominant = mem_zalloc(nodes * sizeof(uint32_t));
    each_article(&s, count_heads);
    forget_articles(&s);
    each_article(&s, resolve_and_read);
    for (uint32_t i = 1; i < k->nodes.n; i++)
        resolve_in_case(&s, i);
    free(s.head), free(s.stamp), free(s.latest), free(s.seen), free(s.with), free(s.alone),
        free(s.counted), free(s.dominant);
    vec_free(&s.seats);
}
