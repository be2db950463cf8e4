/* Who says it: the verb of saying beside a quotation, and its subject.
 *
 * Behind the quotation: "…," Voss said / said Voss, the keeper / according to Voss.  In front:
 * Voss said: "…" / Concluded Voss: "…" / Noting that "…", Voss wrote / Voss, who called it "…".
 * A noun phrase is read off the words without a grammar: from the verb back to the first word
 * that cannot be part of it, over an apposition between commas.  A parser would settle more of
 * the rare cases, at fifty times the cost. */
#include "core/quote_parts.h"

#include "core/cue_words.h"

#define PHRASE_WORDS_MAX 16
#define APPOSITION_WORDS_MAX 40
#define CLAUSE_WORDS_MAX 80

static const struct word *word_of(const struct scene *s, uint32_t i)
{
    return &s->words->v[i];
}

/* One entry on / back, over a whole quotation; the edges stay where they are. */
static uint32_t step(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind == KIND_OPEN)
        i = w->other;
    return i + 1 < s->words->n ? i + 1 : i;
}

static uint32_t step_back(const struct scene *s, uint32_t i)
{
    if (i == 0)
        return 0;
    i--;
    return word_of(s, i)->kind == KIND_CLOSE ? word_of(s, i)->other : i;
}

static bool is_kind(const struct scene *s, uint32_t i, uint8_t kind)
{
    return word_of(s, i)->kind == kind;
}

static bool has(const struct scene *s, uint32_t i, uint32_t classes)
{
    return (word_of(s, i)->classes & classes) != 0;
}

static bool is_text(const struct scene *s, uint32_t i, struct str text)
{
    return str_eq(str_at(s->text, word_of(s, i)->at), text);
}

/* The sentence or the paragraph, or the quotation that holds this one, is over. */
static bool is_bound(const struct scene *s, uint32_t i)
{
    uint8_t k = word_of(s, i)->kind;
    return k == KIND_END || k == KIND_EDGE || k == KIND_STOP;
}

static bool is_word(const struct scene *s, uint32_t i)
{
    uint8_t k = word_of(s, i)->kind;
    return k >= KIND_PLAIN && k <= KIND_NUMBER;
}

static bool is_name(const struct scene *s, uint32_t i)
{
    return is_kind(s, i, KIND_NAME) ||
           (is_kind(s, i, KIND_CAPITAL) && !has(s, i, WORD_TIME | WORD_PRONOUN | WORD_AUX | WORD_DET | WORD_PREP | WORD_JOIN));
}

static bool is_finite_cue(const struct scene *s, uint32_t i, uint32_t classes)
{
    const struct word *w = word_of(s, i);
    return w->kind == KIND_PLAIN && (w->classes & classes) && !(w->classes & CUE_ING);
}

/* A word that ends in -ly, and the like: between subject and verb. */
static bool is_adverb(const struct scene *s, uint32_t i)
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
static bool is_phrase_word(const struct scene *s, uint32_t i)
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

struct phrase {
    uint32_t first, last; /* words, inclusive; first > last: none */
};

static bool phrase_is_empty(struct phrase p)
{
    return p.first > p.last;
}

static struct span phrase_span(const struct scene *s, struct phrase p)
{
    return span_of(word_of(s, p.first)->at.begin, word_of(s, p.last)->at.end);
}

static const struct phrase no_phrase = {1, 0};

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
            if (has(s, i, WORD_DET) && is_kind(s, i, KIND_PLAIN) && !has(s, i ? i - 1 : 0, WORD_PREP))
                break;
            continue;
        }
        /* "a spokesman for Voss", "Voss and Reiss": go on when a noun stands in front. */
        bool joins = has(s, i, WORD_PREP) && is_kind(s, i, KIND_PLAIN);
        joins |= is_kind(s, i, KIND_PLAIN) && has(s, i, WORD_JOIN) && is_name(s, first) && i > 0 && is_name(s, i - 1) &&
                 is_text(s, i, STR("and"));
        if (!joins || first > last || i == 0 || !is_phrase_word(s, i - 1) || has(s, i - 1, WORD_DET | WORD_TIME) ||
            is_adverb(s, i - 1))
            break;
        first = i;
    }
    while (first <= last && (is_kind(s, first, KIND_OWNER) || is_adverb(s, first) || has(s, first, WORD_PREP | WORD_JOIN)))
        first++;
    return first <= last ? (struct phrase){first, last} : no_phrase;
}

