/* Speech or not?  And if it is: a whole utterance, or words inside the writer's sentence?
 *
 * Quotation marks also hold titles ("The Lamp House"), names of things and words the writer
 * keeps at arm's length.  A title has capitals on all its longer words and no cue beside it, or
 * stands behind "the film" or a preposition; a word or two without a cue are scare quotes; a
 * line that is nothing but a short quotation in single marks is a cross-head.  All are told by
 * shape: no list of works is complete. */
#include "core/quote_parts.h"

#include "core/cue_words.h"
#include "core/text.h"

#define SCARE_WORDS_MAX     3
#define CROSSHEAD_WORDS_MAX 9
#define TITLE_WORDS_MAX     14
#define LONG_WORD_BYTES     4
#define HALVES_APART_MAX    24 /* words of the attribution between two halves */

struct content {
    uint32_t words, capitals, low; /* low: words of LONG_WORD_BYTES and more in small letters */
    bool finite;                   /* a small pronoun or auxiliary, or two sentences: a statement */
};

static const struct word *at(const struct scene *s, uint32_t i)
{
    return &s->words->v[i];
}

/* Counts up to TITLE_WORDS_MAX + 1 words between the marks. */
static struct content content_of(const struct scene *s, uint32_t open)
{
    struct content c = {0};
    uint32_t end = at(s, open)->other;
    for (uint32_t i = open + 1; i < end && c.words <= TITLE_WORDS_MAX; i++) {
        const struct word *w = at(s, i);
        c.finite |= w->kind == KIND_END && i + 1 < end;
        if (w->kind == KIND_OWNER) /* "That's", "It's" */
            c.finite |= (at(s, i - 1)->classes & (WORD_PRONOUN | WORD_REL)) != 0;
        if (w->kind < KIND_PLAIN || w->kind > KIND_NUMBER)
            continue;
        c.words++;
        c.capitals += w->kind == KIND_CAPITAL || w->kind == KIND_NAME;
        c.low += w->kind == KIND_PLAIN && span_length(w->at) >= LONG_WORD_BYTES;
        if (w->kind == KIND_NAME) /* a name may be two words */
            for (uint32_t b = w->at.begin; b < w->at.end; b++)
                c.words += s->text.p[b] == ' ', c.capitals += s->text.p[b] == ' ';
        c.finite |= w->kind == KIND_PLAIN && (w->classes & (WORD_PRONOUN | WORD_AUX)) != 0;
    }
    return c;
}

/* A comma, a colon or the cue itself stands between the cue and the marks. */
static bool cue_is_close(const struct scene *s, uint32_t open, const struct attribution *a)
{
    if (!a->cue_word)
        return false;
    uint32_t close = at(s, open)->other;
    if (a->behind)
        return a->cue_word > close && a->cue_word - close < 12;
    const struct word *w = at(s, open - 1);
    return w->kind == KIND_COMMA || w->kind == KIND_COLON ||
           (a->cue_word == open - 1 && !(w->classes & (WORD_WORK | CUE_WEAK)));
}

static bool is_naming(const struct scene *s, uint32_t i)
{
    struct str t = str_at(s->text, at(s, i)->at);
    return (at(s, i)->classes & WORD_WORK) || str_eq(t, STR("called")) || str_eq(t, STR("as"));
}

static bool is_title(const struct scene *s, uint32_t open, const struct content *c,
                     const struct attribution *a)
{
    if (c->low || c->capitals < 2 || c->words > TITLE_WORDS_MAX)
        return false;
    const struct word *w = at(s, open - 1);
    bool inside = (w->kind == KIND_PLAIN && (w->classes & (WORD_PREP | WORD_DET))) ||
                  is_naming(s, open - 1) || w->kind == KIND_OWNER;
    return inside || !(c->finite || cue_is_close(s, open, a));
}

static bool ends_utterance(struct str text, struct span at)
{
    char last = text.p[at.end - 1];
    return strchr(".,!?-", last) != NULL || (last & 0x80);
}

static bool is_crosshead(const struct scene *s, const struct quoted *q, uint32_t open,
                         const struct content *c)
{
    uint32_t behind = at(s, open)->other + 1;
    return q->family == FAMILY_SINGLE && c->words <= CROSSHEAD_WORDS_MAX &&
           at(s, open - 1)->kind == KIND_EDGE && at(s, behind)->kind == KIND_END &&
           at(s, behind + 1)->kind == KIND_EDGE;
}

static bool is_scare(const struct scene *s, const struct quoted *q, const struct content *c,
                     const struct attribution *a)
{
    if (c->words > SCARE_WORDS_MAX || a->rule == SPEAKER_BY_CUE || a->rule == SPEAKER_BY_COLON ||
        a->rule == SPEAKER_BY_PRONOUN || a->rule == SPEAKER_BY_BYLINE || q->continues)
        return false;
    if (a->rule == SPEAKER_BY_NEAREST)
        return c->words <= 1;
    return c->words <= 1 || !ends_utterance(s->text, q->at);
}

/* The attribute of a tag: <tweet author="…">. */
static bool is_attribute(struct str text, const struct quoted *q)
{
    return q->outer.begin > 0 && text.p[q->outer.begin - 1] == '=';
}

static bool begins_utterance(const struct scene *s, const struct quoted *q, uint32_t open)
{
    const char *next;
    uint32_t c = utf8_decode(s->text.p + q->at.begin, &next);
    if (!char_is_letter(c) || char_is_upper(c))
        return true;
    /* "The lamp," Voss said, "was out": the second half goes on. */
    if (at(s, open - 1)->kind != KIND_COMMA)
        return false;
    for (uint32_t i = open - 1, n = 0; i > 0 && n < HALVES_APART_MAX && at(s, i)->kind < KIND_END;
         i--, n++)
        if (at(s, i)->kind == KIND_CLOSE)
            return true;
    return false;
}

uint8_t quote_kind(const struct scene *s, uint32_t pair, const struct attribution *a)
{
    const struct quoted *q = &s->pairs->v[pair];
    uint32_t open = s->opens[pair];
    if (!open || is_attribute(s->text, q))
        return 0;
    struct content c = content_of(s, open);
    if (c.words == 0 || is_scare(s, q, &c, a) || is_crosshead(s, q, open, &c) ||
        is_title(s, open, &c, a))
        return 0;
    bool whole = q->open || q->continues || ends_utterance(s->text, q->at) ||
                 (a->behind && cue_is_close(s, open, a));
    return whole && begins_utterance(s, q, open) ? QUOTE_DIRECT : QUOTE_MIXED;
}
