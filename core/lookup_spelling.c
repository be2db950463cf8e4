/* The words of the case that a word of the query, which is nowhere in it, may be meant for.
 *
 * All that one slip of the hand makes of it (a letter left out, put in, changed, or two that
 * changed places) are looked for in the dictionary: some 50 look-ups for each letter of the word, a
 * twentieth of a millisecond in all.  A table of the dictionary's words less a letter was refused:
 * it costs memory for every word of the case, for the few that are asked. */
#include "core/lookup_parts.h"

#include "core/text.h"

#define SPELLING_LEAST 5 /* letters: the likeness of shorter words is chance */

struct speller {
    const struct ask *q;
    spelling_each *each;
    void *ctx;
};

static void try_term(const struct speller *s, const char *p, size_t n)
{
    struct term_count c = index_count(dossier_index(s->q->d), str_from(p, n));
    if (c.occurrences)
        s->each(s->ctx, str_from(p, n), c.occurrences);
}

/* All letters but `but`. */
static void try_letters(const struct speller *s, char *at, char but, const char *p, size_t n)
{
    for (*at = 'a'; *at <= 'z'; ++*at)
        if (*at != but)
            try_term(s, p, n);
}

/* Of letters that are doubled, one is as good as the other: it is tried once. */
void lookup_spellings(const struct ask *q, struct str term, spelling_each *each, void *ctx)
{
    struct speller s = {q, each, ctx};
    char t[TERM_BYTES_MAX + 1], before = 0;
    if (term.n < SPELLING_LEAST || term.n >= TERM_BYTES_MAX)
        return;
    for (size_t i = 0; i <= term.n; i++) {
        memcpy(t, term.p, i);
        memcpy(t + i + 1, term.p + i, term.n - i);
        try_letters(&s, t + i, before, t, term.n + 1); /* left out */
        if (i == term.n)
            break;
        memcpy(t, term.p, term.n);
        try_letters(&s, t + i, term.p[i], t, term.n); /* changed */
        memcpy(t + i, term.p + i + 1, term.n - i - 1);
        if (term.p[i] != before)
            try_term(&s, t, term.n - 1); /* put in */
        before = term.p[i];
        if (i + 1 < term.n && term.p[i + 1] != before) {
            memcpy(t, term.p, term.n);
            t[i] = term.p[i + 1], t[i + 1] = term.p[i];
            try_term(&s, t, term.n); /* changed places */
        }
    }
}
