/* Two people in one headline.
 *
 * Where every word has a capital, "Ida Voss Introduces Karl Brandt" looks like one long name, and
 * the tagger takes it for one more often than not.  In such a line a person's name is cut at a
 * word that the lists of names do not hold, that news knows in small letters (clusters.h), and
 * that this text nowhere writes with a capital inside a sentence.  All three are needed: "West"
 * and "Cook" are words too.
 *
 * Whole headlines come as one name too: "IDA VOSS SUES LUND HARBOUR BOARD OVER CRASH", a place.  A
 * name of four words and more that holds a verb, or a word that stands between the parts of a
 * sentence, is such a lump.  Its pieces between common words are what the sentences of the text
 * have them for, or else the lists; what neither knows is no name.
 *
 * And the line below: "Ida Voss LUND (Wire) -" and "LUND (Wire) --" name a town, whatever the
 * tagger made of it. */
#include "core/clusters.h"
#include "core/gazetteer.h"
#include "core/names.h"

static bool is_common_word(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    if ((t->shape != SHAPE_CAPITAL && t->shape != SHAPE_UPPER) || t->single || t->begins ||
        t->inside)
        return false;
    unsigned here = t->line == LINE_PLAIN; /* what is asked about was counted itself */
    return w->words.v[w->word_of.v[i]].middle <= here && clusters_find(t->fold).fine;
}

/* Cuts the name [from, to) at its common words, if two others stand in it. */
static void cut_name(struct tag_window *w, size_t from, size_t to)
{
    size_t begin = from, others = 0;
    for (size_t i = from; i < to; i++)
        others += tag_is_capital(&w->tokens.v[i]) && !is_common_word(w, i);
    if (others < 2)
        return;
    for (size_t i = from; i < to; i++) {
        if (!is_common_word(w, i))
            continue;
        names_set(w, begin, i, TAG_PERSON, MENTION_BY_TAGGER);
        names_set(w, i, i + 1, TAG_OUT, MENTION_BY_TAGGER);
        begin = i + 1;
    }
    if (begin > from)
        names_set(w, begin, to, TAG_PERSON, MENTION_BY_TAGGER);
}

/* ---- lumps ---- */

enum { LUMP_WORDS = 4 };

static uint32_t fold_of(const char *word)
{
    struct tag_token t = {0};
    size_t at = 0;
    tag_tokenise(str_of(word), &at, &t, 1);
    return t.fold;
}

/* Written small, does news use the word like one of these verbs? */
static bool is_headline_verb(const struct tag_window *w, size_t i)
{
    static const char *const verbs[] = {"helps", "slams", "wins", "calls",
                                        "hits",  "dies",  "says", "arrests"};
    const struct tag_token *t = &w->tokens.v[i];
    unsigned class = clusters_find(t->fold).fine;
    if (!class || (w->text.p[t->end - 1] | 32) != 's' || !is_common_word(w, i))
        return false;
    for (size_t k = 0; k < COUNT_OF(verbs); k++)
        if (clusters_find(fold_of(verbs[k])).fine == class)
            return true;
    return false;
}

/* A word between the parts of a sentence and hardly ever inside a name, but for titles of works. */
static bool is_between(const struct tag_window *w, size_t i)
{
    static const char *const words[] = {"after", "over", "with", "as", "amid", "before"};
    for (size_t k = 0; k < COUNT_OF(words); k++)
        if (w->tokens.v[i].fold == fold_of(words[k]))
            return true;
    return false;
}

static bool is_lump(const struct tag_window *w, size_t from, size_t to)
{
    size_t words = 0, cuts = 0;
    for (size_t i = from; i < to; i++)
        words += tag_is_capital(&w->tokens.v[i]);
    for (size_t i = from + 1; i + 1 < to && words >= LUMP_WORDS; i++)
        cuts += is_headline_verb(w, i) ||
                (is_between(w, i) && label_kind(w->labels.v[from]) != TAG_OTHER);
    return cuts;
}

/* What the sentences of the text have the word for, mostly; TAG_OUT: it is not in them. */
static unsigned voted_kind(const struct tag_window *w, size_t i)
{
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    unsigned best = TAG_OUT;
    for (unsigned k = 1; word->middle && k < TAG_KINDS; k++)
        if (word->votes[k] > word->votes[best])
            best = k;
    return best;
}

static bool is_known_small(const struct tag_window *w, size_t i)
{
    return w->words.v[w->word_of.v[i]].middle == 0 && clusters_find(w->tokens.v[i].fold).fine;
}

/* A given name and a surname, or one known to be a person's. */
static bool is_listed_person(const struct tag_window *w, size_t from, size_t to)
{
    const struct tag_token *t = w->tokens.v;
    bool surname = to - from > 1 && t[to - 1].single >> GAZETTEER_SURNAME & 1;
    return t[from].begins >> GAZETTEER_PERSON & 1 ||
           (surname && t[from].single >> GAZETTEER_GIVEN & 1);
}

