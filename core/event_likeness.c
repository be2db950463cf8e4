/* How alike two statements are: by shared words, entities and kinds. */
#include "core/link_events.h"

/* A third of the words in common weighs like an entity or like the same kinds. */
#define WORDS_WEIGHT    2
#define ENTITIES_WEIGHT 0.6f
#define KINDS_WEIGHT    0.6f
#define STEMS_LEAST     4 /* a statement of fewer words is not all alike for one of them */

bool statement_shares_entity(const struct statement *a, const struct statement *b, bool near)
{
    uint32_t n = a->n_entities + (near ? a->n_near : 0u),
             m = b->n_entities + (near ? b->n_near : 0u);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < m; k++)
            if (a->entities[i] == b->entities[k])
                return true;
    return false;
}

uint32_t statement_shared_stems(const struct statement *a, const struct statement *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->n_stems && k < b->n_stems;) {
        uint32_t x = a->stems[i], y = b->stems[k];
        n += x == y; /* no branch, which nothing could foretell */
        i += x <= y;
        k += y <= x;
    }
    return n;
}

float statement_likeness(const struct statement *a, const struct statement *b)
{
    uint32_t stems = statement_shared_stems(a, b);
    uint32_t least = a->n_stems < b->n_stems ? a->n_stems : b->n_stems;
    float words = least ? (float)stems / (float)(least < STEMS_LEAST ? STEMS_LEAST : least) : 0;
    float entities = statement_shares_entity(a, b, false)  ? 1.0f
                     : statement_shares_entity(a, b, true) ? 0.5f
                                                           : 0;
    float kinds = (float)__builtin_popcount(a->kinds & b->kinds);
    if (kinds > 0)
        kinds /= (float)__builtin_popcount(a->kinds | b->kinds);
    return words * WORDS_WEIGHT + entities * ENTITIES_WEIGHT + kinds * KINDS_WEIGHT;
}
