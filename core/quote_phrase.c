/* Noun phrases without a grammar.
 *
 * Read backwards from a verb, a phrase ends at the first word that cannot be part of it; read
 * forwards, at the first that looks like a verb.  The word table (cue_words) knows pronouns,
 * auxiliaries, prepositions and verbs of saying; an unknown small word counts as an adjective or
 * a noun.  That mistakes some verbs for nouns, and costs a few words too many in a span. */
#include "core/quote_phrase.h"

#define PHRASE_WORDS_MAX     16
#define APPOSITION_WORDS_MAX 40
#define CLAUSE_WORDS_MAX     80

/* A capital at the begin of a sentence is a name's only if more of one follows, or its verb. */
static bool begins_name(const struct scene *s, uint32_t i)
{
    if (word_of(s, i - 1)->kind < KIND_OPEN || i + 1 >= s->words->n)
        return true;
    const struct word *next = word_of(s, i + 1);
    return next->kind == KIND_CAPITAL || next->kind == KIND_NAME || next->kind == KIND_OWNER ||
           is_finite_cue(s, i + 1, CUE_SAY | CUE_THAT) || is_adverb(s, i + 1) ||
           next->kind == KIND_COLON;
}

bool is_name(const struct scene *s, uint32_t i)
{
    if (is_kind(s, i, KIND_NAME))
        return true;
    return is_kind(s, i, KIND_CAPITAL) && i > 0 &&
           !has(s, i,
                WORD_TIME | WORD_PRONOUN | WORD_AUX | WORD_DET | WORD_PREP | WORD_JOIN | CUE_ING) &&
           begins_name(s, i);
}

bool is_finite_cue(const struct scene *s, uint32_t i, uint32_t classes)
{
    const struct word *w = word_of(s, i);
    return w->kind == KIND_PLAIN && (w->classes & classes) && !(w->classes & CUE_ING);
}

/* A word that ends in -ly, and the like: between subject and verb. */
bool is_adverb(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind != KIND_PLAIN)
        return false;
    if (w->classes & WORD_AUX)
        return true;
    struct str t = str_at(s->text, w->at);
    return t.n > 4 && str_ends(t, STR("ly")) && !str_eq(t, STR("family"));
}

/* A word that a noun phrase may hold, read backwards. */
bool is_phrase_word(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind == KIND_NAME || w->kind == KIND_OWNER || w->kind == KIND_NUMBER)
        return true;
    if (w->kind != KIND_PLAIN && w->kind != KIND_CAPITAL)
        return false;
    if (w->classes & (WORD_JOIN | WORD_REL | WORD_AUX | WORD_PRONOUN | WORD_PREP))
        return (w->classes & WORD_DET) != 0;
    if ((w->classes & (CUE_SAY | CUE_THAT)) && w->kind == KIND_PLAIN)
        return (w->classes & (CUE_NOUN | WORD_GROUP | WORD_ROLE)) != 0;
    return true;
}

/* The noun phrase whose last word is `last`. */
static struct phrase phrase_back(const struct scene *s, uint32_t last)
{
    if (is_word(s, last) && has(s, last, WORD_PRONOUN) && !has(s, last, WORD_DET & ~WORD_SHE))
        return (struct phrase){last, last};
    uint32_t first = last + 1;
    for (int n = 0; n < PHRASE_WORDS_MAX && first > 0; n++) {
        uint32_t i = first - 1;
        if (is_phrase_word(s, i)) {
            first = i;
            if (has(s, i, WORD_DET) && is_kind(s, i, KIND_PLAIN) &&
                !has(s, i ? i - 1 : 0, WORD_PREP))
                break;
            continue;
        }
        /* "a spokesman for Voss", "Voss and Reiss": go on when a noun stands in front. */
        bool joins = has(s, i, WORD_PREP) && is_kind(s, i, KIND_PLAIN);
        joins |= is_kind(s, i, KIND_PLAIN) && has(s, i, WORD_JOIN) && is_name(s, first) && i > 0 &&
                 is_name(s, i - 1) && is_text(s, i, STR("and"));
        if (!joins || first > last || i == 0 || !is_phrase_word(s, i - 1) ||
            has(s, i - 1, WORD_DET | WORD_TIME) || is_adverb(s, i - 1))
            break;
        first = i;
    }
    while (first <= last && (is_kind(s, first, KIND_OWNER) || is_adverb(s, first) ||
                             has(s, first, WORD_PREP | WORD_JOIN)))
        first++;
    return first <= last ? (struct phrase){first, last} : no_phrase;
}

