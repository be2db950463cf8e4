/* names: what is done to the tagger's labels before they become mentions.  Shared by the files
 * that make up find_names alone. */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include "core/find.h"
#include "core/tagger.h"

/* Does the label carry on a name that began before? */
static inline bool goes_on(unsigned label)
{
    return label && (label_part(label) == PART_INSIDE || label_part(label) == PART_LAST);
}

/* The end of the name that begins at i; of no name, the token behind it. */
static inline size_t names_end(const struct tag_window *w, size_t i)
{
    for (i++; i < w->tokens.n && goes_on(w->labels.v[i]);)
        i++;
    return i;
}

/* Makes one name of [from, to), or, with TAG_OUT, none; nothing when that is empty. */
void names_set(struct tag_window *w, size_t from, size_t to, unsigned kind, uint8_t rule);

/* Names of people in headlines, cut at the verb between them. */
void names_of_headlines(struct tag_window *w);

/* Towns that stand for their clubs: changes labels and the rules behind them. */
void names_of_clubs(struct tag_window *w);

/* Names that the text says more of in another place; run before the clubs. */
void names_told(struct tag_window *w);

#endif
