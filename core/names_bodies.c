/* "the newspaper Lanterna", 'the group "Odra"': what the noun before a name says it is.
 *
 * A name that no list holds looks like a person's or a place's as soon as it stands alone, and
 * news says once what it is, right before the name, and then no more.  So a noun for a body of
 * people makes the name behind it an organisation, whatever the tagger took it for; and a name of
 * one word that no list holds is the same elsewhere in the text.  "Party" is no such noun ("at the
 * party Karl ..."), nor is "team", which stands before players and towns. */
#include "core/names.h"

static bool is_body_noun(const struct tag_window *w, size_t i)
{
    static const char *const nouns[] = {
        "organisation", "organization", "company", "firm", "agency", "newspaper", "daily", "weekly", "magazine", "tabloid",
        "broadcaster", "club", "bank", "group", "charity", "startup", "publisher", "retailer", "airline", "carmaker",
        "automaker", "brewer", "giant", "militia", "nonprofit", "website", "portal", "conglomerate", "manufacturer", "maker",
    };
    const struct tag_token *t = &w->tokens.v[i];
    for (size_t k = 0; k < COUNT_OF(nouns) && t->shape == SHAPE_LOWER; k++)
        if (strlen(nouns[k]) == t->end - t->begin && !memcmp(w->text.p + t->begin, nouns[k], t->end - t->begin))
            return true;
    return false;
}

/* Right before the name at i, or with an opening quotation mark between. */
static bool is_told_before(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = w->tokens.v;
    if (i == 0 || t[i].flags & TOKEN_LINE)
        return false;
    bool quoted = i > 1 && (t[i].flags & TOKEN_GLUED) && !(t[i - 1].flags & (TOKEN_GLUED | TOKEN_LINE)) &&
                  (t[i - 1].mark == '"' || t[i - 1].mark == '\'');
    return !(t[i].flags & TOKEN_GLUED && !quoted) && is_body_noun(w, i - 1 - quoted);
}

static bool may_be_body(unsigned kind)
{
    return kind && kind != TAG_PEOPLE;
}

static bool is_unlisted_word(const struct tag_window *w, size_t from, size_t to)
{
    return to - from == 1 && w->tokens.v[from].single == 0;
}

/* First the names that are told, then those like them: whether any was. */
static bool each_name(struct tag_window *w, bool told)
{
    bool any = false;
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = i + 1;
        if (!may_be_body(label_kind(w->labels.v[i])))
            continue;
        while (e < w->tokens.n && goes_on(w->labels.v[e]))
            e++;
        struct tag_word *word = &w->words.v[w->word_of.v[i]];
        if (told && is_told_before(w, i)) {
            if (label_kind(w->labels.v[i]) != TAG_ORGANISATION)
                names_set(w, i, e, TAG_ORGANISATION, MENTION_BY_TITLE);
            word->body |= is_unlisted_word(w, i, e);
            any |= word->body;
        } else if (!told && word->body && label_kind(w->labels.v[i]) != TAG_ORGANISATION && is_unlisted_word(w, i, e)) {
            names_set(w, i, e, TAG_ORGANISATION, MENTION_BY_CONSISTENCY);
        }
    }
    return any;
}

void names_of_bodies(struct tag_window *w)
{
    if (each_name(w, true))
        each_name(w, false);
}