/* "a crime Voss says": the name is the subject of a clause that tells of the crime.  "A spokeswoman
 * Voss" nobody writes. */
static struct phrase without_antecedent(const struct scene *s, struct phrase p)
{
    bool a = is_text(s, p.first, STR("a")) || is_text(s, p.first, STR("an"));
    bool name = p.last > p.first + 1 && is_kind(s, p.last, KIND_NAME);
    return a && name && is_kind(s, p.last - 1, KIND_PLAIN) ? (struct phrase){p.last, p.last} : p;
}

/* "the juror who voted to convict Voss": back from its clause to who is meant. */
static struct phrase behind_relative(const struct scene *s, struct phrase p)
{
    if (phrase_is_empty(p) || p.first < 2 || !is_text(s, p.first - 1, STR("who")) ||
        !is_kind(s, p.first, KIND_PLAIN))
        return p;
    struct phrase whole = phrase_back(s, p.first - 2);
    return phrase_is_empty(whole) ? p : whole;
}

/* From a comma at `i` back over an apposition to the comma that opens it; `i` when there is
 * none. */
static uint32_t over_apposition(const struct scene *s, uint32_t i)
{
    uint32_t j = i;
    for (int n = 0; n < APPOSITION_WORDS_MAX; n++) {
        j = step_back(s, j);
        if (is_bound(s, j) || is_kind(s, j, KIND_CLOSE))
            return i;
        if (is_kind(s, j, KIND_COMMA) && j > 0 &&
            (is_name(s, j - 1) || has(s, j - 1, WORD_ROLE | WORD_PRONOUN)) && j + 1 < i)
            return j;
    }
    return i;
}

/* "Voss, the daughter of the keeper, who left in May, said": of two appositions the first is taken
 * for the subject; back to the name. */
static struct phrase before_apposition(const struct scene *s, struct phrase p)
{
    bool between = p.first > 1 && has(s, p.first, WORD_DET) && is_kind(s, p.first - 1, KIND_COMMA);
    return between && is_kind(s, p.first - 2, KIND_NAME) ? phrase_back(s, p.first - 2) : p;
}

/* The subject in front of the verb at `verb`. */
struct phrase subject_before(const struct scene *s, uint32_t verb)
{
    uint32_t i = verb;
    while (i > 0 && (is_adverb(s, i - 1) || has(s, i - 1, WORD_REL)))
        i--;
    if (i > 0 && is_kind(s, i - 1, KIND_BRACKET)) {
        uint32_t j = i - 1;
        for (int n = 0; n < 10 && j > 0 && !is_bound(s, j - 1); n++)
            if (is_kind(s, --j, KIND_BRACKET)) {
                i = j;
                break;
            }
    }
    bool apposition = i > 0 && is_kind(s, i - 1, KIND_COMMA);
    if (apposition) {
        uint32_t j = i < verb && has(s, i, WORD_REL) ? i - 1 : over_apposition(s, i - 1);
        if (j == i - 1 && !(i < verb && has(s, i, WORD_REL)))
            return no_phrase;
        i = j;
    }
    struct phrase p = i > 0 ? phrase_back(s, i - 1) : no_phrase;
    if (phrase_is_empty(p))
        return p;
    return apposition ? before_apposition(s, p) : behind_relative(s, without_antecedent(s, p));
}

/* The noun phrase that begins at `i`: up to a comma, a verb, a preposition of time or place. */
struct phrase phrase_at(const struct scene *s, uint32_t i)
{
    uint32_t last = i;
    if (is_word(s, i) && has(s, i, WORD_PRONOUN) && !has(s, i, WORD_DET))
        return (struct phrase){i, i};
    bool any = false;
    for (int n = 0; n < PHRASE_WORDS_MAX && last < s->words->n; n++, last++) {
        bool verb = n > 0 && is_name(s, last - 1) && is_kind(s, last, KIND_PLAIN) &&
                    !has(s, last, WORD_GROUP | WORD_ROLE | CUE_NOUN | WORD_TITLE);
        verb |= n > 1 && is_kind(s, last, KIND_PLAIN) &&
                str_ends(str_at(s->text, word_of(s, last)->at), STR("ed"));
        if (is_phrase_word(s, last) && !(n > 0 && has(s, last, WORD_TIME)) &&
            !(verb && !has(s, last, WORD_PREP)))
            any = true;
        else if (!(any && is_kind(s, last, KIND_PLAIN) && has(s, last, WORD_PREP) &&
                   (is_text(s, last, STR("of")) || is_text(s, last, STR("for")))))
            break;
    }
    while (last > i && has(s, last - 1, WORD_PREP) && is_kind(s, last - 1, KIND_PLAIN))
        last--;
    return any && last > i ? (struct phrase){i, last - 1} : no_phrase;
}

