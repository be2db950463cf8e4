/* Facts as they are kept are words; what is asked at every key is unpacked beside them.  One list
 * holds all of them but the articles read, which may be many and are a set: it is looked through
 * from end to end, since a case has some dozens.
 *
 * kind        name                        value
 * place       ""                          KEY-HIGH KEY-LOW BYTE, hexadecimal and decimal
 * mark        its letter                  the same
 * sort        ""                          [-]NAME
 * filter      ""                          a query
 * read        KEY-HIGH KEY-LOW            ""
 * name        A, a tab, B                 same | different
 * struck      a place                     ""
 * conflict    KIND ANSWERS and a place    the answer that is right; "" for none */
#include "tui/state.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const sort_names[SORTS] = {"date", "title", "outlet", "length", "relevance"};

const char *sort_name(enum sort s)
{
    return sort_names[s];
}

enum sort sort_named(struct str name)
{
    for (int i = 0; i < SORTS; i++)
        if (name.n && str_starts(str_of(sort_names[i]), name))
            return (enum sort)i;
    return SORTS;
}

void state_finish(struct state *s)
{
    vec_free(&s->filter);
    vec_free(&s->decisions);
    vec_free(&s->conflicts);
    arena_finish(&s->memory);
    vec_free(&s->struck);
    vec_free(&s->facts);
    free(s->read);
    *s = (struct state){0};
}

void state_set_filter(struct state *s, struct str query)
{
    bytes_set(&s->filter, query);
    for (size_t i = 0; i < query.n; i++)
        if (s->filter.v[i] == '\n')
            s->filter.v[i] = ' ';
}

/* ---- the set of keys ---- */

static bool key_is_none(struct article_key k)
{
    return k.hi == 0 && k.lo == 0;
}

static bool key_eq(struct article_key a, struct article_key b)
{
    return a.hi == b.hi && a.lo == b.lo;
}

/* ---- facts ---- */

static size_t fact_at(const struct state *s, struct str kind, struct str name)
{
    size_t i = 0;
    while (i < s->facts.n &&
           !(str_eq(s->facts.v[i].kind, kind) && str_eq(s->facts.v[i].name, name)))
        i++;
    return i;
}

static void take_out_fact(struct state *s, size_t i)
{
    memmove(&s->facts.v[i], &s->facts.v[i + 1], (s->facts.n - i - 1) * sizeof s->facts.v[0]);
    s->facts.n--;
}

static void keep(struct state *s, const struct fact *f, bool remove)
{
    if (s->keep)
        keep_put(s->keep, &(struct fact_change){*f, remove});
}

static void add_fact(struct state *s, const struct fact *f)
{
    struct arena *a = &s->memory;
    vec_push(&s->facts, ((struct fact){f->scope, arena_str(a, f->kind), arena_str(a, f->name),
                                       arena_str(a, f->value)}));
}

bool state_put(struct state *s, const struct fact *f)
{
    size_t i = fact_at(s, f->kind, f->name);
    if (i < s->facts.n) {
        if (str_eq(s->facts.v[i].value, f->value))
            return false;
        take_out_fact(s, i);
    }
    add_fact(s, f);
    keep(s, f, false);
    return true;
}

bool state_drop(struct state *s, struct str kind, struct str name)
{
    size_t i = fact_at(s, kind, name);
    if (i == s->facts.n)
        return false;
    struct fact f = s->facts.v[i];
    take_out_fact(s, i);
    keep(s, &f, true);
    return true;
}

struct str state_value(const struct state *s, struct str kind, struct str name)
{
    size_t i = fact_at(s, kind, name);
    return i < s->facts.n ? s->facts.v[i].value : (struct str){NULL, 0};
}

/* ---- places ---- */

#define PLACE_BYTES 48

static struct str place_text(char out[PLACE_BYTES], struct state_place p)
{
    int n = snprintf(out, PLACE_BYTES, "%016" PRIx64 " %016" PRIx64 " %" PRIu32, p.key.hi, p.key.lo,
                     p.begin);
    return str_from(out, (size_t)n);
}

/* False: it is none. */
static bool place_of(struct str text, struct state_place *out)
{
    char c_text[PLACE_BYTES];
    struct state_place p = {0};
    if (text.n >= sizeof c_text)
        return false;
    memcpy(c_text, text.p ? text.p : "", text.n);
    c_text[text.n] = 0;
    int n = sscanf(c_text, "%" SCNx64 " %" SCNx64 " %" SCNu32, &p.key.hi, &p.key.lo, &p.begin);
    if (n < 2 || key_is_none(p.key))
        return false;
    *out = p;
    return n == 3;
}

static size_t struck_at(const struct state *s, struct state_place p)
{
    size_t i = 0;
    while (i < s->struck.n &&
           !(key_eq(s->struck.v[i].key, p.key) && s->struck.v[i].begin == p.begin))
        i++;
    return i;
}

