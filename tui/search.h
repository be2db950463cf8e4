/* search: what `/` looks for in a pane, and where it stands in a text.
 *
 * Words side by side are a phrase here, the last of them may be half typed: one is looking for a
 * place that one half remembers, while one types. */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "core/arena.h"
#include "core/query.h"

struct search {
    struct arena memory;
    VEC(struct str) words; /* folded; none: nothing is searched for */
    VEC(char) text;        /* as typed */
    bool back;
    uint64_t generation;   /* rises with each change */
};

void search_finish(struct search *s);
/* False, with a sentence in *error, when the text is no query; the search is then as it was. */
bool search_set(struct search *s, struct str text, bool back, struct query_error *error);
void search_clear(struct search *s);

static inline bool search_is_set(const struct search *s)
{
    return s->words.n > 0;
}

/* Appends where it stands in `text` (valid UTF-8), in order.  Linear in the text. */
void search_in(const struct search *s, struct str text, span_vec *out);
bool search_matches(const struct search *s, struct str text);

#endif
