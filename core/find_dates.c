/* Dates of one article: its words to classes, the rules over the classes, each match to a value.
 * The first two passes are in dates_line.c and PCRE2, the third in dates_read.c. */
#include "core/dates.h"

struct date_state {
    struct matcher *matcher;
    struct date_line line;
};

static void *make_state(void)
{
    struct date_state *s = mem_alloc(sizeof(*s));
    *s = (struct date_state){.matcher = matcher_open()};
    return s;
}

static void free_state(void *state)
{
    struct date_state *s = state;
    matcher_close(s->matcher);
    vec_free(&s->line.classes);
    vec_free(&s->line.tokens);
    free(s);
}

/* A history: years long past are written out, many to each "yesterday" or "Monday", and nearly all
 * of it is told in the past tense, where a report's background is set among what is said, is and
 * will be.  A text that names a weekday before any year is a report. */
static bool is_history(const struct date_line *line, int32_t published)
{
    uint32_t far = 0, near = 0, deictic = 0, past = 0, present = 0;
    int32_t now = published == DAY_NONE ? INT32_MAX : day_to_civil(published).year;
    for (size_t i = 0; i < line->classes.n; i++) {
        int class = (unsigned char)line->classes.v[i];
        bool year = class == CLASS_YEAR || class == CLASS_ERA;
        far += year && line->tokens.v[i].value < now - 1;
        near += year && line->tokens.v[i].value >= now - 1;
        past += class == CLASS_PAST_VERB;
        present += class == CLASS_PRESENT_VERB || class == CLASS_FUTURE_VERB;
        deictic += class == CLASS_DEICTIC || class == CLASS_WEEKDAY;
        if (deictic && far + near == 0)
            return false;
    }
    return far >= 5 && far > 4 * deictic && far > near && past > 4 * present;
}

static struct span text_span(const struct date_line *line, struct span tokens)
{
    return span_of(line->tokens.v[tokens.begin].begin, line->tokens.v[tokens.end - 1].end);
}

static unsigned rule_of_mark(struct str mark)
{
    unsigned n = 0;
    for (size_t i = 0; i < mark.n; i++)
        n = n * 10 + (unsigned)(mark.p[i] - '0');
    return n;
}

/* "Ed Winter", "Theresa May", "The Sunday Times", "the May Company": a word of time that is part of
 * a longer name dates nothing.  But "Reiss Monday" is a headline's "Reiss on Monday", and "the
 * Winter Offensive" was in winter.  "The DEC", an organisation's letters, is no month either. */
static bool is_part_of_name(const struct found *found, struct str text, const struct date *d)
{
    uint32_t i, n = (uint32_t)found->mentions.n;
    BISECT(i, 0, n, found->mentions.v[i].at.end <= d->at.begin);
    if (i == n || !span_holds(found->mentions.v[i].at, d->at) || d->type == DATE_DURATION)
        return false;
    const struct mention *m = &found->mentions.v[i];
    struct str word = str_at(text, d->at);
    bool longer = span_length(m->at) > word.n, last = m->at.end == d->at.end;
    if (word.p[0] < 'A' || word.p[0] > 'Z' || memchr(word.p, ' ', word.n))
        return false;
    if (!longer)
        return m->kind == MENTION_ORGANISATION && d->days.precision == PRECISION_MONTH;
    if (m->kind == MENTION_PERSON)
        return d->days.precision >= PRECISION_MONTH || (d->type == DATE_DATE && !last);
    return m->kind == MENTION_ORGANISATION && !last && d->days.precision != PRECISION_SEASON;
}

void find_dates(struct finder *f, const struct body *body, struct arena *keep, struct found *out)
{
    const struct date_language *language = date_language_english();
    struct date_state *s = finder_state(f, FINDER_DATES, make_state, free_state);
    date_line_read(&s->line, language->words, body->text);
    struct date_context c = {.text = body->text,
                             .line = &s->line,
                             .keep = keep,
                             .published = body->published,
                             .history = is_history(&s->line, body->published),
                             .order = date_order_of(&s->line, body->text)};
    c.narrative = c.history || body->published == DAY_NONE;
    struct str classes = str_from(s->line.classes.v, s->line.classes.n);
    struct span groups[PATTERN_GROUPS];
    size_t at = 0;
    while (at < classes.n && pattern_match(language->pattern, s->matcher, classes, at, groups)) {
        struct span tokens = groups[0];
        at = tokens.begin + 1;
        if (span_is_empty(tokens))
            continue;
        struct date d = {.at = text_span(&s->line, tokens)};
        d.rule = (uint16_t)(rule_of_mark(matcher_mark(s->matcher)) + 1);
        const struct date_rule *rule = &language->rules[d.rule - 1];
        bool read = date_read(&c, rule, tokens, &d);
        if (!read && rule->reading == READ_NOTHING)
            at = tokens.end;
        if (!read)
            continue;
        at = tokens.end;
        if (!is_part_of_name(out, body->text, &d))
            vec_push(&out->dates, d);
    }
}

const char *date_rule_name(uint16_t rule)
{
    const struct date_language *language = date_language_english();
    return rule >= 1 && rule <= language->n_rules ? language->rules[rule - 1].name : "";
}