bool state_toggle_struck(struct state *s, struct state_place p)
{
    char name[PLACE_BYTES];
    size_t i = struck_at(s, p);
    if (i < s->struck.n) {
        s->struck.v[i] = s->struck.v[--s->struck.n];
        state_drop(s, STR("struck"), place_text(name, p));
        return false;
    }
    vec_push(&s->struck, p);
    state_put(s, &(struct fact){KEEP_OURS, STR("struck"), place_text(name, p), STR("")});
    return true;
}

/* ---- articles read ---- */

/* Where the key is, or the free place where it belongs. */
static uint32_t find(const struct state *s, struct article_key key)
{
    uint32_t mask = s->read_cap - 1, i = (uint32_t)key.lo & mask;
    while (!key_is_none(s->read[i]) && !key_eq(s->read[i], key))
        i = (i + 1) & mask;
    return i;
}

bool state_is_read(const struct state *s, struct article_key key)
{
    return s->n_read && !key_is_none(key) && key_eq(s->read[find(s, key)], key);
}

static void grow(struct state *s)
{
    struct state old = *s;
    s->read_cap = old.read_cap ? old.read_cap * 2 : 64;
    s->read = mem_alloc(s->read_cap * sizeof *s->read);
    memset(s->read, 0, s->read_cap * sizeof *s->read);
    for (uint32_t i = 0; i < old.read_cap; i++)
        if (!key_is_none(old.read[i]))
            s->read[find(s, old.read[i])] = old.read[i];
    free(old.read);
}

/* Takes place i out and moves up what was pushed past it, so that no run has a hole. */
static void take_out(struct state *s, uint32_t i)
{
    uint32_t mask = s->read_cap - 1;
    s->read[i] = (struct article_key){0, 0};
    s->n_read--;
    for (uint32_t j = (i + 1) & mask; !key_is_none(s->read[j]); j = (j + 1) & mask) {
        struct article_key moved = s->read[j];
        s->read[j] = (struct article_key){0, 0};
        s->read[find(s, moved)] = moved;
    }
}

static bool set_read(struct state *s, struct article_key key, bool read)
{
    if (key_is_none(key) || state_is_read(s, key) == read)
        return false;
    if (!read) {
        take_out(s, find(s, key));
        return true;
    }
    if ((s->n_read + 1) * 2 > s->read_cap)
        grow(s);
    s->read[find(s, key)] = key;
    s->n_read++;
    return true;
}

bool state_set_read(struct state *s, struct article_key key, bool read)
{
    char name[PLACE_BYTES];
    if (!set_read(s, key, read))
        return false;
    int n = snprintf(name, sizeof name, "%016" PRIx64 " %016" PRIx64, key.hi, key.lo);
    keep(s, &(struct fact){KEEP_EVERYWHERE, STR("read"), str_from(name, (size_t)n), STR("")},
         !read);
    return true;
}

/* ---- decisions ---- */

/* The row about these two names; the number of rows when there is none. */
static size_t decision_about(const struct state *s, struct str a, struct str b)
{
    size_t i = 0;
    for (; i < s->decisions.n; i++) {
        const struct decision *d = &s->decisions.v[i];
        if ((str_eq(d->a, a) && str_eq(d->b, b)) || (str_eq(d->a, b) && str_eq(d->b, a)))
            break;
    }
    return i;
}

/* Without what parts the names of a decision. */
static struct str flat_name(struct arena *memory, struct str name)
{
    char *p = arena_alloc(memory, name.n + 1);
    for (size_t i = 0; i < name.n; i++)
        p[i] = name.p[i] == '\n' || name.p[i] == '\t' || name.p[i] == 0 ? ' ' : name.p[i];
    return str_from(p, name.n);
}

static struct str pair_name(struct arena *memory, struct str a, struct str b)
{
    return arena_printf(memory, "%.*s\t%.*s", (int)a.n, a.p, (int)b.n, b.p);
}

enum verdict state_verdict(const struct state *s, struct str a, struct str b)
{
    size_t i = decision_about(s, a, b);
    return i == s->decisions.n      ? VERDICT_NONE
           : s->decisions.v[i].same ? VERDICT_SAME
                                    : VERDICT_DIFFERENT;
}

void state_decide(struct state *s, struct str a, struct str b, enum verdict v)
{
    a = flat_name(&s->memory, a);
    b = flat_name(&s->memory, b);
    size_t i = decision_about(s, a, b);
    if (i < s->decisions.n) {
        struct decision old = s->decisions.v[i];
        memmove(&s->decisions.v[i], &s->decisions.v[i + 1],
                (s->decisions.n - i - 1) * sizeof(*s->decisions.v));
        s->decisions.n--;
        state_drop(s, STR("name"), pair_name(&s->memory, old.a, old.b));
    }
    if (v == VERDICT_NONE)
        return;
    vec_push(&s->decisions, ((struct decision){a, b, v == VERDICT_SAME}));
    state_put(s, &(struct fact){KEEP_OURS, STR("name"), pair_name(&s->memory, a, b),
                                v == VERDICT_SAME ? STR("same") : STR("different")});
}

