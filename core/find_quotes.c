/* Quotations: the steps in order, and the rows made of them.
 *
 * quote_parts.h names the steps.  Here each pair of marks becomes a row or is told to be no
 * speech; a pair without a cue of its own takes the speaker of the utterance it goes on with. */
#include "core/find.h"

#include "core/cue_words.h"
#include "core/quote_parts.h"

struct quotes_state {
    paragraph_list paragraphs;
    quoted_list pairs;
    word_list words;
    VEC(uint32_t) opens;
};

static void *make_state(void)
{
    struct quotes_state *s = mem_alloc(sizeof(*s));
    *s = (struct quotes_state){0};
    return s;
}

static void free_state(void *state)
{
    struct quotes_state *s = state;
    vec_free(&s->paragraphs);
    vec_free(&s->pairs);
    vec_free(&s->words);
    vec_free(&s->opens);
    free(s);
}

static void make_paragraphs(const struct found *found, paragraph_list *out)
{
    vec_clear(out);
    for (uint32_t i = 0; i < found->sentences.n; i++) {
        const struct sentence *x = &found->sentences.v[i];
        if (!out->n || found->sentences.v[i - 1].paragraph != x->paragraph)
            vec_push(out, ((struct paragraph){.at = x->at, .sentence = i, .furniture = true}));
        struct paragraph *p = vec_last(out);
        p->at.end = x->at.end;
        p->sentence_end = i + 1;
        p->furniture &= x->flags & SENTENCE_FURNITURE;
    }
}

static void note_opens(struct quotes_state *s)
{
    vec_clear(&s->opens);
    for (size_t i = 0; i < s->pairs.n; i++)
        vec_push(&s->opens, 0);
    for (uint32_t i = 0; i < s->words.n; i++)
        if (s->words.v[i].kind == KIND_OPEN)
            s->opens.v[s->words.v[i].link] = i;
}

/* A pair with no cue of its own: the utterance goes on, or the sentence's subject speaks. */
static struct attribution speaker_without_cue(const struct scene *s, uint32_t i, const struct attribution *last)
{
    const struct quoted *q = &s->pairs->v[i];
    struct attribution a = {0};
    if (!q->continues)
        a = attribution_across(s, i);
    if (!a.rule && !q->continues)
        a = attribution_by_subject(s, i);
    if (!a.rule && last->rule) {
        a = *last;
        a.rule = SPEAKER_BY_CARRY;
    }
    return a;
}

static void add_row(const struct quoted *q, const struct attribution *a, uint8_t kind, struct found *out)
{
    struct quote *row = vec_add(&out->quotes);
    *row = (struct quote){.at = q->at, .speaker = a->speaker, .cue = a->cue, .speaker_mention = a->mention,
                          .kind = kind, .open = q->open, .level = q->level, .rule = a->rule};
}

void find_quotes(struct finder *f, const struct body *body, struct found *out)
{
    struct quotes_state *s = finder_state(f, FINDER_QUOTES, make_state, free_state);
    make_paragraphs(out, &s->paragraphs);
    vec_clear(&s->pairs);
    vec_clear(&s->words);
    quote_marks(body->text, &s->paragraphs, &s->pairs);
    quote_words(body->text, &s->paragraphs, &s->pairs, out, &s->words);
    note_opens(s);
    struct scene scene = {.text = body->text, .found = out, .words = &s->words, .pairs = &s->pairs, .opens = s->opens.v};
    struct attribution last = {0};
    for (uint32_t i = 0; i < s->pairs.n; i++) {
        struct attribution a = attribution_beside(&scene, i);
        if (!a.rule)
            a = speaker_without_cue(&scene, i, &last);
        uint8_t kind = quote_kind(&scene, i, &a);
        if (!kind)
            continue;
        add_row(&s->pairs.v[i], &a, kind, out);
        if (s->pairs.v[i].level == 0 && a.rule)
            last = a;
    }
}
