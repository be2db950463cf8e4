/* search: what `/` looks for in a pane, and where it stands in a text.
 *
 * Plain words are a phrase here, and the last of them may be half typed: one is looking for a
 * place, while one types.  With anything of the query language in it ("exact phrase", trial*,
 * NEAR/5, OR, /pattern/) it is a query, whose passages are what is found. */
#ifndef TUI_SEARCH_H
#define TUI_SEARCH_H

#include "core/arena.h"
#include "core/query.h"

int64_t clock_ms(void); /* CLOCK_MONOTONIC */

/* The clock a pattern is held to, so that a key is answered whatever it asks. */
struct deadline {
    int64_t end_ms; /* of clock_ms */
};
struct pattern_guard deadline_guard(struct deadline *d, unsigned ms); /* borrows d */

struct search {
    struct arena memory;
    VEC(struct str) words; /* folded; of plain words */
    struct query *query;   /* of anything else; neither: nothing is searched for */
    byte_vec text;         /* as typed */
    bool back;
    uint64_t generation;   /* rises with each change */
};

void search_finish(struct search *s);
/* False, with a sentence in *error, when the text is no query; the search is then as it was. */
bool search_set(struct search *s, struct str text, bool back, struct query_error *error);
void search_clear(struct search *s);

static inline bool search_is_set(const struct search *s)
{
    return s->words.n > 0 || s->query;
}

/* Appends where it stands in `text` (valid UTF-8), in order.  Linear in the text. */
void search_in(const struct search *s, struct str text, span_vec *out);
bool search_matches(const struct search *s, struct str text);

#endif