/* ---- conflicts ---- */

#define CONFLICT_BYTES (PLACE_BYTES + 24)

static struct str conflict_name(char out[CONFLICT_BYTES], const struct conflict_decision *d)
{
    char place[PLACE_BYTES];
    place_text(place, (struct state_place){d->key, d->begin});
    int n = snprintf(out, CONFLICT_BYTES, "%u %016" PRIx64 " %s", d->kind, d->answers, place);
    return str_from(out, (size_t)n);
}

static size_t conflict_at(const struct state *s, const struct conflict_decision *d)
{
    size_t i = 0;
    for (; i < s->conflicts.n; i++) {
        const struct conflict_decision *c = &s->conflicts.v[i];
        if (c->kind == d->kind && c->answers == d->answers && key_eq(c->key, d->key) &&
            c->begin == d->begin)
            break;
    }
    return i;
}

struct str state_conflict(const struct state *s, const struct conflict_decision *about)
{
    size_t i = conflict_at(s, about);
    return i < s->conflicts.n ? s->conflicts.v[i].right : (struct str){NULL, 0};
}

void state_decide_conflict(struct state *s, const struct conflict_decision *d)
{
    char name[CONFLICT_BYTES];
    size_t i = conflict_at(s, d);
    struct conflict_decision copy = *d;
    if (i < s->conflicts.n)
        s->conflicts.v[i] = s->conflicts.v[--s->conflicts.n];
    if (!d->right.p) {
        state_drop(s, STR("conflict"), conflict_name(name, d));
        return;
    }
    copy.right = arena_str(&s->memory, d->right);
    vec_push(&s->conflicts, copy);
    state_put(s, &(struct fact){KEEP_OURS, STR("conflict"), conflict_name(name, d), copy.right});
}

static bool unpack_conflict(struct state *s, const struct fact *f)
{
    struct arena scratch = {0};
    struct conflict_decision d = {0};
    struct state_place p;
    unsigned kind = 0;
    int n = 0;
    struct str name = arena_str(&scratch, f->name);
    bool well = sscanf(name.p, "%u %" SCNx64 " %n", &kind, &d.answers, &n) == 2 && n &&
                kind <= CONFLICT_NUMBER && place_of(str_from(name.p + n, name.n - (size_t)n), &p);
    if (well) {
        d.kind = (uint8_t)kind, d.key = p.key, d.begin = p.begin;
        d.right = f->value.p ? f->value : STR("");
        vec_push(&s->conflicts, d);
    }
    arena_finish(&scratch);
    return well;
}

struct decisions state_decisions(const struct state *s)
{
    return (struct decisions){s->decisions.v, s->decisions.n, s->conflicts.v, s->conflicts.n};
}

bool state_has_decisions(const struct state *s)
{
    return s->decisions.n || s->conflicts.n;
}

/* ---- unpacking ---- */

static bool unpack_sort(struct state *s, struct str value)
{
    bool reversed = str_starts(value, STR("-"));
    enum sort sort = sort_named(str_from(value.p + reversed, value.n - reversed));
    s->reversed = reversed;
    s->sort = sort < SORTS ? sort : SORT_DATE;
    return sort < SORTS;
}

static bool unpack_decision(struct state *s, const struct fact *f)
{
    const char *tab = memchr(f->name.p, '\t', f->name.n);
    if (!tab || tab == f->name.p || tab + 1 == f->name.p + f->name.n)
        return false;
    struct str a = str_from(f->name.p, (size_t)(tab - f->name.p));
    struct str b = str_from(tab + 1, f->name.n - a.n - 1);
    vec_push(&s->decisions, ((struct decision){arena_str(&s->memory, a), arena_str(&s->memory, b),
                                               str_eq(f->value, STR("same"))}));
    return true;
}

/* False: it makes no sense.  A kind of a later version does. */
static bool unpack(struct state *s, const struct fact *f)
{
    struct state_place p = {0};
    if (str_eq(f->kind, STR("place")))
        return place_of(f->value, &s->place);
    if (str_eq(f->kind, STR("mark")))
        return f->name.n == 1 && f->name.p[0] >= 'a' && f->name.p[0] <= 'z' &&
               place_of(f->value, &s->marks[f->name.p[0] - 'a']);
    if (str_eq(f->kind, STR("sort")))
        return unpack_sort(s, f->value);
    if (str_eq(f->kind, STR("filter")))
        return state_set_filter(s, f->value), true;
    if (str_eq(f->kind, STR("name")))
        return unpack_decision(s, f);
    if (str_eq(f->kind, STR("conflict")))
        return unpack_conflict(s, f);
    if (str_eq(f->kind, STR("struck"))) {
        bool well = place_of(f->name, &p);
        if (well)
            vec_push(&s->struck, p);
        return well;
    }
    return true;
}

