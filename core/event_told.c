/* What a sentence says happened on its date.
 *
 * The words right behind the date come first ("the 2002 murder"), then those of its clause, then
 * those beside it, then the whole sentence.  What courts and police do is done about something
 * else: of "arrested for the murder on Friday" the date is the arrest's. */
#include "core/event_parts.h"

#define BEHIND_DATE 2  /* words behind a date that it may stand for */
#define AROUND_DATE 12 /* words on either side that tell what happened then */
#define STEM_BYTES  4  /* of the shortest word that makes statements alike */

#define KIND(id) (1u << EVENT_##id)

/* ---- stems ---- */

/* Keeps the first STATEMENT_STEMS that it is given, in rising order. */
static void add_stem(struct statement *s, uint32_t hash)
{
    uint32_t i = s->n_stems;
    if (i == STATEMENT_STEMS)
        return;
    while (i && s->stems[i - 1] > hash)
        i--;
    if (i && s->stems[i - 1] == hash)
        return;
    memmove(s->stems + i + 1, s->stems + i, (s->n_stems - i) * sizeof(s->stems[0]));
    s->stems[i] = hash;
    s->n_stems++;
}

/* Names are compared as entities. */
static void add_word(struct statement *s, struct word_memory *memory, const struct word *w)
{
    if (w->capital || w->term.n < STEM_BYTES || (w->term.p[0] >= '0' && w->term.p[0] <= '9'))
        return;
    const struct known_word *k = word_known(memory, w);
    if (!k->empty)
        add_stem(s, k->stem);
}

/* ---- kinds ---- */

static uint32_t kinds_between(const struct dated_words *a, uint32_t from, uint32_t to)
{
    uint32_t set = 0;
    for (uint32_t i = from; i < to && i < a->words.n; i++)
        set |= a->kinds[i];
    return set;
}

static uint32_t of_justice(uint32_t set)
{
    if (set & (KIND(VERDICT) | KIND(SENTENCE)))
        set &= ~KIND(TRIAL); /* "convicted at his second trial" */
    return set & EVENT_JUSTICE ? set & EVENT_JUSTICE : set;
}

/* Does the word begin something new behind a date, "convicted in 2009 of murder", where a noun
 * would take the date for its own, "the 2002 murder"? */
static bool parts(struct str term)
{
    return term_is_among(term,
                         "after|and|as|at|before|but|by|during|for|from|had|has|in|is|of|on|that|"
                         "to|was|were|when|where|while|who|will|with|would");
}

static uint32_t kinds_behind(const struct dated_words *a)
{
    if (a->behind < a->words.n && parts(a->words.v[a->behind].term))
        return 0;
    return of_justice(kinds_between(a, a->behind, a->behind + BEHIND_DATE));
}

/* The words within AROUND_DATE of the date that lie in `near`. */
static uint32_t kinds_around(const struct dated_words *a, struct span near)
{
    uint32_t from = a->first > AROUND_DATE ? a->first - AROUND_DATE : 0;
    uint32_t to = a->behind + AROUND_DATE;
    while (from < a->first && a->words.v[from].at.begin < near.begin)
        from++;
    while (to > a->behind && (to > a->words.n || a->words.v[to - 1].at.begin >= near.end))
        to--;
    return kinds_between(a, from, to);
}

/* What the date's own clause says happened, and what the words beside it add: "burned on Nov. 12,
 * and two were killed". */
static uint32_t kinds_told(const struct dated_words *a)
{
    uint32_t own = of_justice(kinds_around(a, a->clause.near));
    uint32_t beside = kinds_around(a, span_of(a->clause.near.begin, a->clause.at.end));
    if (!own)
        return of_justice(beside ? beside : kinds_between(a, 0, a->words.n));
    return own & EVENT_JUSTICE ? own : own | beside;
}

static uint32_t kinds_of(const struct dated_words *a)
{
    uint32_t kinds = kinds_behind(a);
    if (!kinds)
        return kinds_told(a);
    bool of_court = !(kinds & ~(KIND(TRIAL) | KIND(APPEAL))); /* "found guilty in a 2009 retrial" */
    return of_court ? kinds | (kinds_around(a, a->clause.near) & KIND(VERDICT)) : kinds;
}

void statement_read_words(struct statement *s, struct word_memory *memory,
                          const struct dated_words *a)
{
    s->kinds = kinds_of(a);
    for (uint32_t i = a->first, k = a->behind;
         s->n_stems < STATEMENT_STEMS && (i > 0 || k < a->words.n);) {
        if (i > 0)
            add_word(s, memory, &a->words.v[--i]);
        if (k < a->words.n)
            add_word(s, memory, &a->words.v[k++]);
    }
}
