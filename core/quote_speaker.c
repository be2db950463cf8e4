/* Who says it: the verb of saying beside a quotation, and its subject.
 *
 * Behind the quotation: "…," Voss said / said Voss, the keeper / according to Voss.  In front:
 * Voss said: "…" / Concluded Voss: "…" / Noting that "…", Voss wrote / Voss, who called it "…".
 * A parser would settle more of the rare cases, at fifty times the cost. */
#include "core/quote_phrase.h"

#define APPOSITION_WORDS_MAX 40
#define CLAUSE_WORDS_MAX     80
#define CUES_TRIED_MAX       6
#define BEAT_WORDS_MAX       16

/* The verb at `i` with what belongs to it: "went on to claim", "shot back". */
static struct span cue_span(const struct scene *s, uint32_t i)
{
    struct span at = word_of(s, i)->at;
    if (i + 3 < s->words->n && is_text(s, i + 1, STR("on")) && is_text(s, i + 2, STR("to")) &&
        has(s, i + 3, CUE_SAY))
        at.end = word_of(s, i + 3)->at.end;
    else if (i + 1 < s->words->n && is_text(s, i + 1, STR("back")))
        at.end = word_of(s, i + 1)->at.end;
    return at;
}

static struct attribution found_at(const struct scene *s, struct phrase p, uint32_t cue,
                                   uint8_t rule)
{
    return (struct attribution){.speaker = phrase_span(s, p),
                                .first = p.first,
                                .last = p.last,
                                .cue = cue_span(s, cue),
                                .cue_word = cue,
                                .rule = rule};
}