struct unpacking {
    struct state *state;
    bool nonsense;
};

static void take_read(struct unpacking *u, const struct fact_change *c)
{
    struct state_place p = {0};
    place_of(c->fact.name, &p);
    u->nonsense |= key_is_none(p.key);
    set_read(u->state, p.key, !c->remove);
}

static void take_change(void *ctx, const struct fact_change *c, bool written)
{
    struct unpacking *u = ctx;
    struct state *s = u->state;
    if (str_eq(c->fact.kind, STR("read"))) {
        take_read(u, c);
        return;
    }
    size_t i = written ? s->facts.n : fact_at(s, c->fact.kind, c->fact.name);
    if (i < s->facts.n)
        take_out_fact(s, i);
    if (!c->remove)
        add_fact(s, &c->fact);
}

static enum status load(struct state *s)
{
    struct unpacking u = {.state = s};
    enum status status = s->keep ? keep_load(s->keep, take_change, &u) : OK;
    for (size_t i = 0; i < s->facts.n; i++)
        u.nonsense |= !unpack(s, &s->facts.v[i]);
    return status == OK && u.nonsense ? ERR_CORRUPT : status;
}

/* ---- on disk ---- */

static void take_over(void *ctx, const struct fact *f)
{
    keep(ctx, f, false);
}

enum status state_open(struct state *s, struct keep *k, const char *old_folder)
{
    enum status old = OK;
    s->keep = k;
    if (k && old_folder && keep_name(k).n && !keep_is_known(k))
        old = state_file_read(old_folder, keep_name(k), take_over, s);
    enum status status = load(s);
    return status == OK && old == ERR_CORRUPT ? old : status;
}

static bool decides_alike(const struct state *a, const struct state *b)
{
    bool alike = a->decisions.n == b->decisions.n && a->conflicts.n == b->conflicts.n;
    for (size_t i = 0; alike && i < a->conflicts.n; i++) {
        struct str was = state_conflict(b, &a->conflicts.v[i]);
        alike = was.p && str_eq(was, a->conflicts.v[i].right);
    }
    for (size_t i = 0; alike && i < a->decisions.n; i++) {
        const struct decision *x = &a->decisions.v[i], *y = &b->decisions.v[i];
        alike = x->same == y->same && str_eq(x->a, y->a) && str_eq(x->b, y->b);
    }
    return alike;
}

static unsigned load_anew(struct state *s)
{
    struct state old = *s;
    *s = (struct state){.keep = old.keep};
    load(s);
    unsigned changed = STATE_CHANGED | (decides_alike(s, &old) ? 0 : STATE_DECISIONS);
    state_finish(&old);
    return changed;
}

unsigned state_settle(struct state *s, const struct articles *all, bool whole)
{
    return s->keep && keep_settle(s->keep, all, whole) ? load_anew(s) : 0;
}

/* The place and the look of the session, as facts. */
static void pack(struct state *s)
{
    char text[PLACE_BYTES];
    struct arena scratch = {0};
    if (!key_is_none(s->place.key))
        state_put(s, &(struct fact){KEEP_MINE, STR("place"), STR(""), place_text(text, s->place)});
    for (int i = 0; i < STATE_MARKS; i++) {
        char letter = (char)('a' + i);
        if (!key_is_none(s->marks[i].key))
            state_put(s, &(struct fact){KEEP_MINE, STR("mark"), str_from(&letter, 1),
                                        place_text(text, s->marks[i])});
    }
    struct str sort = arena_printf(&scratch, "%s%s", s->reversed ? "-" : "", sort_name(s->sort));
    struct str filter = bytes_str(&s->filter);
    if (state_value(s, STR("sort"), STR("")).p || !str_eq(sort, STR("date")))
        state_put(s, &(struct fact){KEEP_MINE, STR("sort"), STR(""), sort});
    if (filter.n)
        state_put(s, &(struct fact){KEEP_MINE, STR("filter"), STR(""), filter});
    else
        state_drop(s, STR("filter"), STR(""));
    arena_finish(&scratch);
}

unsigned state_sync(struct state *s)
{
    if (!s->keep || !keep_changed(s->keep))
        return 0;
    pack(s); /* what this session shows stays, though another of the same reader left otherwise */
    return load_anew(s);
}

enum status state_save(struct state *s, bool patient)
{
    pack(s);
    return s->keep ? keep_flush(s->keep, patient) : OK;
}