static unsigned piece_kind(const struct tag_window *w, size_t from, size_t to)
{
    const struct tag_token *t = &w->tokens.v[from];
    unsigned kinds = to - from == 1 ? t->single : t->begins, voted = voted_kind(w, from);
    if (voted || (to - from == 1 && is_known_small(w, from)))
        return voted;
    if (is_listed_person(w, from, to))
        return TAG_PERSON;
    if (kinds >> GAZETTEER_ORGANISATION & 1)
        return TAG_ORGANISATION;
    if (kinds & GAZETTEER_PLACES)
        return TAG_PLACE;
    return kinds >> GAZETTEER_PEOPLE & 1 ? TAG_PEOPLE : TAG_OUT;
}

static void part_lump(struct tag_window *w, size_t from, size_t to)
{
    names_set(w, from, to, TAG_OUT, MENTION_BY_TAGGER);
    for (size_t i = from, e; i < to; i = e + 1) {
        for (e = i; e < to && tag_is_capital(&w->tokens.v[e]) && !is_common_word(w, e) &&
                    !is_between(w, e);
             e++)
            ;
        if (e > i)
            names_set(w, i, e, piece_kind(w, i, e), MENTION_BY_PATTERN);
    }
}

/* ---- bylines ---- */

/* "Ida Voss LUND (Wire) -": a name that goes over into the town of the dateline is cut there. */
static void cut_dateline(struct tag_window *w, size_t from, size_t to)
{
    const unsigned places = 1u << GAZETTEER_CITY | 1u << GAZETTEER_REGION | 1u << GAZETTEER_COUNTRY;
    const struct tag_token *t = w->tokens.v;
    size_t town = to;
    while (town > from && t[town - 1].shape == SHAPE_UPPER)
        town--;
    bool listed = town < to && (to - town == 1 ? t[town].single : t[town].begins) & places;
    bool ends = to < w->tokens.n &&
                (t[to].shape == SHAPE_NUMBER || (t[to].shape == SHAPE_MARK && t[to].mark != '.'));
    if (!listed || !ends || town < from + 2 || t[town - 1].shape != SHAPE_CAPITAL)
        return;
    names_set(w, from, town, TAG_PERSON, MENTION_BY_TAGGER);
    names_set(w, town, to, TAG_PLACE, MENTION_BY_DATELINE);
}

enum { DATELINE_TOKENS = 12 };

/* "LUND (Wire) --", "LUND, April 1 (Wire) --" at the beginning of a line: how many tokens name the
 * town; 0: none do. */
static size_t dateline_town(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    size_t left = w->tokens.n - i, n = 0, k;
    while (n < left && n < DATELINE_TOKENS && t[n].shape == SHAPE_UPPER &&
           !(n && t[n].flags & TOKEN_LINE))
        n++;
    for (k = n; k < left && k < DATELINE_TOKENS && t[k].mark != '(' && !(t[k].flags & TOKEN_LINE);
         k++)
        ;
    bool agency = n && k < left && t[k].mark == '(' && (k == n || t[n].mark == ',');
    while (k < left && k < DATELINE_TOKENS && t[k].mark != ')' && !(t[k].flags & TOKEN_LINE))
        k++;
    bool dash = k + 1 < left && t[k].mark == ')' && t[k + 1].shape == SHAPE_MARK &&
                (t[k + 1].mark == '-' || !t[k + 1].mark);
    return agency && dash ? n : 0;
}

/* The town of the dateline that begins at i, where the tagger has [i, end) for something else;
 * where it ends, or 0. */
static size_t set_dateline(struct tag_window *w, size_t i, size_t end)
{
    size_t town = w->tokens.v[i].flags & TOKEN_LINE ? dateline_town(w, i) : 0, behind = i + town;
    if (behind < end || !town || label_kind(w->labels.v[i]) == TAG_PLACE ||
        (behind < w->tokens.n && goes_on(w->labels.v[behind])))
        return 0;
    names_set(w, i, behind, TAG_PLACE, MENTION_BY_DATELINE);
    return behind;
}

static void mend_name(struct tag_window *w, size_t i, size_t end)
{
    bool person = label_kind(w->labels.v[i]) == TAG_PERSON;
    uint8_t line = w->tokens.v[i].line;
    if (person && line != LINE_UPPER)
        cut_dateline(w, i, end);
    bool caption = line == LINE_PLAIN && w->tokens.v[i].flags & TOKEN_LINE && end - i > LUMP_WORDS;
    if (line != LINE_TITLE && line != LINE_UPPER && !caption)
        return;
    if (person && line == LINE_TITLE && end - i > 2)
        cut_name(w, i, end);
    else if ((!person || caption) && is_lump(w, i, end))
        part_lump(w, i, end);
}

void names_of_headlines(struct tag_window *w)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = names_end(w, i);
        if (!w->labels.v[i] && !(w->tokens.v[i].flags & TOKEN_LINE))
            continue;
        size_t town = set_dateline(w, i, e);
        if (town)
            e = town;
        else if (w->labels.v[i])
            mend_name(w, i, e);
    }
}
