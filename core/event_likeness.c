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

static float likeness(uint32_t stems, uint32_t least, float entities, uint32_t kinds,
                      uint32_t others)
{
    float words = least ? (float)stems / (float)(least < STEMS_LEAST ? STEMS_LEAST : least) : 0;
    float both = (float)__builtin_popcount(kinds & others);
    if (both > 0)
        both /= (float)__builtin_popcount(kinds | others);
    return words * WORDS_WEIGHT + entities * ENTITIES_WEIGHT + both * KINDS_WEIGHT;
}

float statement_likeness(const struct statement *a, const struct statement *b)
{
    uint32_t least = a->n_stems < b->n_stems ? a->n_stems : b->n_stems;
    float entities = statement_shares_entity(a, b, false)  ? 1.0f
                     : statement_shares_entity(a, b, true) ? 0.5f
                                                           : 0;
    return likeness(statement_shared_stems(a, b), least, entities, a->kinds, b->kinds);
}

/* ---- sketches ---- */

static uint64_t entity_bit(uint32_t id)
{
    return 1ull << (id * 0x9e3779b1u >> 26);
}

struct sketch statement_sketch(const struct statement *s)
{
    struct sketch k = {.kinds = s->kinds, .n_stems = s->n_stems};
    for (uint32_t i = 0; i < s->n_stems; i++)
        k.stems[s->stems[i] >> 6 & 3] |= 1ull << (s->stems[i] & 63);
    for (uint32_t i = 0; i < (uint32_t)s->n_entities + s->n_near; i++) {
        k.near |= entity_bit(s->entities[i]);
        k.entities |= i < s->n_entities ? entity_bit(s->entities[i]) : 0;
    }
    return k;
}

float statement_likeness_at_most(const struct statement *s, const struct sketch *own,
                                 const struct sketch *other)
{
    uint32_t stems = 0, least = own->n_stems < other->n_stems ? own->n_stems : other->n_stems;
    for (uint32_t i = 0; i < s->n_stems; i++)
        stems += other->stems[s->stems[i] >> 6 & 3] >> (s->stems[i] & 63) & 1;
    float entities = own->entities & other->entities ? 1.0f : own->near & other->near ? 0.5f : 0;
    return likeness(stems < least ? stems : least, least, entities, own->kinds, other->kinds);
}
