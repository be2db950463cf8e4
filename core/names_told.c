/* What a text tells of a name once holds for it elsewhere: 'the newspaper "Lanterna"', "Ida
 * Quendor".
 *
 * A name that no list holds looks like anything when it stands alone, and news says what it is once
 * and then no more.  Two things tell.  A noun for a body of people right before a name makes it an
 * organisation, one for a vessel a thing, whatever the tagger took it for, and so the same word
 * alone elsewhere in the text. "Party" is no such noun ("at the party Karl ..."), nor is "team",
 * which stands before players and towns.  And a word that ends a person's full name is that person
 * where it stands alone, however often the tagger saw it in "the Quendor cabinet", and another
 * person behind another given name. */
#include "core/clusters.h"
#include "core/gazetteer.h"
#include "core/names.h"

static struct str text_of(const struct tag_window *w, size_t i)
{
    return str_at(w->text, span_of(w->tokens.v[i].begin, w->tokens.v[i].end));
}

/* What a noun right before a name says that it is; TAG_OUT: nothing. */
static unsigned told_by_noun(const struct tag_window *w, size_t i)
{
    static const char *const bodies[] = {
        "organisation", "organization", "company",   "firm",         "agency",       "newspaper",
        "daily",        "weekly",       "magazine",  "tabloid",      "broadcaster",  "club",
        "bank",         "group",        "charity",   "startup",      "publisher",    "retailer",
        "airline",      "carmaker",     "automaker", "brewer",       "giant",        "militia",
        "nonprofit",    "website",      "portal",    "conglomerate", "manufacturer", "maker",
        "rivals",       "side",         "champions",
    };
    static const char *const vessels[] = {
        "ship",      "ferry",      "vessel",    "boat",      "yacht",    "frigate",  "destroyer",
        "submarine", "trawler",    "tanker",    "freighter", "schooner", "lifeboat", "steamer",
        "tug",       "spacecraft", "satellite", "rocket",    "missile",  "aboard",
    };
    const struct tag_token *t = &w->tokens.v[i];
    if (t->shape != SHAPE_LOWER)
        return TAG_OUT;
    return str_among(text_of(w, i), bodies)    ? TAG_ORGANISATION
           : str_among(text_of(w, i), vessels) ? TAG_OTHER
                                               : TAG_OUT;
}

/* The same of the name at i, whose noun may have an opening quotation mark behind it. */
static unsigned told_before(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = w->tokens.v;
    if (i == 0 || t[i].flags & TOKEN_LINE)
        return TAG_OUT;
    bool quoted = i > 1 && (t[i].flags & TOKEN_GLUED) &&
                  !(t[i - 1].flags & (TOKEN_GLUED | TOKEN_LINE)) &&
                  (t[i - 1].mark == '"' || t[i - 1].mark == '\'');
    return t[i].flags & TOKEN_GLUED && !quoted ? TAG_OUT : told_by_noun(w, i - 1 - quoted);
}

/* May a name that was found as `kind` be what the noun before it says?  Vessels bear the names of
 * people and towns; somebody who is named in full may just stand behind "the ship". */
static bool may_be(const struct tag_window *w, size_t from, size_t to, unsigned kind, unsigned told)
{
    if (told == TAG_ORGANISATION)
        return kind && kind != TAG_PEOPLE && !(w->tokens.v[from].single >> GAZETTEER_COUNTRY & 1);
    return told && kind && kind != TAG_PEOPLE && kind != TAG_ORGANISATION &&
           (kind != TAG_PERSON || to - from == 1);
}

static void note(struct tag_window *w, size_t from, size_t to)
{
    unsigned kind = label_kind(w->labels.v[from]), told = told_before(w, from);
    if (kind == TAG_PERSON && to - from > 1)
        w->words.v[w->word_of.v[to - 1]].surname = true;
    if (!may_be(w, from, to, kind, told))
        return;
    if (kind != told)
        names_set(w, from, to, told, MENTION_BY_TITLE);
    if (to - from == 1 && (told == TAG_OTHER || w->tokens.v[from].single == 0))
        w->words.v[w->word_of.v[from]].told = (uint8_t)told;
}

