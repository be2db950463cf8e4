/* Whole sentences are compared, not runs of words: what is dimmed must hold nothing new.  Two
 * sentences with one print would need a 64-bit accident; the price of one is a grey sentence that
 * can still be read. */
#include "tui/seen.h"

#include "core/align.h"

#define PLACES_LEAST 1024

/* A number for the words of a sentence; 0: it has too few of them. */
static uint64_t print_of(struct str text, struct span at)
{
    struct arena memory = {0};
    struct word_run words = words_of(&memory, text, at);
    uint64_t print = words.n < SEEN_WORDS ? 0 : 14695981039346656037u;
    for (uint32_t i = 0; print && i < words.n; i++) {
        print = (print ^ words.v[i].hash) * 1099511628211u;
        print ^= print >> 29;
        print += print == 0;
    }
    arena_finish(&memory);
    return print;
}

/* The place of a print, or the free one where it would stand. */
static struct seen_sentence *place_of(const struct seen *s, uint64_t print)
{
    size_t i = (size_t)(print ^ print >> 32) & (s->cap - 1);
    while (s->table[i].print && s->table[i].print != print)
        i = (i + 1) & (s->cap - 1);
    return &s->table[i];
}

static void make_room(struct seen *s)
{
    if (s->n * 2 < s->cap)
        return;
    struct seen old = *s;
    s->cap = old.cap ? old.cap * 2 : PLACES_LEAST;
    s->table = mem_alloc(s->cap * sizeof *s->table);
    memset(s->table, 0, s->cap * sizeof *s->table);
    for (size_t i = 0; i < old.cap; i++)
        if (old.table[i].print)
            *place_of(s, old.table[i].print) = old.table[i];
    free(old.table);
}

void seen_finish(struct seen *s)
{
    free(s->table);
    vec_free(&s->articles);
    *s = (struct seen){0};
}

void seen_add(struct seen *s, const struct dossier *d, article_id a)
{
    const struct article *row = dossier_article(d, a);
    struct sentence_run run = dossier_sentences(d, a);
    while (s->articles.n <= a.v)
        vec_push(&s->articles, 0);
    if (!row || run.n == 0 || s->articles.v[a.v])
        return;
    s->articles.v[a.v] = 1;
    for (uint32_t i = 0; i < run.n; i++) {
        uint64_t print = print_of(row->text, run.v[i].at);
        make_room(s);
        struct seen_sentence *place = print ? place_of(s, print) : NULL;
        if (place && place->print == 0) {
            *place = (struct seen_sentence){print, a.v};
            s->n++;
        }
    }
}

bool seen_elsewhere(const struct seen *s, article_id a, struct str text, struct span sentence)
{
    uint64_t print = s->n ? print_of(text, sentence) : 0;
    const struct seen_sentence *place = print ? place_of(s, print) : NULL;
    return place && place->print == print && place->article != a.v;
}