/* From a comma at `i` back over an apposition to the comma that opens it; `i` when there is none. */
static uint32_t over_apposition(const struct scene *s, uint32_t i)
{
    uint32_t j = i;
    for (int n = 0; n < APPOSITION_WORDS_MAX; n++) {
        j = step_back(s, j);
        if (is_bound(s, j) || is_kind(s, j, KIND_CLOSE))
            return i;
        if (is_kind(s, j, KIND_COMMA) && j > 0 && (is_name(s, j - 1) || has(s, j - 1, WORD_ROLE | WORD_PRONOUN)) &&
            j + 1 < i)
            return j;
    }
    return i;
}

/* The subject in front of the verb at `verb`. */
static struct phrase subject_before(const struct scene *s, uint32_t verb)
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
    if (i > 0 && is_kind(s, i - 1, KIND_COMMA)) {
        uint32_t j = i < verb && has(s, i, WORD_REL) ? i - 1 : over_apposition(s, i - 1);
        if (j == i - 1 && !(i < verb && has(s, i, WORD_REL)))
            return no_phrase;
        i = j;
    }
    return i > 0 ? phrase_back(s, i - 1) : no_phrase;
}

/* The noun phrase that begins at `i`: up to a comma, a verb, a preposition of time or place. */
static struct phrase phrase_at(const struct scene *s, uint32_t i)
{
    uint32_t last = i;
    if (is_word(s, i) && has(s, i, WORD_PRONOUN) && !has(s, i, WORD_DET))
        return (struct phrase){i, i};
    bool any = false;
    for (int n = 0; n < PHRASE_WORDS_MAX && last < s->words->n; n++, last++) {
        bool verb = n > 0 && is_name(s, last - 1) && is_kind(s, last, KIND_PLAIN) &&
                    !has(s, last, WORD_GROUP | WORD_ROLE | CUE_NOUN | WORD_TITLE);
        verb |= n > 1 && is_kind(s, last, KIND_PLAIN) && str_ends(str_at(s->text, word_of(s, last)->at), STR("ed"));
        if (is_phrase_word(s, last) && !(n > 0 && has(s, last, WORD_TIME)) && !(verb && !has(s, last, WORD_PREP)))
            any = true;
        else if (!(any && is_kind(s, last, KIND_PLAIN) && has(s, last, WORD_PREP) &&
                   (is_text(s, last, STR("of")) ||
                    is_text(s, last, STR("for")))))
            break;
    }
    while (last > i && has(s, last - 1, WORD_PREP) && is_kind(s, last - 1, KIND_PLAIN))
        last--;
    return any && last > i ? (struct phrase){i, last - 1} : no_phrase;
}

/* A phrase that can speak: it holds a name, a pronoun, a person or a group. */
static bool can_speak(const struct scene *s, struct phrase p)
{
    if (phrase_is_empty(p))
        return false;
    for (uint32_t i = p.first; i <= p.last; i++)
        if (is_name(s, i) || has(s, i, WORD_PRONOUN | WORD_ROLE | WORD_GROUP | WORD_MALE | WORD_FEMALE | CUE_NOUN))
            return true;
    return has(s, p.first, WORD_DET) && p.last > p.first;
}

/* The verb at `i` with what belongs to it: "went on to claim". */
static struct span cue_span(const struct scene *s, uint32_t i)
{
    struct span at = word_of(s, i)->at;
    if (i + 3 < s->words->n && is_text(s, i + 1, STR("on")) && is_text(s, i + 2, STR("to")) && has(s, i + 3, CUE_SAY))
        at.end = word_of(s, i + 3)->at.end;
    return at;
}

static struct attribution found_at(const struct scene *s, struct phrase p, uint32_t cue, uint8_t rule)
{
    return (struct attribution){.speaker = phrase_span(s, p), .cue = cue_span(s, cue), .cue_word = cue, .rule = rule};
}

/* "according to Voss", from "according". */
static bool according_at(const struct scene *s, uint32_t i, struct attribution *out)
{
    if (!is_word(s, i) || i + 2 >= s->words->n)
        return false;
    struct str w = str_at(s->text, word_of(s, i)->at), to = str_at(s->text, word_of(s, i + 1)->at);
    if (!(w.n == 9 && memcmp(w.p + 1, "ccording", 8) == 0 && str_eq(to, STR("to"))))
        return false;
    struct phrase p = phrase_at(s, i + 2);
    if (phrase_is_empty(p))
        return false;
    *out = found_at(s, p, i, SPEAKER_BY_CUE);
    out->cue.end = word_of(s, i + 1)->at.end;
    return true;
}

