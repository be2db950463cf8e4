/* The linker keeps no reasons: they would cost more than the events.  Asked about one event, its
 * statements are read again with the same table of kinds, and counted. */
#include "core/event_why.h"

#include "core/align.h"
#include "core/link_events.h"

#define CLAIMS_READ 64

struct kind_told {
    struct passage word; /* where it was first said */
    uint32_t claims;
};

static void read_claim(const struct articles *all, const struct claim *c,
                       struct kind_told told[EVENT_KINDS])
{
    struct arena scratch = {0};
    struct word_run words = words_of(&scratch, article_at(all, c->article)->text, c->at);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < words.n; i++)
        for (uint32_t kinds = event_kinds_of(words.v[i].term) & ~seen; kinds; kinds &= kinds - 1) {
            int kind = __builtin_ctz(kinds);
            seen |= 1u << kind;
            if (!told[kind].claims++)
                told[kind].word = (struct passage){c->article, words.v[i].at};
        }
    arena_finish(&scratch);
}

/* The kinds most told first; of those that one claim alone speaks of, none where several tell
 * it. */
static void keep_words(struct event_why *w, struct kind_told told[EVENT_KINDS], uint32_t n_claims)
{
    uint32_t least = n_claims > 1 ? 2 : 1;
    while (w->n_words < WHY_WORDS) {
        int best = 0;
        for (int k = 1; k < EVENT_KINDS; k++)
            if (told[k].claims > told[best].claims)
                best = k;
        if (told[best].claims < least)
            return;
        w->told[w->n_words] = told[best].claims;
        w->words[w->n_words++] = told[best].word;
        told[best].claims = 0;
    }
}

struct event_why event_why(const struct articles *all, const struct links *l, event_id id)
{
    const struct event *e = &l->events[id.v];
    struct event_why w = {0};
    struct kind_told told[EVENT_KINDS] = {0};
    for (uint32_t i = e->claims_begin; i < e->claims_end; i++) {
        const struct claim *c = &l->claims[i];
        struct days days = article_dates(all, c->article).v[c->date].days;
        if (days.first == e->days.first && days.end == e->days.end)
            w.same++;
        else if (days_overlap(days, e->days))
            w.vaguer++;
        else
            w.otherwise++;
        if (i < e->claims_begin + CLAIMS_READ)
            read_claim(all, c, told);
    }
    keep_words(&w, told, e->claims_end - e->claims_begin);
    for (uint32_t i = e->entities_begin; i < e->entities_end && w.n_names < WHY_NAMES; i++)
        w.names[w.n_names++] = l->event_entities[i];
    return w;
}
