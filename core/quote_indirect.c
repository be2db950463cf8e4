/* Indirect speech: a verb of saying with its subject, and the clause that it reports.
 *
 *   Voss said (on Monday) that the lamp was out.      in front, with "that"
 *   Voss said the lamp was out.                       in front, the clause begins with a subject
 *   The lamp was out, Voss said / said Voss.          behind
 *   According to Voss, the lamp was out.              in front
 *
 * A sentence gives one row at most.  Only what reads as a report counts: "Voss called Reiss" and
 * "the report said to be lost" have a cue and no clause. */
#include "core/quote_phrase.h"

#define SENTENCE_WORDS_MAX 120
#define THAT_WITHIN        9 /* words between verb and "that": told the inquiry on Monday that */
#define VERB_WITHIN        5 /* a clause without "that" shows its verb soon */
#define CONTENT_WORDS_MIN  3

struct range {
    uint32_t first, end; /* words of the sentence, marks excluded */
};

/* "to support", "was", "has": a verb can be told without a dictionary. */
static bool looks_like_verb(const struct scene *s, uint32_t i)
{
    const struct word *w = word_of(s, i);
    if (w->kind != KIND_PLAIN)
        return false;
    struct str t = str_at(s->text, w->at);
    return (w->classes & (WORD_AUX | CUE_SAY | CUE_THAT)) || (t.n > 4 && str_ends(t, STR("ed")));
}

static struct str text_of(const struct scene *s, uint32_t i)
{
    return str_at(s->text, word_of(s, i)->at);
}

/* Verbs that take the hearer in front of the clause: told the inquiry that. */
static bool takes_hearer(const struct scene *s, uint32_t i)
{
    static const char *const verbs[] = {"told",    "tells",    "tell",   "telling",
                                        "assured", "reminded", "warned", "convinced"};
    return has(s, i, CUE_SAY) && str_among(text_of(s, i), verbs);
}

/* Verbs that stand behind a report with their subject behind them: "…, said Voss". */
static bool turns_around(const struct scene *s, uint32_t i)
{
    static const char *const verbs[] = {"said", "says",     "wrote", "writes", "added",
                                        "adds", "reported", "noted", "argued"};
    return has(s, i, CUE_SAY) && str_among(text_of(s, i), verbs);
}

/* "that" at `i` opens a report by the verb, and no relative clause: the sum that it spent. */
static bool opens_report(const struct scene *s, uint32_t verb, uint32_t i)
{
    if (!begins_subject(s, i + 1) && looks_like_verb(s, i + 1))
        return false;
    const struct word *next = word_of(s, verb + 1);
    return i == verb + 1 || takes_hearer(s, verb) || next->kind == KIND_COMMA ||
           (next->kind != KIND_NAME && (next->classes & (WORD_PREP | WORD_TIME | WORD_AUX)));
}

/* Verbs that pass on what somebody else said: "reposted Voss's words and thanked her". */
static bool passes_on(const struct scene *s, uint32_t i)
{
    static const char *const verbs[] = {"reposted", "reposts", "retweeted", "retweets"};
    return str_among(text_of(s, i), verbs);
}

/* Where the reported clause begins behind the verb at `verb`; 0: none is reported. */
static uint32_t clause_behind(const struct scene *s, uint32_t verb, struct range r)
{
    for (uint32_t i = verb + 1, n = 0; i < r.end && n < THAT_WITHIN; i++, n++) {
        if (is_text(s, i, STR("that")) && i + CONTENT_WORDS_MIN < r.end)
            return opens_report(s, verb, i) ? i + 1 : 0;
        if (is_kind(s, i, KIND_OPEN))
            break;
    }
    uint32_t i = verb + 1;
    if (i >= r.end || !begins_subject(s, i) || !has(s, verb, CUE_SAY) || has(s, verb, CUE_WEAK))
        return 0;
    struct phrase p = phrase_at(s, i);
    for (uint32_t j = phrase_is_empty(p) ? i + 1 : p.last + 1, n = 0; j < r.end && n < VERB_WITHIN;
         j++, n++) {
        if (is_kind(s, j, KIND_OPEN) || is_kind(s, j, KIND_COMMA) || is_kind(s, j, KIND_COLON))
            return 0;
        if (looks_like_verb(s, j))
            return i;
    }
    return 0;
}