/* "said Voss", "added the keeper": a cue at `verb` and its subject behind. */
static bool inverted_at(const struct scene *s, uint32_t verb, struct attribution *out)
{
    uint32_t i = verb;
    while (is_adverb(s, i) && !has(s, i, CUE_SAY))
        i++;
    if (!is_finite_cue(s, i, CUE_SAY) && !(is_kind(s, i, KIND_CAPITAL) && has(s, i, CUE_SAY) && !has(s, i, CUE_ING)))
        return false;
    if (has(s, i, CUE_BASE) && !has(s, i, CUE_ING) && !is_text(s, i, STR("say")) &&
        !is_text(s, i, STR("read")))
        return false;
    struct phrase p = phrase_at(s, i + 1);
    if (!can_speak(s, p))
        return false;
    *out = found_at(s, p, i, SPEAKER_BY_CUE);
    return true;
}

/* Behind the bracket at `i`, if it closes within the sentence; else `i`. */
static uint32_t over_bracket(const struct scene *s, uint32_t i)
{
    for (uint32_t j = i + 1, n = 0; n < 10 && j + 1 < s->words->n && !is_bound(s, j); n++, j++)
        if (is_kind(s, j, KIND_BRACKET))
            return j + 1;
    return i;
}

/* Behind a quotation: from `i` a noun phrase, perhaps an apposition, then a finite cue. */
static bool subject_then_cue(const struct scene *s, uint32_t i, struct attribution *out)
{
    uint32_t j = i;
    bool comma = false, relative = false; /* "Voss, who keeps the lamp said" */
    if (!is_name(s, i) && !is_phrase_word(s, i) && !has(s, i, WORD_PRONOUN))
        return false;
    for (int n = 0; n < APPOSITION_WORDS_MAX; n++) {
        if (is_bound(s, j) || is_kind(s, j, KIND_OPEN) || is_kind(s, j, KIND_CLOSE))
            return false;
        bool after_subject = j > i && !has(s, j - 1, WORD_PREP | WORD_REL | WORD_DET) &&
                             (!comma || relative || is_kind(s, j - 1, KIND_COMMA) || is_adverb(s, j - 1));
        if (after_subject && is_finite_cue(s, j, CUE_SAY) && (!comma || j > i + 2))
            break;
        if (!comma && j > i && is_adverb(s, j) && has(s, j, WORD_AUX) && n > 10)
            return false;
        relative |= is_kind(s, j, KIND_COMMA) && has(s, j + 1, WORD_REL);
        comma |= is_kind(s, j, KIND_COMMA);
        uint32_t over = is_kind(s, j, KIND_BRACKET) ? over_bracket(s, j) : j;
        j = over > j ? over : j + 1;
    }
    if (!is_finite_cue(s, j, CUE_SAY))
        return false;
    uint32_t last = i;
    while (last < j && !is_kind(s, last, KIND_COMMA) && !is_kind(s, last, KIND_BRACKET) &&
           !(last > i && (is_adverb(s, last) || has(s, last, WORD_REL))))
        last++;
    struct phrase p = {i, last - 1};
    if (last == i || !can_speak(s, p))
        return false;
    *out = found_at(s, p, j, SPEAKER_BY_CUE);
    return true;
}

/* "…" -- Ida Voss, keeper: a dash and a name that nothing follows but its apposition. */
static bool byline_at(const struct scene *s, uint32_t i, struct attribution *out)
{
    struct phrase p = phrase_at(s, i);
    if (phrase_is_empty(p) || !is_name(s, p.first) || p.last + 1 >= s->words->n)
        return false;
    uint32_t behind = p.last + 1;
    if (is_kind(s, behind, KIND_BRACKET))
        behind = over_bracket(s, behind);
    if (!is_bound(s, behind) && !is_kind(s, behind, KIND_COMMA))
        return false;
    *out = (struct attribution){.speaker = phrase_span(s, p), .cue_word = i, .rule = SPEAKER_BY_BYLINE, .behind = true};
    return true;
}

