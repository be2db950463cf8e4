/* What an article states: "Corey Miller, also known as the rapper C-Murder", "Anna Calloway, who
 * was Anna Reiss until her wedding", "Federal Aviation Administration (FAA)".
 *
 * Two mentions that follow one another are tied when the words between them say so: a cue from the
 * table with nothing before it that could bring in somebody else ("Miller's brother, known as"),
 * and little behind it.  Looking only at what stands between neighbours keeps this linear. */
#include "core/link_entities.h"

#include <strings.h>

#define GAP_BYTES   110
#define MIXED_WORDS 6 /* between a name taken for a body's and one taken for a person's */

static const char *const cues[] = {
    "also known as",
    "better known as",
    "best known as",
    "known professionally as",
    "known as",
    "a.k.a.",
    "aka",
    "stage name is",
    "stage name was",
    "real name is",
    "real name was",
    "birth name is",
    "legal name is",
    "under the name",
    "under the name of",
    "under the stage name",
    "by the name of",
    "formerly known as",
    "formerly",
    "nicknamed",
    "who goes by",
    "goes by the name",
    "also called",
    "pen name",
    "whose name is",
    "née",
    "born",
    "known in",
    "known to",
    "known on",
    "alias",
};
/* Between the first name and the cue these bring in somebody else. */
static const char *const strangers[] = {" and ", " his ",          " her ", " their ", " with ",
                                        "'s ",   "\xe2\x80\x99s ", " by ",  " for "};

static bool has(struct str s, const char *word)
{
    return memmem(s.p, s.n, word, strlen(word)) != NULL;
}

static uint32_t count_words(struct str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] != ' ' && (i == 0 || s.p[i - 1] == ' ');
    return n;
}

static bool ends_sentence(struct str gap)
{
    for (size_t i = 0; i < gap.n; i++)
        if (gap.p[i] == '\n' || gap.p[i] == ';' || gap.p[i] == '!' || gap.p[i] == '?' ||
            (gap.p[i] == '.' && i + 2 < gap.n && gap.p[i + 1] == ' ' && gap.p[i + 2] >= 'A' &&
             gap.p[i + 2] <= 'Z'))
            return true;
    return false;
}

static bool has_capital(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= 'A' && s.p[i] <= 'Z')
            return true;
    return false;
}

/* What stands before the cue may say how old somebody is, or what, and no more. */
static bool is_apposition(struct str head)
{
    return !str_holds_any(head, strangers) && !has_capital(head) && count_words(head) <= 12;
}

/* Behind the cue: "the rapper", "as the singer"; behind "known in", "... as ...". */
static bool is_lead_in(struct str tail, const char *cue)
{
    struct str t = str_trim(tail);
    if (!strncmp(cue, "known in", 8) || !strncmp(cue, "known to", 8) ||
        !strncmp(cue, "known on", 8))
        return (has(t, " as ") || str_ends(t, STR(" as"))) && count_words(t) <= 8;
    if (!strcmp(cue, "née") || !strcmp(cue, "born") || !strcmp(cue, "formerly") ||
        !strcmp(cue, "alias"))
        return count_words(t) == 0;
    return count_words(t) <= 4 && !has_capital(t) && !has(t, " of ") && !has(t, " for ");
}

