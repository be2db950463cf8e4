/* quote_phrase: walking over words, and the noun phrases that may name a speaker.
 *
 * Private to the quotation finder.  An index of a word is its place in scene.words; 0 is an edge
 * in front of the text, so 0 also says "none". */
#ifndef CORE_QUOTE_PHRASE_H
#define CORE_QUOTE_PHRASE_H

#include "core/cue_words.h"
#include "core/quote_parts.h"

static inline const struct word *word_of(const struct scene *s, uint32_t i)
{
    return &s->words->v[i];
}

/* One entry on / back, over a whole quotation; the edges stay where they are. */
static inline uint32_t step(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind == KIND_OPEN)
        i = w->other;
    return i + 1 < s->words->n ? i + 1 : i;
}

static inline uint32_t step_back(const struct scene *s, uint32_t i)
{
    if (i == 0)
        return 0;
    i--;
    return word_of(s, i)->kind == KIND_CLOSE ? word_of(s, i)->other : i;
}

static inline bool is_kind(const struct scene *s, uint32_t i, uint8_t kind)
{
    return word_of(s, i)->kind == kind;
}

static inline bool has(const struct scene *s, uint32_t i, uint32_t classes)
{
    return (word_of(s, i)->classes & classes) != 0;
}

static inline bool is_text(const struct scene *s, uint32_t i, struct str text)
{
    return str_eq(str_at(s->text, word_of(s, i)->at), text);
}

/* The sentence or the paragraph, or the quotation that holds this one, is over. */
static inline bool is_bound(const struct scene *s, uint32_t i)
{
    uint8_t k = word_of(s, i)->kind;
    return k == KIND_END || k == KIND_EDGE || k == KIND_STOP;
}

static inline bool is_word(const struct scene *s, uint32_t i)
{
    uint8_t k = word_of(s, i)->kind;
    return k >= KIND_PLAIN && k <= KIND_NUMBER;
}
struct phrase {
    uint32_t first, last; /* words, inclusive; first > last: none */
};

static inline bool phrase_is_empty(struct phrase p)
{
    return p.first > p.last;
}

static inline struct span phrase_span(const struct scene *s, struct phrase p)
{
    return span_of(word_of(s, p.first)->at.begin, word_of(s, p.last)->at.end);
}

static const struct phrase no_phrase = {1, 0};

/* A name, known or by its capital. */
bool is_name(const struct scene *s, uint32_t i);
/* A verb of these classes that has a subject of its own: "said", not "saying". */
bool is_finite_cue(const struct scene *s, uint32_t i, uint32_t classes);
/* What may stand between subject and verb. */
bool is_adverb(const struct scene *s, uint32_t i);
bool is_phrase_word(const struct scene *s, uint32_t i);
/* The subject in front of the verb, over an apposition: "Voss, the keeper, said". */
struct phrase subject_before(const struct scene *s, uint32_t verb);
/* The noun phrase that begins at `i`. */
struct phrase phrase_at(const struct scene *s, uint32_t i);
/* A phrase with a name, a pronoun, a person or a group in it. */
bool names_speaker(const struct scene *s, struct phrase p);
/* The same, or any definite phrase: beside a verb of saying it will do. */
bool can_speak(const struct scene *s, struct phrase p);
/* Behind the bracket at `i`, if it closes within the sentence; else `i`. */
uint32_t over_bracket(const struct scene *s, uint32_t i);
/* A noun phrase that can be a subject begins at `i`. */
bool begins_subject(const struct scene *s, uint32_t i);
/* The subject of the clause that begins at `from`: its first noun phrase behind an adverbial. */
struct phrase main_subject(const struct scene *s, uint32_t from, uint32_t until);
/* Where the sentence of the word at `i` begins. */
uint32_t clause_start(const struct scene *s, uint32_t i);

#endif