static struct attribution attribution_behind(const struct scene *s, uint32_t open)
{
    struct attribution a = {0};
    uint32_t i = word_of(s, open)->other + 1;
    if (i >= s->words->n)
        return a;
    uint32_t dash = is_kind(s, i, KIND_END) && !is_kind(s, i + 1, KIND_EDGE) ? i + 1 : i;
    if (dash + 1 < s->words->n && is_kind(s, dash, KIND_PAUSE) && byline_at(s, dash + 1, &a))
        return a;
    if (is_kind(s, i, KIND_COMMA) || is_kind(s, i, KIND_PAUSE))
        i++;
    if (is_bound(s, i) || is_kind(s, i, KIND_OPEN) || is_kind(s, i, KIND_CLOSE))
        return a;
    if (according_at(s, i, &a) || inverted_at(s, i, &a) || subject_then_cue(s, i, &a))
        a.behind = true;
    return a;
}

/* What an adverbial in front of the subject begins with: On Monday, As he left, Noting. */
static bool begins_adverbial(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind == KIND_NUMBER || is_adverb(s, i) || (w->classes & (WORD_TIME | CUE_ING)))
        return true;
    if ((w->classes & (WORD_PREP | WORD_JOIN)) && w->kind != KIND_NAME)
        return true;
    struct str t = str_at(s->text, w->at);
    return w->kind == KIND_CAPITAL && t.n > 4 && (str_ends(t, STR("ing")) || str_ends(t, STR("ly")));
}

/* A noun phrase that can be a subject begins at `i`. */
static bool begins_subject(const struct scene *s, uint32_t i)
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
static struct phrase main_subject(const struct scene *s, uint32_t from, uint32_t until)
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
static uint32_t clause_start(const struct scene *s, uint32_t i)
{
    for (int n = 0; n < CLAUSE_WORDS_MAX; n++) {
        uint32_t j = step_back(s, i);
        if (j == i || is_bound(s, j) || (is_kind(s, j, KIND_OPEN) && word_of(s, j)->other > i))
            break;
        i = j;
    }
    return i;
}

/* A subject for "saying", "to call": that of the sentence, in front of the verb or behind the
 * quotation: Noting "…", Voss wrote. */
static struct phrase distant_subject(const struct scene *s, uint32_t verb, uint32_t open)
{
    uint32_t start = clause_start(s, verb);
    struct phrase p = start < verb ? main_subject(s, start, verb) : no_phrase;
    if (!phrase_is_empty(p))
        return p;
    for (uint32_t i = open, n = 0; n < CLAUSE_WORDS_MAX; n++) {
        uint32_t j = step(s, i);
        if (j == i || is_bound(s, j) || is_kind(s, j, KIND_CLOSE))
            break;
        if (j > word_of(s, open)->other && is_kind(s, i, KIND_COMMA)) {
            struct phrase q = main_subject(s, j, j + 3);
            if (!phrase_is_empty(q))
                return q;
        }
        i = j;
    }
    return p;
}

static struct attribution cue_in_front(const struct scene *s, uint32_t i, uint32_t open)
{
    struct attribution a = {0};
    bool ing = has(s, i, CUE_ING);
    bool infinitive = has(s, i, CUE_BASE) && i > 0 && is_text(s, i - 1, STR("to"));
    if (is_kind(s, i, KIND_CAPITAL) && inverted_at(s, i, &a))
        return a;
    struct phrase p = ing || infinitive ? no_phrase : subject_before(s, i);
    if (is_text(s, i + 1, STR("by")) && has(s, i ? i - 1 : 0, WORD_AUX)) /* "was asked by Voss" */
        p = phrase_at(s, i + 2);
    if (ing) { /* "with Voss shouting" */
        struct phrase q = subject_before(s, i);
        if (can_speak(s, q) && q.first > 0 && is_text(s, q.first - 1, STR("with")))
            p = q;
    }
    if (!can_speak(s, p) && !ing && inverted_at(s, i, &a)) /* "But, said Voss, …" */
        return a;
    if (!can_speak(s, p))
        p = distant_subject(s, i, open);
    if (can_speak(s, p))
        a = found_at(s, p, i, is_kind(s, open - 1, KIND_COLON) ? SPEAKER_BY_COLON : SPEAKER_BY_CUE);
    return a;
}

/* A noun that could be taken for a verb of saying: "his report", "the call". */
static bool is_noun_here(const struct scene *s, uint32_t i)
{
    if (!has(s, i, CUE_NOUN | CUE_BASE | WORD_ROLE | WORD_GROUP) || i == 0)
        return false;
    if (has(s, i - 1, WORD_DET) || is_kind(s, i - 1, KIND_OWNER))
        return true;
    return has(s, i - 1, WORD_PREP) && !is_text(s, i - 1, STR("to"));
}