static struct attribution without_cue(const struct scene *s, struct phrase p, uint8_t rule)
{
    return (struct attribution){
        .speaker = phrase_span(s, p), .first = p.first, .last = p.last, .rule = rule};
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
    if (!is_finite_cue(s, i, CUE_SAY) &&
        !(is_kind(s, i, KIND_CAPITAL) && has(s, i, CUE_SAY) && !has(s, i, CUE_ING)))
        return false;
    if (has(s, i, CUE_BASE) && !has(s, i, CUE_ING) && !is_text(s, i, STR("say")) &&
        !is_text(s, i, STR("read")))
        return false;
    struct phrase p = phrase_at(s, i + 1);
    if (!can_speak(s, p) || is_text(s, i, STR("told")) || is_text(s, i, STR("tells")))
        return false; /* who is told does not speak */
    *out = found_at(s, p, i, SPEAKER_BY_CUE);
    return true;
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
        bool after_subject =
            j > i && !has(s, j - 1, WORD_PREP | WORD_REL | WORD_DET) &&
            (!comma || relative || is_kind(s, j - 1, KIND_COMMA) || is_adverb(s, j - 1) ||
             (is_kind(s, j - 1, KIND_NAME) && is_kind(s, j - 2, KIND_COMMA)));
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

/* "…" -- Ida Voss, keeper: a dash and a name that nothing follows but its apposition; behind the
 * handle of a post stands its date. */
static bool byline_at(const struct scene *s, uint32_t i, struct attribution *out)
{
    struct phrase p = phrase_at(s, i);
    if (phrase_is_empty(p) || !is_name(s, p.first) || p.last + 1 >= s->words->n)
        return false;
    uint32_t behind = p.last + 1;
    bool handle = is_kind(s, behind, KIND_BRACKET) && word_of(s, behind)->at.end < s->text.n &&
                  s->text.p[word_of(s, behind)->at.end] == '@';
    if (is_kind(s, behind, KIND_BRACKET))
        behind = over_bracket(s, behind);
    if (!handle && !is_bound(s, behind) && !is_kind(s, behind, KIND_COMMA))
        return false;
    *out = without_cue(s, p, SPEAKER_BY_BYLINE);
    out->behind = true;
    return true;
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

bool attribution_at(const struct scene *s, uint32_t i, struct attribution *out)
{
    return according_at(s, i, out) || inverted_at(s, i, out) || subject_then_cue(s, i, out);
}

bool attribution_inverted(const struct scene *s, uint32_t verb, struct attribution *out)
{
    return inverted_at(s, verb, out);
}

bool attribution_before(const struct scene *s, uint32_t verb, struct attribution *out)
{
    struct phrase p = is_passive(s, verb) ? no_phrase : subject_before(s, verb);
    if (!can_speak(s, p))
        return false;
    *out = found_at(s, p, verb, SPEAKER_BY_CUE);
    return true;
}

static struct attribution attribution_behind(const struct scene *s, uint32_t open)
{
    struct attribution a = {0};
    uint32_t i = word_of(s, open)->other + 1;
    if (i >= s->words->n)
        return a;
    uint32_t dash = is_kind(s, i, KIND_END) && !is_kind(s, i + 1, KIND_EDGE) ? i + 1 : i;
    if (is_kind(s, dash, KIND_PAUSE) && is_kind(s, dash + 1, KIND_PAUSE)) /* "--" */
        dash++;
    if (dash + 1 < s->words->n && is_kind(s, dash, KIND_PAUSE) && byline_at(s, dash + 1, &a))
        return a;
    if (is_kind(s, i, KIND_COMMA) || is_kind(s, i, KIND_PAUSE))
        i++;
    if (is_bound(s, i) || is_kind(s, i, KIND_OPEN) || is_kind(s, i, KIND_CLOSE))
        return a;
    a.behind = attribution_at(s, i, &a);
    return a;
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
        bool comma =
            is_kind(s, i, KIND_COMMA) ||
            (i == open && s->text.p[s->pairs->v[word_of(s, open)->link].at.end - 1] == ',');
        if (j > word_of(s, open)->other && comma) {
            struct phrase q = main_subject(s, j, j + 3);
            if (!phrase_is_empty(q))
                return q;
        }
        i = j;
    }
    return p;
}

/* "with Voss shouting" */
static bool with_subject(const struct scene *s, uint32_t i)
{
    struct phrase q = subject_before(s, i);
    return can_speak(s, q) && q.first > 0 && is_text(s, q.first - 1, STR("with"));
}

/* The finite verb at `i` has a subject, and no "after" or "who" in front of that. */
static bool is_main_clause(const struct scene *s, uint32_t i)
{
    struct phrase p = subject_before(s, i);
    return can_speak(s, p) && !has(s, i - 1, WORD_REL) &&
           !has(s, p.first - 1, WORD_JOIN | WORD_PREP | WORD_REL);
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
    if (ing && with_subject(s, i))
        p = subject_before(s, i);
    if (!can_speak(s, p) && !ing && inverted_at(s, i, &a) && !is_kind(s, a.last + 1, KIND_PLAIN))
        return a; /* "But, said Voss, …" */
    a = (struct attribution){0};
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

/* Verbs that are cues beside the marks alone: "scheduled to begin". */
static bool is_weak_here(const struct scene *s, uint32_t i, uint32_t open)
{
    if (!has(s, i, CUE_WEAK) || i + 1 == open)
        return false;
    return !(is_kind(s, open - 1, KIND_COMMA) || is_kind(s, open - 1, KIND_COLON)) ||
           open - i > 8 || has(s, i, CUE_BASE);
}

/* HARBOUR REOPENS - Ida Voss: "…", or - More from Voss and Brandt: "…": a label in front of the
 * colon. */
static bool label_before(const struct scene *s, uint32_t colon, struct attribution *out)
{
    uint32_t last = colon - 1, first = last;
    if (!is_kind(s, colon, KIND_COLON) || last == 0 || !is_name(s, last))
        return false;
    while (first > 2 && is_text(s, first - 1, STR("and")) && is_name(s, first - 2))
        first -= 2;
    uint32_t i = first - 1;
    if (i > 0 && is_text(s, i, STR("from")))
        i -= 1 + (is_text(s, i - 1, STR("More")) || is_text(s, i - 1, STR("more")));
    if (!is_kind(s, i, KIND_PAUSE))
        return false;
    *out = without_cue(s, (struct phrase){first, last}, SPEAKER_BY_COLON);
    return true;
}

/* Looks from `open` back to the begin of its sentence. */
static struct attribution attribution_in_front(const struct scene *s, uint32_t open)
{
    struct attribution a = {0};
    uint32_t i = open, saying = 0; /* "Voss said, adding": the nearer verb has no subject */
    int tried = 0;
    if (open > 1 && label_before(s, open - 1, &a))
        return a;
    for (int n = 0; n < CLAUSE_WORDS_MAX && tried < CUES_TRIED_MAX; n++) {
        uint32_t j = step_back(s, i);
        if (j == i || is_bound(s, j) || (is_kind(s, j, KIND_OPEN) && word_of(s, j)->other > open))
            break;
        i = j;
        if (according_at(s, i, &a))
            return a;
        if (is_word(s, i) && has(s, i, CUE_SAY | CUE_THAT) && !is_noun_here(s, i) &&
            !is_passive(s, i) && !is_weak_here(s, i, open)) {
            tried++;
            if (has(s, i, CUE_ING) && !saying && !with_subject(s, i)) {
                saying = i;
                continue;
            }
            if (saying && (!is_finite_cue(s, i, CUE_SAY) || !is_main_clause(s, i)))
                continue;
            a = cue_in_front(s, i, open);
            if (a.rule && saying)
                a.cue = cue_span(s, saying), a.cue_word = saying;
            if (a.rule)
                return a;
        }
    }
    if (saying)
        return cue_in_front(s, saying, open);
    if (i < open && is_kind(s, open - 1, KIND_COLON)) {
        struct phrase p = main_subject(s, i, open);
        if (can_speak(s, p))
            a = without_cue(s, p, SPEAKER_BY_COLON);
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

static bool is_shouted(struct str t)
{
    bool letter = false;
    for (size_t i = 0; i < t.n; i++) {
        if (t.p[i] >= 'a' && t.p[i] <= 'z')
            return false;
        letter |= t.p[i] >= 'A' && t.p[i] <= 'Z';
    }
    return letter && t.n > 1;
}

struct attribution attribution_inside(const struct scene *s, uint32_t pair)
{
    struct attribution none = {0};
    uint32_t open = s->opens[pair], i = open + 1;
    if (!open)
        return none;
    while (i < open + 4 && is_name(s, i) && is_shouted(str_at(s->text, word_of(s, i)->at)))
        i++;
    if (i == open + 1 || !is_kind(s, i, KIND_COLON) ||
        word_of(s, i + 1)->at.begin >= s->pairs->v[pair].at.end)
        return none;
    return without_cue(s, (struct phrase){open + 1, i - 1}, SPEAKER_BY_COLON);
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
    if (i + 1 < s->words->n && is_kind(s, i, KIND_END) &&
        strchr("?!-", s->text.p[s->pairs->v[pair].at.end - 1]) && subject_then_cue(s, i + 1, &a))
        a.behind = true;
    return a;
}

struct attribution attribution_by_beat(const struct scene *s, uint32_t pair)
{
    struct attribution none = {0};
    uint32_t open = s->opens[pair];
    if (open < 3 || !is_kind(s, open - 1, KIND_END))
        return none;
    uint32_t start = clause_start(s, open - 1);
    if (open - start > BEAT_WORDS_MAX ||
        !(is_kind(s, start - 1, KIND_EDGE) || is_kind(s, start - 1, KIND_END)))
        return none;
    for (uint32_t i = start; i < open; i++)
        if (is_kind(s, i, KIND_CLOSE))
            return none;
    struct phrase p = main_subject(s, start, open - 1);
    return names_speaker(s, p) ? without_cue(s, p, SPEAKER_BY_NEAREST) : none;
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
        if (i > start && (is_text(s, i, STR("and")) || is_text(s, i, STR("but"))) && i + 3 < open &&
            begins_subject(s, i + 1))
            clause = i + 1;
        if (step(s, i) == i)
            break;
    }
    struct phrase p = clause < open ? main_subject(s, clause, open) : no_phrase;
    if (!names_speaker(s, p))
        return (struct attribution){0};
    return without_cue(s, p, SPEAKER_BY_NEAREST);
}
