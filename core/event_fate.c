/* What a date dates is told by the nearest word in front of it that speaks of a happening, or
 * behind it where the clause begins with the date; whom it happened to, by the name right in front
 * of that word ("Reiss, 61, was shot", "Reiss's death") or behind it ("the murder of Reiss",
 * "killing Reiss").
 *
 * A wrong name is worse than none: it makes two deaths one.  So between the name and the word only
 * what may stand between a subject and its verb is let pass, and all else ("the singer's death",
 * "said the keeper died") names nobody. */
#include "core/event_fate.h"

#include "core/event_parts.h"

#define WORDS_IN_FRONT      7  /* from the happening to its date: "died of burns at home on" */
#define WORDS_BEHIND        12 /* "On 12 June, after a walk along the shore, Reiss was killed" */
#define WORDS_TO_NAME       6
#define WORDS_OF_APPOSITION 12
#define WORDS_TO_CHARGE     4  /* "charged with the brutal double murder" */
#define WORDS_TO_OBJECT     3  /* "killing 16-year-old Thomas Reiss" */

#define FATES                                                                                      \
    (1u << EVENT_DIE | 1u << EVENT_ARREST | 1u << EVENT_CHARGE | 1u << EVENT_VERDICT |             \
     1u << EVENT_SENTENCE)
/* What a death may come of, and be told beside: "died in the fire of June 1998". */
#define CAUSES (1u << EVENT_FIRE | 1u << EVENT_DISASTER | 1u << EVENT_ATTACK | 1u << EVENT_HEALTH)
/* Where a verdict is found. */
#define COURT (1u << EVENT_TRIAL | 1u << EVENT_VOTE)

static bool in_name(const struct dated_words *s, uint32_t i)
{
    return s->words.v[i].hash & WORD_IN_NAME;
}

/* The person named at word i; 0: nobody is. */
static uint32_t person_at(const struct dated_words *s, uint32_t i)
{
    struct span at = s->words.v[i].at;
    uint32_t k;
    BISECT(k, 0, s->names.n, s->names.v[k].at.end <= at.begin);
    bool there = in_name(s, i) && k < s->names.n && span_touches(s->names.v[k].at, at);
    return there && s->names.v[k].kind == MENTION_PERSON ? s->names.v[k].entity.v : 0;
}

/* ---- what is dated ---- */

static bool is_genitive(const struct dated_words *s, uint32_t word)
{
    if (word == 0)
        return false;
    struct span in_front = {s->words.v[0].at.begin, s->words.v[word].at.begin};
    struct str before = str_trim(str_at(s->text, in_front));
    return str_ends(before, STR("'s")) || str_ends(before, STR("\xe2\x80\x99s")) ||
           str_ends(before, STR("s'"));
}

/* "Charged with the murder", "trial for manslaughter": not the death itself is dated.  It is in
 * "accused of killing Reiss in June", and in "for Reiss's murder in June". */
static bool is_matter_of_justice(const struct dated_words *s, uint32_t word)
{
    if (is_genitive(s, word) || str_ends(s->words.v[word].term, STR("ing")))
        return false;
    for (uint32_t i = word; i > 1 && word - i < WORDS_TO_CHARGE; i--)
        if (term_is_among(s->words.v[i - 1].term, "of|for|with|in"))
            return s->kinds[i - 2] & EVENT_JUSTICE;
    return false;
}

/* What a word tells of what is looked for.  "Died in the fire": a cause is no end of looking;
 * "found guilty by 11 votes", "at his second trial": but no death is looked for behind these. */
static uint32_t told_by(const struct dated_words *s, uint32_t word, uint32_t *wanted)
{
    uint32_t kinds = s->kinds[word];
    if (!(kinds & FATES) && kinds & (CAUSES | COURT)) {
        *wanted &= kinds & COURT ? 1u << EVENT_VERDICT | 1u << EVENT_SENTENCE : FATES;
        return 0;
    }
    return kinds;
}

/* The word that tells what the date dates, or words.n. */
static uint32_t happening(const struct dated_words *s)
{
    uint32_t i = s->first, end = s->behind + WORDS_BEHIND, kinds = 0, wanted = FATES;
    const struct word *v = s->words.v;
    struct span near = s->clause.near;
    if (s->behind < s->words.n && s->kinds[s->behind] & FATES) /* "his June 1998 death" */
        return s->behind;
    for (uint32_t n = 0; !kinds && i > 0 && n < WORDS_IN_FRONT && v[i - 1].at.begin >= near.begin;
         n++)
        kinds = told_by(s, --i, &wanted);
    if (kinds)
        return kinds & wanted ? i : s->words.n;
    if (i > 0 && v[i - 1].at.begin >= near.begin)
        return s->words.n; /* the clause does not begin with the date */
    for (i = s->behind; !kinds && i < end && i < s->words.n && v[i].at.begin < near.end; i++)
        kinds = told_by(s, i, &wanted);
    return kinds & wanted ? i - 1 : s->words.n;
}

