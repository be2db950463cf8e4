/* Quotations: the steps in order, and the rows made of them.
 *
 * quote_parts.h names the steps.  Here each pair of marks becomes a row or is told to be no
 * speech; a pair without a cue of its own takes the speaker of the utterance it goes on with. */
#include "core/find.h"

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

/* The walk through the article, in order of the text. */
struct teller {
    struct scene scene;
    struct resolver *who;
    struct attribution last; /* who spoke last, by marks or by report */
    struct found *out;
    uint32_t block; /* the next set-off line without a speaker */
};

/* A pair with no cue of its own: the utterance goes on, or the sentence's subject speaks. */
static struct attribution speaker_without_cue(const struct teller *t, uint32_t i)
{
    const struct quoted *q = &t->scene.pairs->v[i];
    struct attribution a = {0};
    if (!q->continues)
        a = attribution_across(&t->scene, i);
    if (!a.rule && !q->continues && q->level == 0)
        a = attribution_by_subject(&t->scene, i);
    if (!a.rule && !q->continues && q->level == 0)
        a = attribution_by_beat(&t->scene, i);
    if (!a.rule && t->last.rule && q->level == 0) {
        a = t->last;
        a.rule = SPEAKER_BY_CARRY;
    }
    return a;
}

static void add_row(struct found *out, struct span at, const struct attribution *a, uint8_t kind)
{
    vec_push(&out->quotes, ((struct quote){.at = at,
                                           .speaker = a->speaker,
                                           .cue = a->cue,
                                           .speaker_mention = a->mention,
                                           .kind = kind,
                                           .rule = a->rule}));
}

static void tell_pair(struct teller *t, uint32_t i)
{
    const struct quoted *q = &t->scene.pairs->v[i];
    struct attribution a = attribution_inside(&t->scene, i);
    struct span at = q->at;
    if (a.rule)
        at.begin = t->scene.words->v[a.last + 2].at.begin; /* behind the colon */
    else
        a = attribution_beside(&t->scene, i);
    if (!a.rule)
        a = speaker_without_cue(t, i);
    uint8_t kind = quote_kind(&t->scene, i, &a);
    if (!kind)
        return;
    if (!a.mention)
        resolve_speaker(t->who, &a);
    add_row(t->out, at, &a, kind);
    vec_last(&t->out->quotes)->open = q->open;
    vec_last(&t->out->quotes)->level = q->level;
    if (q->level == 0 && a.rule)
        t->last = a;
}

static void tell_sentence(struct teller *t, uint32_t first)
{
    struct attribution a;
    struct span content;
    if (!quote_indirect(&t->scene, first, &a, &content))
        return;
    resolve_speaker(t->who, &a);
    if (!span_is_empty(content))
        add_row(t->out, content, &a, QUOTE_INDIRECT);
    t->last = a;
}

/* A set-off line in the first person goes with whoever spoke last. */
static void tell_block(struct teller *t, uint32_t upto, size_t n_blocks)
{
    for (; t->block < n_blocks && t->out->quotes.v[t->block].at.begin < upto; t->block++) {
        struct quote *row = &t->out->quotes.v[t->block];
        if (row->rule || !t->last.rule)
            continue;
        row->speaker = t->last.speaker;
        row->speaker_mention = t->last.mention;
        row->rule = SPEAKER_BY_CARRY;
    }
}

static bool is_block(const struct found *out, size_t n_blocks, uint32_t at)
{
    size_t i;
    BISECT(i, 0, n_blocks, out->quotes.v[i].at.end <= at);
    return i < n_blocks && out->quotes.v[i].at.begin <= at;
}

static void tell(struct teller *t)
{
    const word_list *words = t->scene.words;
    size_t n_blocks = t->out->quotes.n;
    uint32_t inside = 0; /* words below this lie in a quotation */
    for (uint32_t i = 1; i < words->n; i++) {
        const struct word *w = &words->v[i];
        if (words->v[i - 1].kind >= KIND_END && w->kind < KIND_OPEN && i >= inside) {
            tell_block(t, w->at.begin + 1, n_blocks);
            if (!is_block(t->out, n_blocks, w->at.begin))
                tell_sentence(t, i);
        }
        if (w->kind != KIND_OPEN)
            continue;
        tell_pair(t, w->link);
        inside = w->other > inside ? w->other : inside;
    }
    tell_block(t, UINT32_MAX, n_blocks);
}

static int by_begin(const void *a, const void *b)
{
    const struct quote *x = a, *y = b;
    if (x->at.begin != y->at.begin)
        return x->at.begin < y->at.begin ? -1 : 1;
    return x->level < y->level ? -1 : x->level > y->level;
}

/* The mention that a byline names. */
static void name_authors(struct found *out)
{
    uint32_t m = 0;
    for (size_t i = 0; i < out->quotes.n; i++) {
        struct quote *q = &out->quotes.v[i];
        if (q->kind != QUOTE_BLOCK)
            continue;
        while (m < out->mentions.n && out->mentions.v[m].at.end <= q->speaker.begin)
            m++;
        if (m < out->mentions.n && span_touches(out->mentions.v[m].at, q->speaker))
            q->speaker_mention = m + 1;
    }
}

void find_quotes(struct finder *f, const struct body *body, struct found *out)
{
    struct quotes_state *s = finder_state(f, FINDER_QUOTES, make_state, free_state);
    struct arena *scratch = finder_scratch(f);
    struct arena_mark mark = arena_mark(scratch);
    make_paragraphs(out, &s->paragraphs);
    vec_clear(&s->pairs);
    vec_clear(&s->words);
    quote_marks(body->text, &s->paragraphs, &s->pairs);
    quote_words(body->text, &s->paragraphs, &s->pairs, out, &s->words);
    note_opens(s);
    struct teller t = {.out = out};
    t.scene = (struct scene){.text = body->text,
                             .found = out,
                             .words = &s->words,
                             .pairs = &s->pairs,
                             .opens = s->opens.v};
    t.who = resolver_make(&t.scene, scratch);
    quote_blocks(&t.scene, &s->paragraphs, scratch, out);
    name_authors(out);
    tell(&t);
    if (out->quotes.n)
        qsort(out->quotes.v, out->quotes.n, sizeof(*out->quotes.v), by_begin);
    arena_release(scratch, mark);
}
