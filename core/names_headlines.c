/* Two people in one headline.
 *
 * Where every word has a capital, "Ida Voss Introduces Karl Brandt" looks like one long name, and
 * the tagger takes it for one more often than not.  In such a line a person's name is cut at a
 * word that the lists of names do not hold, that news knows in small letters (clusters.h), and
 * that this text nowhere writes with a capital inside a sentence.  All three are needed: "West"
 * and "Cook" are words too. */
#include "core/clusters.h"
#include "core/names.h"

static bool is_common_word(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    if (t->shape != SHAPE_CAPITAL || t->single || t->begins || t->inside)
        return false;
    return w->words.v[w->word_of.v[i]].middle == 0 && clusters_find(t->fold).fine;
}

/* Cuts the name [from, to) at its common words, if two others stand in it. */
static void cut_name(struct tag_window *w, size_t from, size_t to)
{
    size_t begin = from, others = 0;
    for (size_t i = from; i < to; i++)
        others += tag_is_capital(&w->tokens.v[i]) && !is_common_word(w, i);
    if (others < 2)
        return;
    for (size_t i = from; i < to; i++) {
        if (!is_common_word(w, i))
            continue;
        names_set(w, begin, i, TAG_PERSON, MENTION_BY_TAGGER);
        names_set(w, i, i + 1, TAG_OUT, MENTION_BY_TAGGER);
        begin = i + 1;
    }
    if (begin > from)
        names_set(w, begin, to, TAG_PERSON, MENTION_BY_TAGGER);
}

void names_of_headlines(struct tag_window *w)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = i + 1;
        if (label_kind(w->labels.v[i]) != TAG_PERSON)
            continue;
        while (e < w->tokens.n && goes_on(w->labels.v[e]))
            e++;
        if (w->tokens.v[i].line == LINE_TITLE && e - i > 2)
            cut_name(w, i, e);
    }
}