/* ---- whom it happened to ---- */

/* Does the word do it to what stands behind it, unless it is done to what stands in front? */
static bool is_done_to_another(const struct dated_words *s, uint32_t word)
{
    struct str t = s->words.v[word].term;
    bool may = str_starts(t, STR("kill")) || str_starts(t, STR("murder")) ||
               str_starts(t, STR("sho")) || str_starts(t, STR("stabb")) ||
               str_starts(t, STR("arrest")) || str_starts(t, STR("convict")) ||
               str_starts(t, STR("charg")) || str_starts(t, STR("sentenc"));
    bool passive =
        word > 0 && term_is_among(s->words.v[word - 1].term,
                                  "was|were|been|being|is|are|be|and|fatally|later|also|who|had");
    return may && !passive;
}

/* The one named behind it.  *told: somebody is told of there, named or not. */
static uint32_t object_of(const struct dated_words *s, uint32_t word, bool *told)
{
    uint32_t i = word + 1;
    bool of = i < s->words.n && term_is_among(s->words.v[i].term, "of");
    *told = of;
    if (!of && !is_done_to_another(s, word))
        return 0;
    for (i += of; i < s->words.n && i <= word + of + WORDS_TO_OBJECT + 1; i++) {
        if (in_name(s, i))
            return *told = true, person_at(s, i);
        if (term_is_among(s->words.v[i].term,
                          "in|on|by|at|to|and|from|with|for|during|after|before|that|who|as"))
            break;
        *told = true;
    }
    return 0;
}

/* Is there a comma right behind the word? */
static bool ends_in_comma(const struct dated_words *s, uint32_t i)
{
    uint32_t at = s->words.v[i].at.end;
    at += at < s->text.n && s->text.p[at] == ' ';
    return at < s->text.n && s->text.p[at] == ',';
}

/* The name that an apposition belongs to whose last word is `i`: "Reiss, the son of a keeper,
 * died". */
static uint32_t apposed(const struct dated_words *s, uint32_t i)
{
    if (!ends_in_comma(s, i))
        return 0;
    for (uint32_t n = 0; i > 0 && n < WORDS_OF_APPOSITION; n++)
        if (in_name(s, --i) && ends_in_comma(s, i))
            return person_at(s, i);
    return 0;
}

/* The one named at word i, unless somebody else is told by the name: "the keeper, friend of Reiss,
 * died".  Of "friend of Reiss, who died" it is Reiss. */
static uint32_t named_at(const struct dated_words *s, uint32_t i, bool *aside)
{
    uint32_t who = person_at(s, i), begin = i;
    while (begin > 0 && in_name(s, begin - 1) && person_at(s, begin - 1) == who)
        begin--;
    if (begin == 0 || *aside)
        return who;
    struct str before = s->words.v[begin - 1].term;
    if (term_is_among(before, "of|for|by|with|from|to"))
        return apposed(s, i);
    *aside |= term_is_among(before, "when|after|before|since|until|while|as|that|because|once|if");
    return who;
}

/* The one named in front of it, where no more than a verb's own words part them, or an
 * apposition. */
static uint32_t subject_of(const struct dated_words *s, uint32_t word, bool *aside)
{
    static const char *const verbs =
        "who|was|were|is|been|being|had|has|have|s|aged|later|also|then|reportedly|allegedly|fatally|"
        "found|himself|herself|suddenly|first|formally|untimely|tragic|sudden";
    uint32_t i = word == s->behind ? s->first : word;
    for (uint32_t n = 0; i > 0 && n < WORDS_TO_NAME; n++) {
        struct str t = s->words.v[--i].term;
        if (in_name(s, i))
            return named_at(s, i, aside);
        *aside |= str_eq(t, STR("who"));
        bool number = t.n && t.p[0] >= '0' && t.p[0] <= '9';
        if (!number && !term_is_among(t, verbs))
            return apposed(s, i);
    }
    return 0;
}

struct fate fate_of(const struct dated_words *s)
{
    uint32_t word = happening(s);
    if (word == s->words.n)
        return (struct fate){0};
    struct fate f = {.kind = s->kinds[word] & FATES};
    f.kind &= -f.kind; /* a word of two kinds tells the first: "shot" before "charged" */
    if (f.kind == 1u << EVENT_DIE && is_matter_of_justice(s, word))
        return (struct fate){0};
    bool told;
    f.who = object_of(s, word, &told);
    if (!told)
        f.who = subject_of(s, word, &f.aside);
    return f;
}
