/* "Bill and Melinda Harlow": a given name set before a full one shares its surname.
 *
 * Left to itself the first would go to whoever the case means by "Bill".  So it is moved to the
 * name that the two words make, whether the case has it written out or not.  Where its article
 * names somebody in full who is called so ("Corey Miller ... Corey and Monica Harlow") nothing is
 * done: the article says whom it means. */
#include "core/gazetteer.h"
#include "core/link_entities.h"

#define IN_ARTICLE_MAX 32 /* pairs of one article that are looked at */
/* In a longer article nobody looks for a full name: then it is taken to have one. */
#define ROWS_LOOKED 512

static struct form_words words_of_row(const struct linking *k, uint32_t row)
{
    return form_words(link_form_text(k, k->row_form[row]), MENTION_PERSON);
}

/* Somebody of the rows is called so, by given name or surname, in full. */
static bool is_somebody(const struct linking *k, struct str given, uint32_t from, uint32_t to)
{
    uint32_t group = given_name_group(given);
    if (to - from > ROWS_LOOKED)
        return true;
    for (uint32_t row = from; row < to; row++) {
        if (k->l->mentions[row].kind != MENTION_PERSON)
            continue;
        struct form_words w = words_of_row(k, row);
        if (w.n > 1 && (str_eq(w.v[0], given) || str_eq(w.v[w.n - 1], given) ||
                        (group && given_name_group(w.v[0]) == group)))
            return true;
    }
    return false;
}

/* "Bill", but not "Cameron". */
static bool is_given_alone(struct str word)
{
    unsigned lists = name_lists(word);
    return lists >> GAZETTEER_GIVEN & 1 &&
           (!(lists >> GAZETTEER_SURNAME & 1) || given_name_group(word));
}

static bool joined_by_and(struct str text, const struct mention *a, const struct mention *b)
{
    if (a->kind != MENTION_PERSON || b->kind != MENTION_PERSON || b->at.begin < a->at.end)
        return false;
    struct str gap = str_at(text, span_of(a->at.end, b->at.begin));
    return str_eq(gap, STR(" and ")) || str_eq(gap, STR(" & "));
}

/* False when the rows are no such pair, and nobody was looked for. */
static bool read_row(struct linking *k, struct str text, uint32_t row, uint32_t from, uint32_t to)
{
    struct links *l = k->l;
    if (!joined_by_and(text, &l->mentions[row], &l->mentions[row + 1]))
        return false;
    struct form_words one = words_of_row(k, row), other = words_of_row(k, row + 1);
    if (one.n != 1 || other.n < 2 || str_eq(one.v[0], other.v[other.n - 1]) ||
        !is_given_alone(one.v[0]))
        return false;
    if (is_somebody(k, one.v[0], from, to))
        return true;
    char name[2 * FORM_BYTES_MAX + 1];
    struct str given = one.v[0], surname = other.v[other.n - 1];
    memcpy(name, given.p, given.n);
    name[given.n] = ' ';
    memcpy(name + given.n + 1, surname.p, surname.n);
    if (given.n + 1 + surname.n < FORM_BYTES_MAX)
        link_move_row(k, row, link_form_of(k, str_from(name, given.n + 1 + surname.n)), row + 1,
                      LINK_GIVEN_NAME);
    return true;
}

void link_siblings(struct linking *k)
{
    const struct links *l = k->l;
    for (uint32_t a = 1; a <= l->n_articles; a++) {
        uint32_t from = l->mention_starts[a], to = l->mention_starts[a + 1];
        struct str text = article_at(k->job->all, (article_id){a})->text;
        for (uint32_t row = from, pairs = 0; row + 1 < to && pairs < IN_ARTICLE_MAX; row++)
            pairs += read_row(k, text, row, from, to);
    }
}
