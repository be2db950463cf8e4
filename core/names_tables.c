/* Clubs in tables of results.
 *
 * Sports pages name a team by its town: "Boston 3 Denver 1", "Lund 4 2 1 1 9 6 7", "DENVER AT
 * BOSTON".  Read word by word such a line holds towns; read as a line it is a table of clubs.  So
 * lines are matched as a whole: a name and a number twice, a name and a row of four numbers and
 * more, or, three times and more in one text, two places with "at" or "v" between them.  What
 * stands there is an organisation, unless it is a country, whose team is written of as the
 * country, or behind "at", or a person in a table of which half are people.  Two more signs count
 * in running text, when a text shows them more than once: a place with a score behind it ("Lund
 * 82-4"), and the one word between a competitor's country and the end of the line or the time
 * ("Ida Voss (Norway) Kestrel 1:53.2"), which is the team even where it looks like a person.
 *
 * Elsewhere in the same text a place of the same name is the club, unless a word before it ("in",
 * "at", "near") or a date behind it says that the town is meant. */
#include "core/gazetteer.h"
#include "core/names.h"

enum { NAME_TOKENS_MAX = 5, NUMBERS_MIN = 4, ROWS_MIN = 2, MEETINGS_MIN = 3, ENTRANTS_MIN = 3 };

struct line {
    const struct tag_window *w;
    size_t begin, end;
};

static bool word_is(const struct tag_window *w, size_t i, const char *word)
{
    const struct tag_token *t = &w->tokens.v[i];
    size_t n = strlen(word);
    if (t->end - t->begin != n)
        return false;
    for (size_t k = 0; k < n; k++)
        if ((w->text.p[t->begin + k] | 32) != word[k])
            return false;
    return true;
}

static bool meets(const struct tag_window *w, size_t i)
{
    return word_is(w, i, "at") || word_is(w, i, "v") || word_is(w, i, "vs");
}

static bool is_name_word(const struct tag_window *w, size_t i)
{
    uint8_t shape = w->tokens.v[i].shape;
    return (shape == SHAPE_CAPITAL || shape == SHAPE_UPPER || shape == SHAPE_MIXED ||
            shape == SHAPE_DOTTED) &&
           !meets(w, i);
}

/* The end of the capitals from i on; i when there are none, or too many for a club. */
static size_t name_end(const struct line *l, size_t i)
{
    size_t e = i;
    while (e < l->end && is_name_word(l->w, e)) {
        e++;
        if (e + 1 < l->end && l->w->tokens.v[e].mark == '-' && is_name_word(l->w, e + 1))
            e++;
    }
    return e - i <= NAME_TOKENS_MAX ? e : i;
}

static size_t skip_rank(const struct line *l)
{
    const struct tag_token *t = l->w->tokens.v;
    size_t i = l->begin;
    if (i + 1 < l->end && t[i].shape == SHAPE_NUMBER && t[i + 1].mark == '.')
        return i + 2;
    return i;
}

/* Over numbers, and marks between them; counts the numbers. */
static size_t skip_numbers(const struct line *l, size_t i, unsigned *numbers)
{
    const struct tag_token *t = l->w->tokens.v;
    for (*numbers = 0; i < l->end; i++) {
        bool between = t[i].shape == SHAPE_MARK && t[i].mark && strchr("-./+:", t[i].mark);
        if (t[i].shape != SHAPE_NUMBER && !between)
            break;
        *numbers += t[i].shape == SHAPE_NUMBER;
    }
    return i;
}

static unsigned listed_as(const struct tag_window *w, size_t from, size_t to)
{
    const struct tag_token *t = &w->tokens.v[from];
    return to - from == 1 ? t->single : t->begins;
}

void names_set(struct tag_window *w, size_t from, size_t to, unsigned kind, uint8_t rule)
{
    for (size_t i = from; i < to; i++) {
        unsigned part = to - from == 1 ? PART_UNIT
                        : i == from    ? PART_BEGIN
                        : i + 1 == to  ? PART_LAST
                                       : PART_INSIDE;
        w->labels.v[i] = (uint8_t)label_of(kind, part); /* 0 for none, whatever the part */
        w->rule.v[i] = rule;
    }
}

/* A label that goes on into [from, to) or out of it would be left without its other half. */
static void cut_labels(struct tag_window *w, size_t at)
{
    if (at == 0 || at >= w->tokens.n || !goes_on(w->labels.v[at]))
        return;
    size_t b = at, e = at;
    while (b > 0 && goes_on(w->labels.v[b]))
        b--;
    while (e < w->tokens.n && goes_on(w->labels.v[e]))
        e++;
    unsigned kind = label_kind(w->labels.v[at]);
    names_set(w, b, at, kind, w->rule.v[b]);
    names_set(w, at, e, kind, w->rule.v[b]);
}