static bool add_indirect(const struct scene *s, struct attribution *a, uint32_t first, uint32_t end,
                         struct span *content)
{
    while (end > first &&
           (word_of(s, end - 1)->kind == KIND_COMMA || word_of(s, end - 1)->kind == KIND_END))
        end--;
    if (end < first + CONTENT_WORDS_MIN || !a->rule)
        return false;
    *content = span_of(word_of(s, first)->at.begin, word_of(s, end - 1)->at.end);
    return true;
}

/* Behind cue and subject little may follow, and no object: "Voss said on Monday". */
static bool ends_report(const struct scene *s, const struct attribution *a, struct range r)
{
    struct phrase p = {a->first, a->last};
    uint32_t cue = a->cue_word;
    if (!names_speaker(s, p) || has(s, cue, CUE_WEAK))
        return false;
    if (a->last > cue) { /* "said Voss", but not "said she knew", "said her office would" */
        uint32_t i = a->last + 1;
        bool goes_on = i < r.end && (looks_like_verb(s, i) || has(s, a->last, WORD_PRONOUN));
        return i + 5 >= r.end &&
               (turns_around(s, cue) ? !goes_on : is_text(s, cue, STR("according")));
    }
    if (cue + 7 < r.end || has(s, cue, CUE_BASE) || is_text(s, cue - 1, STR("didn")))
        return false;
    return cue + 1 >= r.end || takes_hearer(s, cue) ||
           has(s, cue + 1, WORD_PREP | WORD_TIME | WORD_AUX);
}

/* "…, Voss said." and "…, according to Voss.": the cue ends the sentence. */
static bool report_behind(const struct scene *s, struct range r, struct attribution *a,
                          struct span *content)
{
    uint32_t low = r.end > r.first + 24 ? r.end - 24 : r.first;
    for (uint32_t i = r.end - 1; i > low; i--) {
        bool comma = is_kind(s, i, KIND_COMMA);
        if ((comma || is_text(s, i + 1, STR("according"))) && attribution_at(s, i + 1, a) &&
            ends_report(s, a, r))
            return add_indirect(s, a, r.first, i + !comma, content);
        struct attribution other;
        if (turns_around(s, i) && !is_adverb(s, i - 1) && !attribution_before(s, i, &other) &&
            attribution_inverted(s, i, a) && ends_report(s, a, r))
            return add_indirect(s, a, r.first, i, content);
    }
    return false;
}

static bool report_in_front(const struct scene *s, struct range r, struct attribution *a,
                            struct span *content)
{
    for (uint32_t i = r.first + 1; i < r.end; i++) {
        if (is_kind(s, i, KIND_OPEN))
            return false;
        if (!is_finite_cue(s, i, CUE_SAY | CUE_THAT) ||
            (has(s, i, CUE_BASE) && has(s, i, CUE_NOUN)))
            continue;
        if (passes_on(s, i) && attribution_before(s, i, a)) {
            *content = span_of(0, 0);
            return true;
        }
        uint32_t clause = clause_behind(s, i, r);
        if (!clause || !attribution_before(s, i, a))
            continue;
        return add_indirect(s, a, clause, r.end, content);
    }
    return false;
}

/* The sentence that begins at `first`: its words up to the end, a quotation counting as one. */
static struct range sentence_range(const struct scene *s, uint32_t first, bool *quoted)
{
    struct range r = {first, first};
    *quoted = false;
    for (uint32_t n = 0; n < SENTENCE_WORDS_MAX && r.end < s->words->n; n++) {
        uint8_t kind = word_of(s, r.end)->kind;
        if (kind == KIND_END || kind == KIND_EDGE || kind == KIND_CLOSE)
            break;
        *quoted |= kind == KIND_OPEN;
        uint32_t next = step(s, r.end);
        if (next == r.end)
            break;
        r.end = next;
    }
    return r;
}

bool quote_indirect(const struct scene *s, uint32_t first, struct attribution *a,
                    struct span *content)
{
    bool quoted;
    struct range r = sentence_range(s, first, &quoted);
    if (quoted || r.end < r.first + CONTENT_WORDS_MIN + 2)
        return false;
    *a = (struct attribution){0};
    if (attribution_at(s, r.first, a) && is_kind(s, a->last + 1, KIND_COMMA) &&
        a->cue_word == r.first)
        return add_indirect(s, a, a->last + 2, r.end, content);
    return report_behind(s, r, a, content) || report_in_front(s, r, a, content);
}