static bool is_behind_the(const struct tag_window *w, size_t i)
{
    static const char *const the[] = {"the", "The"};
    return i && !(w->tokens.v[i].flags & (TOKEN_LINE | TOKEN_GLUED)) &&
           str_among(text_of(w, i - 1), the);
}

/* A name of one word, by what was noted of the word: of a listed one, "Anna", where "the" says that
 * no Anna is meant. */
static void apply(struct tag_window *w, size_t i)
{
    const unsigned persons = 1u << GAZETTEER_GIVEN | 1u << GAZETTEER_SURNAME;
    const struct tag_word *word = &w->words.v[w->word_of.v[i]];
    const struct tag_token *t = &w->tokens.v[i];
    unsigned kind = label_kind(w->labels.v[i]);
    bool listed = t->single && !is_behind_the(w, i);
    if (word->told && !listed && may_be(w, i, i + 1, kind, word->told)) {
        if (kind != word->told)
            names_set(w, i, i + 1, word->told, MENTION_BY_CONSISTENCY);
    } else if (word->surname && t->shape == SHAPE_CAPITAL && !(t->single & ~persons) &&
               kind == TAG_ORGANISATION) {
        names_set(w, i, i + 1, TAG_PERSON, MENTION_BY_CONSISTENCY);
    }
}

enum { GIVEN_BYTES = 5 }; /* shorter, and in no list, it may be a title */

/* "Quendra Zelmira", which the tagger passed over, or half of it in a headline, where "Ida Zelmira"
 * stands elsewhere: a given name, or a capital that news never writes small, before a surname of
 * the text. */
static bool is_namesake(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    if (t->shape != SHAPE_CAPITAL || i == 0 || t[-1].shape != SHAPE_CAPITAL ||
        t->flags & (TOKEN_LINE | TOKEN_GLUED))
        return false;
    bool alone = w->labels.v[i] == label_of(TAG_PERSON, PART_UNIT) && t->line == LINE_TITLE;
    if ((w->labels.v[i] && !alone) || w->labels.v[i - 1] || !w->words.v[w->word_of.v[i]].surname)
        return false;
    if (i + 1 < w->tokens.n && t[1].shape == SHAPE_NUMBER) /* a table */
        return false;
    bool unknown = t[-1].end - t[-1].begin >= GIVEN_BYTES && !clusters_find(t[-1].fold).fine;
    return t[-1].single >> GAZETTEER_GIVEN & 1 || unknown;
}

enum { CREDIT_WORDS = 3 };

/* "(Prince Zelmira/Wire)": in the credit of a picture all capitals before the stroke are the
 * photographer, and none of them a title.  Where the name that ends before `to` begins. */
static size_t credit_begin(const struct tag_window *w, size_t from, size_t to)
{
    const struct tag_token *t = w->tokens.v;
    if (to + 1 >= w->tokens.n || t[to].mark != '/' ||
        !(t[to].flags & t[to + 1].flags & TOKEN_GLUED) || !tag_is_capital(&t[to + 1]))
        return from;
    size_t begin = from;
    while (begin && to - begin < CREDIT_WORDS && !(t[begin].flags & (TOKEN_LINE | TOKEN_GLUED)) &&
           !w->labels.v[begin - 1] && t[begin - 1].shape == SHAPE_CAPITAL)
        begin--;
    bool opens = begin == 0 || t[begin].flags & TOKEN_LINE ||
                 (t[begin - 1].mark && strchr(";:(,/|", t[begin - 1].mark));
    return opens ? begin : from;
}

void names_told(struct tag_window *w)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = i + 1;
        if (!w->labels.v[i])
            continue;
        e = names_end(w, i);
        size_t begin = label_kind(w->labels.v[i]) == TAG_PERSON ? credit_begin(w, i, e) : i;
        if (begin < i)
            names_set(w, begin, e, TAG_PERSON, MENTION_BY_PATTERN);
        note(w, i, e);
    }
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = names_end(w, i);
        if (w->labels.v[i] && e - i == 1)
            apply(w, i);
        if (is_namesake(w, i))
            names_set(w, i - 1, i + 1, TAG_PERSON, MENTION_BY_CONSISTENCY);
    }
}