static bool is_country(const struct tag_window *w, size_t from, size_t to)
{
    return listed_as(w, from, to) >> GAZETTEER_COUNTRY & 1;
}

/* A person stays one, unless the table is one of clubs. */
static void set_club(struct tag_window *w, size_t from, size_t to, bool clubs)
{
    bool country = is_country(w, from, to);
    if (label_kind(w->labels.v[from]) == TAG_PERSON && !clubs)
        return;
    names_set(w, from, to, country ? TAG_PLACE : TAG_ORGANISATION, MENTION_BY_PATTERN);
    if (!country)
        w->words.v[w->word_of.v[from]].club = (uint8_t)(to - from);
}

/* A club, or two, and between and behind them what is no part of any name. */
struct row {
    size_t begin, end;
    struct span clubs[2];
    unsigned n;
};

static void set_row(struct tag_window *w, const struct row *r, bool clubs)
{
    const uint8_t *labels = w->labels.v;
    cut_labels(w, r->begin);
    cut_labels(w, r->end);
    for (unsigned k = 0; k < r->n; k++) { /* "Lund 3 Oslo" may have been one name to the tagger */
        cut_labels(w, r->clubs[k].begin);
        cut_labels(w, r->clubs[k].end);
    }
    for (size_t i = r->begin; i < r->end; i++)
        if (labels[i] && w->tokens.v[i].shape == SHAPE_NUMBER)
            names_set(w, i, i + 1, TAG_OUT, MENTION_BY_TAGGER);
    for (unsigned k = 0; k < r->n; k++)
        set_club(w, r->clubs[k].begin, r->clubs[k].end, clubs);
    if (r->n == 2 && meets(w, r->clubs[0].end)) {
        names_set(w, r->clubs[0].end, r->clubs[1].begin, TAG_OUT, MENTION_BY_TAGGER);
        if (word_is(w, r->clubs[0].end, "at"))
            names_set(w, r->clubs[1].begin, r->clubs[1].end, TAG_PLACE, MENTION_BY_PATTERN);
    }
}

/* "Boston 3 Denver 1", "Lund 4 2 1 1 9 6 7". */
static bool read_result(const struct tag_window *w, const struct line *l, struct row *out)
{
    unsigned numbers, more;
    size_t a = skip_rank(l), b = name_end(l, a), c = skip_numbers(l, b, &numbers);
    if (b == a || numbers == 0)
        return false;
    *out = (struct row){a, c, {span_of(a, b)}, 1};
    if (c == l->end && numbers >= NUMBERS_MIN)
        return true;
    size_t d = name_end(l, c), e = skip_numbers(l, d, &more);
    if (numbers != 1 || d == c || more != 1 || (e < l->end && w->tokens.v[e].mark != '('))
        return false;
    *out = (struct row){a, e, {span_of(a, b), span_of(c, d)}, 2};
    return true;
}

/* "DENVER AT BOSTON", places both, and nothing else on the line. */
static bool read_meeting(const struct tag_window *w, const struct line *l, struct row *out)
{
    const unsigned places = 1u << GAZETTEER_CITY | 1u << GAZETTEER_REGION | 1u << GAZETTEER_PLACE;
    size_t a = l->begin, b = name_end(l, a), c = b + 1, d = c < l->end ? name_end(l, c) : c;
    if (b == a || c >= l->end || d == c || d != l->end || !meets(w, b) ||
        !(listed_as(w, a, b) & listed_as(w, c, d) & places))
        return false;
    *out = (struct row){a, d, {span_of(a, b), span_of(c, d)}, 2};
    return true;
}

typedef bool read_line(const struct tag_window *w, const struct line *l, struct row *out);

/* What the tagger made of the names in the rows. */
struct table {
    unsigned rows, persons, names;
};

static void count_row(const struct tag_window *w, const struct row *r, struct table *out)
{
    out->rows++;
    for (unsigned k = 0; k < r->n; k++) {
        out->names++;
        out->persons += label_kind(w->labels.v[r->clubs[k].begin]) == TAG_PERSON;
    }
}

static void each_line(struct tag_window *w, read_line *read, struct table *table, bool set)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        for (e = i + 1; e < w->tokens.n && !(w->tokens.v[e].flags & TOKEN_LINE); e++)
            ;
        struct row row;
        if (!read(w, &(struct line){w, i, e}, &row))
            continue;
        if (set)
            set_row(w, &row, table->persons * 2 < table->names);
        else
            count_row(w, &row, table);
    }
}

