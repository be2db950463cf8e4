/* Whether what the reader decides next agrees with what is decided: "same" is closed (a = b and b =
 * c make a = c), so "different" inside such a group, or "same" between two groups that are kept
 * apart, would leave the linker to choose which decision it breaks.  It is refused with the
 * decision that stands against it, which the reader may take back.  Decisions are few: groups are
 * grown by going through all of them until none is added. */
#include "core/link.h"
#include "core/link_names.h"

static bool is_one_name(struct str a, struct str b)
{
    char x[FORM_BYTES_MAX], y[FORM_BYTES_MAX];
    return str_eq(name_form(a, 0, x), name_form(b, 0, y));
}

static bool is_pair(const struct decision *d, struct str a, struct str b)
{
    return (is_one_name(d->a, a) && is_one_name(d->b, b)) ||
           (is_one_name(d->a, b) && is_one_name(d->b, a));
}

struct group {
    VEC(struct str) names;
    VEC(const struct decision *) by; /* that brought each in; of the first, null */
};

static bool is_in(const struct group *g, struct str name)
{
    for (size_t i = 0; i < g->names.n; i++)
        if (is_one_name(g->names.v[i], name))
            return true;
    return false;
}

/* All names that are one with `name`, by decisions other than one about this very pair. */
static void grow(struct group *g, const struct decisions *all, struct str name, struct str a,
                 struct str b)
{
    size_t before = 0;
    vec_push(&g->names, name);
    vec_push(&g->by, NULL);
    while (before != g->names.n) {
        before = g->names.n;
        for (size_t i = 0; i < all->n; i++) {
            const struct decision *d = &all->v[i];
            bool has_a = d->same && !is_pair(d, a, b) && is_in(g, d->a),
                 has_b = d->same && !is_pair(d, a, b) && is_in(g, d->b);
            if (has_a == has_b)
                continue;
            vec_push(&g->names, has_a ? d->b : d->a);
            vec_push(&g->by, d);
        }
    }
}

const struct decision *decisions_against(const struct decisions *all, struct str a, struct str b,
                                         bool same)
{
    struct group x = {0}, y = {0};
    const struct decision *found = NULL;
    grow(&x, all, a, a, b);
    grow(&y, all, b, a, b);
    for (size_t i = 0; !same && i < x.names.n && !found; i++)
        found = is_one_name(x.names.v[i], b) ? x.by.v[i] : NULL;
    for (size_t i = 0; same && i < all->n && !found; i++) {
        const struct decision *d = &all->v[i];
        bool apart = (is_in(&x, d->a) && is_in(&y, d->b)) || (is_in(&x, d->b) && is_in(&y, d->a));
        found = !d->same && apart && !is_pair(d, a, b) ? d : NULL;
    }
    vec_free(&x.names), vec_free(&x.by), vec_free(&y.names), vec_free(&y.by);
    return found;
}
