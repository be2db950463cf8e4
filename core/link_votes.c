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

uint8_t link_favourite(const struct link_form *f, uint64_t *known)
{
    uint64_t all = 0;
    uint8_t best = 0;
    *known = 0;
    for (uint8_t i = 1; i < MENTION_KINDS; i++) {
        all += f->votes[i];
        *known += i == MENTION_OTHER ? 0 : f->votes[i];
        best = i != MENTION_OTHER && f->votes[i] > f->votes[best] ? i : best;
    }
    return best && *known * 10 >= all * KNOWN_TENTHS ? best : 0;
}

/* What the case says of the words of forms. */
struct said {
    bool borne; /* a word of somebody's full name */
    bool thing; /* told as a thing by the noun before it: "the ferry Marit" */
    bool company; /* "Apple Computer", where "Apple" is an organisation */
};

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
    const struct link_form *f = link_form_known(k, str_from(copy, n));
    return f && f->votes[MENTION_ORGANISATION] >
                    f->votes[MENTION_PERSON] + f->votes[MENTION_PLACE] + f->votes[MENTION_OTHER];
}

static struct said *gather_said(struct linking *k)
{
    struct said *said = mem_zalloc((k->forms.n + 1) * sizeof(*said));
    for (uint32_t f = 0; f < k->forms.n; f++) {
        struct form_words w = k->forms.v[f].votes[MENTION_PERSON]
                                  ? form_words(link_form_text(k, f), MENTION_PERSON)
                                  : (struct form_words){.n = 0};
        for (uint32_t i = 0; w.n > 1 && i < w.n; i++) {
            const struct link_form *word = link_form_known(k, w.v[i]);
            if (word)
                said[word - k->forms.v].borne = true;
        }
        said[f].company = is_company(k, f);
    }
    for (uint32_t i = 0; i < k->l->n_mentions; i++)
        if (k->l->mentions[i].rule == MENTION_BY_TITLE && k->l->mentions[i].kind == MENTION_OTHER)
            said[k->row_form[i]].thing = true;
    return said;
}

/* The kind that a mention found as `kind` should have.  A name of several words is not a person
 * here and a town there, nor a body. */
static uint8_t elected(const struct link_form *f, uint8_t kind, bool several_words)
{
    uint64_t known;
    uint8_t best = link_favourite(f, &known);
    if (!best)
        return f->votes[MENTION_OTHER] ? MENTION_OTHER : kind;
    bool divided = (uint64_t)f->votes[kind] * 10 >= known * DIVIDED_TENTHS;
    if (kind == MENTION_OTHER || !divided || several_words)
        return best;
    return kind;
}

/* The kind that row i should have: one word is a person by right only where somebody bears it. */
static uint8_t kind_of_row(const struct linking *k, const struct said *said, uint32_t i,
                           bool several_words)
{
    uint32_t form = k->row_form[i];
    uint8_t kind = k->l->mentions[i].kind;
    bool by_right = kind != MENTION_PERSON || said[form].borne;
    const struct link_form *f = &k->forms.v[form];
    uint8_t best = elected(f, kind, several_words || !by_right);
    bool unsure = best == MENTION_PERSON
                      ? !said[form].borne
                      : best == MENTION_ORGANISATION && f->votes[best] <= f->votes[MENTION_OTHER];
    return said[form].thing && unsure ? MENTION_OTHER : best;
}

/* "Haruka Minase" where "Minase" alone is a person, and "Haruka" is nothing else. */
static bool is_bearer(struct linking *k, struct form_words w)
{
    uint64_t known;
    if (w.n != 2)
        return false;
    const struct link_form *last = link_form_known(k, w.v[1]), *first = link_form_known(k, w.v[0]);
    bool surname = last && link_favourite(last, &known) == MENTION_PERSON &&
                   (uint64_t)last->votes[MENTION_PERSON] * 10 >= known * 8;
    uint8_t other = surname && first ? link_favourite(first, &known) : 0;
    return surname && (!other || other == MENTION_PERSON);
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
    struct said *said = gather_said(k);
    for (uint32_t i = 0; i < l->n_mentions; i++) {
        struct mention *m = &l->mentions[i];
        if (!is_voter(m->kind) || m->rule != MENTION_BY_TAGGER)
            continue;
        struct form_words w = form_words(link_form_text(k, k->row_form[i]), MENTION_OTHER);
        uint8_t kind = kind_of_row(k, said, i, w.n > 1);
        if (said[k->row_form[i]].company)
            kind = MENTION_ORGANISATION;
        if (kind != MENTION_PERSON && kind != MENTION_PEOPLE && kind != MENTION_LAW &&
            name_is_law(w))
            kind = MENTION_LAW;
        else if (kind == MENTION_PLACE || kind == MENTION_OTHER)
            kind = (m->score < 40000 || k->forms.v[k->row_form[i]].votes[MENTION_PERSON]) &&
                           is_bearer(k, w)
                       ? MENTION_PERSON
                       : kind;
        if (kind != m->kind && is_voter(kind)) {
            m->kind = kind;
            m->rule = MENTION_BY_CONSISTENCY;
        }
    }
    free(said);
}