/* "has been denied": nobody speaks. */
static bool is_passive(const struct scene *s, uint32_t i)
{
    if (i == 0 || has(s, i, CUE_ING | CUE_BASE) || !has(s, i - 1, WORD_AUX))
        return false;
    static const char *const be[] = {"was", "were", "been", "be", "is", "are", "being"};
    for (size_t n = 0; n < COUNT_OF(be); n++)
        if (is_text(s, i - 1, str_of(be[n])))
            return !is_text(s, i + 1, STR("by"));
    return false;
}

/* Verbs that are cues beside the marks alone: "scheduled to begin". */
static bool is_weak_here(const struct scene *s, uint32_t i, uint32_t open)
{
    if (!has(s, i, CUE_WEAK) || i + 1 == open)
        return false;
    return !(is_kind(s, open - 1, KIND_COMMA) || is_kind(s, open - 1, KIND_COLON)) || open - i > 8 ||
           has(s, i, CUE_BASE);
}

/* Looks from `open` back to the begin of its sentence. */
static struct attribution attribution_in_front(const struct scene *s, uint32_t open)
{
    struct attribution a = {0};
    uint32_t i = open;
    for (int n = 0; n < CLAUSE_WORDS_MAX; n++) {
        uint32_t j = step_back(s, i);
        if (j == i || is_bound(s, j) || (is_kind(s, j, KIND_OPEN) && word_of(s, j)->other > open))
            break;
        i = j;
        if (according_at(s, i, &a))
            return a;
        if (is_word(s, i) && has(s, i, CUE_SAY | CUE_THAT) && !is_noun_here(s, i) && !is_passive(s, i) &&
            !is_weak_here(s, i, open)) {
            a = cue_in_front(s, i, open);
            if (a.rule)
                return a;
        }
    }
    if (i < open && is_kind(s, open - 1, KIND_COLON)) {
        struct phrase p = main_subject(s, i, open);
        if (can_speak(s, p))
            a = (struct attribution){.speaker = phrase_span(s, p), .rule = SPEAKER_BY_COLON};
    }
    return a;
}

/* The quotation begins a paragraph and the one before ends with a colon: she wrote: ¶ "…". */
static struct attribution attribution_above(const struct scene *s, uint32_t open)
{
    if (open < 4 || !is_kind(s, open - 1, KIND_EDGE) || !is_kind(s, open - 2, KIND_END) ||
        !is_kind(s, open - 3, KIND_COLON))
        return (struct attribution){0};
    return attribution_in_front(s, open - 2);
}

struct attribution attribution_beside(const struct scene *s, uint32_t pair)
{
    uint32_t open = s->opens[pair];
    if (!open)
        return (struct attribution){0};
    struct attribution a = attribution_behind(s, open);
    if (!a.rule)
        a = attribution_in_front(s, open);
    if (!a.rule)
        a = attribution_above(s, open);
    return a;
}

struct attribution attribution_across(const struct scene *s, uint32_t pair)
{
    struct attribution a = {0};
    uint32_t open = s->opens[pair];
    if (!open)
        return a;
    uint32_t i = word_of(s, open)->other + 1;
    if (i + 1 < s->words->n && is_kind(s, i, KIND_END) && strchr("?!-", s->text.p[s->pairs->v[pair].at.end - 1]) &&
        subject_then_cue(s, i + 1, &a))
        a.behind = true;
    return a;
}

struct attribution attribution_by_subject(const struct scene *s, uint32_t pair)
{
    uint32_t open = s->opens[pair];
    if (!open)
        return (struct attribution){0};
    uint32_t start = clause_start(s, open), clause = start;
    for (uint32_t i = start; i < open; i = step(s, i)) {
        if (is_word(s, i) && is_passive(s, i) && has(s, i, CUE_SAY | CUE_THAT))
            return (struct attribution){0};
        if (i > start && has(s, i, WORD_JOIN) && i + 3 < open && begins_subject(s, i + 1))
            clause = i + 1;
        if (step(s, i) == i)
            break;
    }
    struct phrase p = clause < open ? main_subject(s, clause, open) : no_phrase;
    if (!can_speak(s, p))
        return (struct attribution){0};
    return (struct attribution){.speaker = phrase_span(s, p), .rule = SPEAKER_BY_NEAREST};
}