/* A phrase that can speak: it holds a name, a pronoun, a person or a group. */
bool names_speaker(const struct scene *s, struct phrase p)
{
    for (uint32_t i = p.first; i <= p.last; i++)
        if (is_name(s, i) ||
            has(s, i, WORD_PRONOUN | WORD_ROLE | WORD_GROUP | WORD_MALE | WORD_FEMALE))
            return true;
    return false;
}

bool can_speak(const struct scene *s, struct phrase p)
{
    if (phrase_is_empty(p))
        return false;
    for (uint32_t i = p.first; i <= p.last; i++)
        if (is_name(s, i) ||
            has(s, i, WORD_PRONOUN | WORD_ROLE | WORD_GROUP | WORD_MALE | WORD_FEMALE | CUE_NOUN))
            return true;
    return has(s, p.first, WORD_DET) && p.last > p.first;
}

/* Behind the bracket at `i`, if it closes within the sentence; else `i`. */
uint32_t over_bracket(const struct scene *s, uint32_t i)
{
    for (uint32_t j = i + 1, n = 0; n < 10 && j + 1 < s->words->n && !is_bound(s, j); n++, j++)
        if (is_kind(s, j, KIND_BRACKET))
            return j + 1;
    return i;
}

/* What an adverbial in front of the subject begins with: On Monday, As he left, Noting. */
static bool begins_adverbial(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if ((w->classes & WORD_DET) && i + 1 < s->words->n && has(s, i + 1, WORD_TIME))
        return true; /* two days later, this week */
    if (w->kind == KIND_NUMBER || is_adverb(s, i) || (w->classes & (WORD_TIME | CUE_ING)))
        return true;
    if ((w->classes & (WORD_PREP | WORD_JOIN)) && w->kind != KIND_NAME)
        return true;
    struct str t = str_at(s->text, w->at);
    return w->kind == KIND_CAPITAL && t.n > 4 &&
           (str_ends(t, STR("ing")) || str_ends(t, STR("ly")));
}

/* A noun phrase that can be a subject begins at `i`. */
bool begins_subject(const struct scene *s, uint32_t i)
{
    if (is_name(s, i))
        return true;
    if (!is_word(s, i) || has(s, i, WORD_TIME))
        return false;
    if (has(s, i, WORD_HE | WORD_SHE | WORD_THEY | WORD_FIRST) && !has(s, i, WORD_DET))
        return true;
    return has(s, i, WORD_DET | WORD_ROLE) && can_speak(s, phrase_at(s, i));
}

/* The subject of the clause that begins at `from`: its first noun phrase behind an adverbial. */
struct phrase main_subject(const struct scene *s, uint32_t from, uint32_t until)
{
    uint32_t i = from, first = 0;
    bool adverbial = begins_adverbial(s, from);
    while (i < until) {
        if (!first && begins_subject(s, i))
            first = i;
        if (!adverbial && begins_subject(s, i))
            return phrase_at(s, i);
        uint32_t next = step(s, i);
        if (next == i || is_bound(s, i))
            break;
        if (is_kind(s, i, KIND_COMMA))
            adverbial = next < until && begins_adverbial(s, next);
        i = next;
    }
    return first ? phrase_at(s, first) : no_phrase;
}

/* Where the sentence of the word at `i` begins. */
uint32_t clause_start(const struct scene *s, uint32_t i)
{
    for (int n = 0; n < CLAUSE_WORDS_MAX; n++) {
        uint32_t j = step_back(s, i);
        if (j == i || is_bound(s, j) || (is_kind(s, j, KIND_OPEN) && word_of(s, j)->other > i))
            break;
        i = j;
    }
    return i;
}