static bool is_letter_at(struct str s, size_t i)
{
    return i < s.n &&
           (((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z') || (unsigned char)s.p[i] >= 0x80);
}

static bool cue_ties(struct str gap, const char *cue)
{
    size_t n = strlen(cue);
    const char *at = memmem(gap.p, gap.n, cue, n);
    if (!at)
        return false;
    size_t i = (size_t)(at - gap.p);
    if ((i && (is_letter_at(gap, i - 1) || gap.p[i - 1] == '-')) || is_letter_at(gap, i + n))
        return false;
    return is_apposition(str_from(gap.p, i)) && is_lead_in(str_from(at + n, gap.n - i - n), cue);
}

/* ", the daughter of the dead keeper, who was " .. " until her wedding" */
static bool was_until(struct str gap, struct str behind)
{
    return (str_ends(gap, STR("who was ")) || str_ends(gap, STR("who were "))) &&
           str_starts(gap, STR(",")) && is_apposition(str_from(gap.p, gap.n - 8)) &&
           (str_starts(behind, STR(" until ")) || str_starts(behind, STR(" before ")));
}

/* Every cue holds one of these words; most gaps do not, and are not looked at further. */
static bool may_hold_cue(struct str gap)
{
    static const char *const words[] = {"known",  "name", "nick",     "aka", "a.k.a.", "alias",
                                        "called", "goes", "formerly", "née", "born"};
    for (size_t i = 0; i < gap.n; i++) {
        if ((i && gap.p[i - 1] != ' ' && gap.p[i - 1] != ',' && gap.p[i - 1] != '(') ||
            !strchr("knacgfb", gap.p[i]))
            continue;
        for (size_t w = 0; w < COUNT_OF(words); w++)
            if (str_starts(str_from(gap.p + i, gap.n - i), str_of(words[w])))
                return true;
    }
    return false;
}

/* The last word of `s`; `s` becomes what is before it. */
static struct str cut_last_word(struct str *s)
{
    struct str t = str_trim(*s);
    size_t at = t.n;
    while (at && t.p[at - 1] != ' ' && t.p[at - 1] != '\n')
        at--;
    *s = str_from(t.p, at);
    return str_from(t.p + at, t.n - at);
}

/* "Northmark Wire Agency was later renamed ..", ", since renamed ..", and in a sentence of its own:
 * "The agency was renamed ..". */
static bool is_renamed(struct str name, struct str gap)
{
    static const char *const to[] = {"to", "as", "the"};
    static const char *const before[] = {"was",   "were",  "is",   "has", "been",
                                         "since", "later", "then", "now", "officially"};
    static const char *const the[] = {"The", "the", "This", "this"};
    struct str rest = gap, word = cut_last_word(&rest);
    if (str_among(word, to))
        word = cut_last_word(&rest);
    if (!str_eq(word, STR("renamed")))
        return false;
    uint32_t n = 0;
    for (word = cut_last_word(&rest); str_among(word, before); word = cut_last_word(&rest))
        n++;
    if (!n || !word.n || str_eq(word, STR(",")))
        return n;
    struct str noun = cut_last_word(&name);
    return noun.n == word.n && !strncasecmp(noun.p, word.p, word.n) &&
           str_among(cut_last_word(&rest), the);
}

static bool names_tie(struct str gap, struct str behind)
{
    if (!gap.n || gap.n > GAP_BYTES || ends_sentence(gap))
        return false;
    for (size_t i = 0; i < COUNT_OF(cues) && may_hold_cue(gap); i++)
        if (cue_ties(gap, cues[i]))
            return true;
    return was_until(gap, behind);
}

static bool bears_names(uint8_t kind)
{
    return kind == MENTION_PERSON || kind == MENTION_ORGANISATION || kind == MENTION_OTHER ||
           kind == MENTION_PLACE;
}

/* The alias is of the same kind wherever it stands: "C-Murder" is no organisation. */
static void tie_alias(struct linking *k, uint32_t whole, uint32_t alias, enum link_reason reason,
                      struct passage because)
{
    uint32_t form = k->nodes.v[alias].form;
    for (unsigned kind = 1; kind < MENTION_KINDS; kind++) {
        uint32_t node = k->forms.v[form].node[kind];
        if (node && bears_names((uint8_t)kind))
            link_unite(k, whole, node, reason, because);
    }
}

/* Another name of the case has these initials or this short form too: then each article says what
 * it means by it, and no more. */
static bool is_shared(struct linking *k, uint32_t form, uint32_t whole)
{
    struct offer_run run = link_offers(k, form);
    for (uint32_t i = 0; i < run.n; i++)
        if (link_root(k, k->offers.v[run.rows[i]].node) != link_root(k, whole))
            return true;
    return false;
}

static void read_pair(struct linking *k, struct str text, uint32_t row)
{
    const struct mention *a = &k->l->mentions[row], *b = a + 1;
    if (b->at.begin <= a->at.end || b->at.begin - a->at.end > GAP_BYTES || !bears_names(a->kind) ||
        !bears_names(b->kind))
        return;
    struct str gap = str_at(text, span_of(a->at.end, b->at.begin));
    struct str behind = str_from(text.p + b->at.end, text.n - b->at.end);
    struct passage where = {links_mention_article(k->l, row), span_of(a->at.begin, b->at.end)};
    uint32_t x = k->row_node[row], y = k->row_node[row + 1];
    if (str_eq(str_trim(gap), STR("(")) && str_starts(behind, STR(")"))) {
        if (is_acronym(str_at(text, b->at)) && !is_shared(k, k->row_form[row + 1], x) &&
            letters_stand_for(link_form_text(k, k->row_form[row + 1]),
                              link_form_text(k, k->row_form[row])))
            tie_alias(k, x, y, LINK_ACRONYM, where);
        return;
    }
    bool one_kind = k->nodes.v[x].kind == k->nodes.v[y].kind;
    bool renamed = a->kind != MENTION_PERSON && is_renamed(str_at(text, a->at), gap);
    if (!renamed &&
        (a->kind == MENTION_PLACE || b->kind == MENTION_PLACE || !names_tie(gap, behind)))
        return;
    if (!renamed && !one_kind && count_words(gap) > MIXED_WORDS)
        return; /* "the agency, where the keeper was given the alias Karl Brandt" */
    if (!renamed && k->nodes.v[y].kind == MENTION_PERSON && k->nodes.v[x].kind != MENTION_PERSON)
        tie_alias(k, y, x, LINK_STATED, where);
    else
        tie_alias(k, x, y, LINK_STATED, where);
}

void link_stated(struct linking *k, uint32_t first, uint32_t end)
{
    if (first >= end)
        return;
    struct str text = article_at(k->job->all, links_mention_article(k->l, first))->text;
    for (uint32_t row = first; row + 1 < end; row++)
        read_pair(k, text, row);
}