/* Sets the lines that `read` knows, when there are enough. */
static bool set_table(struct tag_window *w, read_line *read, unsigned rows_min)
{
    struct table table = {0};
    each_line(w, read, &table, false);
    if (table.rows < rows_min)
        return false;
    each_line(w, read, &table, true);
    return true;
}

static bool means_town(const struct tag_window *w, size_t from, size_t to)
{
    static const char *const before[] = {"in", "at", "near", "outside", "around"};
    const struct tag_token *t = w->tokens.v;
    bool starts = t[from].flags & TOKEN_LINE;
    for (size_t i = 0; !starts && from && i < COUNT_OF(before); i++)
        if (word_is(w, from - 1, before[i]))
            return true;
    if (to >= w->tokens.n || t[to].flags & TOKEN_LINE)
        return false;
    bool list =
        t[to].mark == ',' && to + 1 < w->tokens.n && label_kind(w->labels.v[to + 1]) == TAG_PLACE;
    bool dateline = starts && (t[to].shape == SHAPE_MARK ||
                               (t[to].shape == SHAPE_NUMBER && t[to].end - t[to].begin == 4));
    return list || dateline;
}

static void set_elsewhere(struct tag_window *w)
{
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = names_end(w, i);
        if (label_kind(w->labels.v[i]) != TAG_PLACE)
            continue;
        unsigned club = w->words.v[w->word_of.v[i]].club;
        if (w->rule.v[i] == MENTION_BY_TAGGER && club == e - i && !means_town(w, i, e))
            names_set(w, i, e, TAG_ORGANISATION, MENTION_BY_CONSISTENCY);
    }
}

/* ---- teams in running text ---- */

/* "82-4", in one piece. */
static bool is_score(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = &w->tokens.v[i];
    return i + 2 < w->tokens.n && !(t[0].flags & TOKEN_LINE) && t[0].shape == SHAPE_NUMBER &&
           t[0].end - t[0].begin <= 3 && t[1].mark == '-' && t[2].shape == SHAPE_NUMBER &&
           t[2].end - t[2].begin <= 3 && (t[1].flags & t[2].flags & TOKEN_GLUED);
}

static unsigned each_score(struct tag_window *w, bool set)
{
    unsigned rows = 0;
    for (size_t i = 0, e; i < w->tokens.n; i = e) {
        e = names_end(w, i);
        if (label_kind(w->labels.v[i]) != TAG_PLACE)
            continue;
        if (!is_score(w, e) || is_country(w, i, e) || means_town(w, i, e))
            continue;
        rows++;
        if (set)
            set_club(w, i, e, false);
    }
    return rows;
}

/* The team at i: behind a competitor's country, before a time or the end of the line. */
static bool is_entrant(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = w->tokens.v;
    size_t b = i - 1;
    if (i < 4 || t[b].mark != ')' || (t[i].flags & TOKEN_LINE) || !is_name_word(w, i))
        return false;
    if (i + 1 < w->tokens.n && !(t[i + 1].flags & TOKEN_LINE) && t[i + 1].shape != SHAPE_NUMBER)
        return false;
    do
        b--;
    while (b > 1 && i - b < NAME_TOKENS_MAX && label_kind(w->labels.v[b]) == TAG_PLACE);
    return t[b].mark == '(' && b + 2 < i && tag_is_capital(&t[b - 1]);
}

static unsigned each_entrant(struct tag_window *w, bool set)
{
    unsigned rows = 0;
    for (size_t i = 0; i < w->tokens.n; i++) {
        if (!is_entrant(w, i))
            continue;
        rows++;
        if (!set)
            continue;
        cut_labels(w, i);
        cut_labels(w, i + 1);
        names_set(w, i, i + 1, TAG_ORGANISATION, MENTION_BY_PATTERN);
        w->words.v[w->word_of.v[i]].club = 1;
    }
    return rows;
}

void names_of_clubs(struct tag_window *w)
{
    bool results = set_table(w, read_result, ROWS_MIN);
    bool meetings = set_table(w, read_meeting, MEETINGS_MIN);
    bool scores = each_score(w, false) >= ROWS_MIN && each_score(w, true);
    bool entrants = each_entrant(w, false) >= ENTRANTS_MIN && each_entrant(w, true);
    if (results || meetings || scores || entrants)
        set_elsewhere(w);
}
