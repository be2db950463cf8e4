/* The words that statements are compared by: the kinds of happening they speak of, told by a table
 * of words (event_kinds.def) as the ACE event extractors of the first generation did, and their
 * stems, which make good what the table misses.
 *
 * Both are asked for every word of every dated sentence, so they are remembered by hash; and of the
 * words met for the first time most begin with two letters as none of the table does. */
#include "core/event_parts.h"

static const struct {
    const char *words;
    bool once;
} kind_rows[EVENT_KINDS] = {
#define EVENT_KIND(ID, once, words) [EVENT_##ID] = {words, once},
#include "core/event_kinds.def"
#undef EVENT_KIND
};

bool term_is_among(struct str term, const char *words)
{
    while (*words) {
        const char *end = strchrnul(words, '|');
        size_t n = (size_t)(end - words);
        bool open = n && words[n - 1] == '*';
        struct str w = str_from(words, n - open);
        if (open ? str_starts(term, w) : str_eq(term, w))
            return true;
        words = *end ? end + 1 : end;
    }
    return false;
}

/* ---- kinds ---- */

uint32_t event_kinds_once(void)
{
    uint32_t set = 0;
    for (int k = 0; k < EVENT_KINDS; k++)
        set |= kind_rows[k].once ? 1u << k : 0;
    return set;
}

/* The kinds among `of`. */
static uint32_t kinds_among(struct str term, uint32_t of)
{
    uint32_t set = 0;
    for (; of; of &= of - 1) {
        int k = __builtin_ctz(of);
        if (term_is_among(term, kind_rows[k].words))
            set |= 1u << k;
    }
    return set;
}

uint32_t event_kinds_of(struct str term)
{
    return kinds_among(term, (uint32_t)(1ull << EVENT_KINDS) - 1);
}

/* ---- stems ---- */

/* Words that nearly every sentence has. */
static bool is_empty(struct str term)
{
    return term_is_among(term,
                         "that|this|with|from|were|have|been|they|their|said|which|when|would|"
                         "about|after|before|into|also|than|there|will|over|more|year|years|last|"
                         "month|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                         "january|february|march|april|june|july|august|september|october|"
                         "november|december");
}

static uint32_t stem_hash(struct str term)
{
    uint32_t h = 2166136261u, n = word_stem(term);
    for (uint32_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)term.p[i]) * 16777619u;
    return h;
}

/* ---- memory ---- */

#define MEMORY     8192
#define BEGINNINGS 1024

struct word_memory {
    struct known_word rows[MEMORY];
    uint32_t beginnings[BEGINNINGS]; /* by two letters: the kinds of the words that begin so */
};

static uint32_t *beginning_of(struct word_memory *m, const char *word)
{
    return &m->beginnings[(unsigned)(word[0] & 31) << 5 | (word[1] & 31)];
}

struct word_memory *word_memory_new(void)
{
    struct word_memory *m = mem_zalloc(sizeof(*m));
    for (int k = 0; k < EVENT_KINDS; k++) /* words of the table have two letters and more */
        for (const char *w = kind_rows[k].words; w; w = strchr(w, '|')) {
            w += *w == '|';
            *beginning_of(m, w) |= 1u << k;
        }
    return m;
}

const struct known_word *word_known(struct word_memory *m, const struct word *w)
{
    struct known_word *k = &m->rows[w->hash % MEMORY];
    if (k->known && k->hash == w->hash)
        return k;
    uint32_t may = w->term.n > 1 ? *beginning_of(m, w->term.p) : 0;
    uint32_t told = w->hash & WORD_IN_NAME ? ~event_kinds_once() : UINT32_MAX;
    *k = (struct known_word){.hash = w->hash,
                             .kinds = kinds_among(w->term, may) & told,
                             .stem = stem_hash(w->term),
                             .known = true,
                             .empty = is_empty(w->term)};
    return k;
}
