/* One kind for one name: what it is in most places, weighed by how sure each place is.
 *
 * A name that is sure in one place votes in the others.  Where the case is truly divided (a town
 * and the club that plays under its name) both kinds stay, as two entities.  "Other" is what the
 * finder says when it knows no better: it does not stand against any other kind. */
#include "core/link_entities.h"

static bool is_voter(uint8_t kind)
{
    return kind == MENTION_PERSON || kind == MENTION_ORGANISATION || kind == MENTION_PLACE ||
           kind == MENTION_LAW || kind == MENTION_PEOPLE || kind == MENTION_OTHER;
}

#define DIVIDED_TENTHS 3 /* of the votes: a kind with fewer is a slip of the finder */
#define KNOWN_TENTHS   2 /* that persons, organisations, places and laws need against "other" */

/* The kind that a mention found as `kind` should have. */
static uint8_t elected(const struct link_form *f, uint8_t kind)
{
    uint64_t all = 0, known = 0;
    uint8_t best = 0;
    for (uint8_t i = 1; i < MENTION_KINDS; i++) {
        all += f->votes[i];
        known += i == MENTION_OTHER ? 0 : f->votes[i];
        best = i != MENTION_OTHER && f->votes[i] > f->votes[best] ? i : best;
    }
    if (!best || known * 10 < all * KNOWN_TENTHS)
        return f->votes[MENTION_OTHER] ? MENTION_OTHER : kind;
    if (kind == MENTION_OTHER || (uint64_t)f->votes[kind] * 10 < known * DIVIDED_TENTHS)
        return best;
    return kind;
}

/* "Apple Computer" where "Apple" is an organisation. */
static bool is_company(struct linking *k, uint32_t form)
{
    struct form_words w = form_words(link_form_text(k, form), MENTION_ORGANISATION);
    uint32_t core = w.n > 1 ? company_core(w) : w.n;
    if (core == w.n)
        return false;
    char copy[FORM_BYTES_MAX];
    size_t n = (size_t)(w.v[core - 1].p + w.v[core - 1].n - w.v[0].p);
    memcpy(copy, w.v[0].p, n);
    const struct link_form *f = &k->forms.v[link_form_of(k, str_from(copy, n))];
    return f->votes[MENTION_ORGANISATION] > f->votes[MENTION_PERSON] + f->votes[MENTION_PLACE] + f->votes[MENTION_OTHER];
}

void link_count_votes(struct linking *k)
{
    const struct links *l = k->l;
    for (uint32_t i = 0; i < l->n_mentions; i++)
        k->forms.v[k->row_form[i]].votes[l->mentions[i].kind] += 1 + (l->mentions[i].score >> 12);
}

void link_vote_kinds(struct linking *k)
{
    struct links *l = k->l;
    for (uint32_t i = 0; i < l->n_mentions; i++) {
        struct mention *m = &l->mentions[i];
        if (!is_voter(m->kind) || m->rule != MENTION_BY_TAGGER)
            continue;
        uint8_t kind = elected(&k->forms.v[k->row_form[i]], m->kind);
        if (kind != MENTION_ORGANISATION && is_company(k, k->row_form[i]))
            kind = MENTION_ORGANISATION;
        if (kind != m->kind && is_voter(kind)) {
            m->kind = kind;
            m->rule = MENTION_BY_CONSISTENCY;
        }
    }
}
