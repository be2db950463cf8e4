/* Everything known about a thing is spread over the tables of links.h; a card is the one line of
 * it that answers "what is this?" without leaving the place. */
#include "tui/card.h"

#include "core/event_why.h"
#include "tui/app.h"

#define ALIASES_SHOWN 4

const char *mention_kind_name(uint8_t kind)
{
    static const char *const names[MENTION_KINDS] = {
        [MENTION_PERSON] = "person", [MENTION_ORGANISATION] = "organisation",
        [MENTION_PLACE] = "place",   [MENTION_LAW] = "law",
        [MENTION_HANDLE] = "handle", [MENTION_HASHTAG] = "hashtag",
        [MENTION_PEOPLE] = "people", [MENTION_OTHER] = "other",
    };
    return kind < MENTION_KINDS && names[kind] ? names[kind] : "name";
}

void put_day(struct line *out, int32_t day, enum face face)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };
    if (day == DAY_NONE)
        return;
    struct civil c = day_to_civil(day);
    line_printf(out, face, "%d %s %d", c.day, months[c.month - 1], c.year);
}

/* The last part of a path. */
static struct str file_name(struct str path)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return str_from(path.p + at, path.n - at);
}

void put_source(struct app *app, article_id id, struct line *out, enum face face)
{
    const struct article *a = dossier_article(app->dossier, id);
    if (!a)
        return;
    line_put(out, a->outlet.n ? a->outlet : file_name(a->path), face);
    if (a->published != DAY_NONE) {
        line_put(out, STR(", "), face);
        put_day(out, a->published, face);
    }
}

void put_article(struct app *app, article_id id, struct line *out)
{
    const struct article *a = dossier_article(app->dossier, id);
    if (!a)
        return;
    put_source(app, id, out, FACE_CARD);
    line_put(out, STR(" · "), FACE_CARD);
    line_put_flat(out, a->title, look_of(FACE_CARD));
}

static void count(struct line *out, uint32_t n, const char *one, const char *many)
{
    line_printf(out, FACE_CARD, "%u %s", n, n == 1 ? one : many);
}

static void entity_card(struct app *app, const struct thing *t, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (t->entity.v == 0 || t->entity.v >= links->n_entities) {
        line_put(out, STR("not linked to a name yet"), FACE_CARD);
        return;
    }
    const struct entity *e = &links->entities[t->entity.v];
    line_put_look(out, e->name, (struct look){FACE_CARD, LOOK_BOLD});
    line_printf(out, FACE_CARD, " · %s · ", mention_kind_name(e->kind));
    count(out, e->n_mentions, "mention", "mentions");
    line_put(out, STR(" in "), FACE_CARD);
    count(out, e->n_articles, "article", "articles");
    const char *between = " · ";
    for (uint32_t i = e->aliases_begin, shown = 0; i < e->aliases_end && shown < ALIASES_SHOWN;
         i++) {
        if (str_eq(links->aliases[i].text, e->name))
            continue;
        line_printf(out, FACE_CARD, "%s", between);
        line_put_flat(out, links->aliases[i].text, look_of(FACE_CARD));
        between = ", ";
        shown++;
    }
}

static const struct quote *quote_of(struct app *app, const struct thing *t)
{
    struct quote_run run = dossier_quotes(app->dossier, t->where.article);
    return t->row < run.n ? &run.v[t->row] : NULL;
}

static void put_speaker(struct app *app, const struct quote *q, article_id where, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (q->speaker_entity.v && q->speaker_entity.v < links->n_entities)
        line_put_look(out, links->entities[q->speaker_entity.v].name,
                      (struct look){FACE_CARD, LOOK_BOLD});
    else if (!span_is_empty(q->speaker))
        line_put_flat(out, str_at(dossier_article(app->dossier, where)->text, q->speaker),
                      look_of(FACE_CARD));
    else
        line_put(out, STR("speaker unknown"), FACE_CARD);
}

static void quote_card(struct app *app, const struct thing *t, struct line *out)
{
    static const char *const kinds[QUOTE_KINDS] = {
        [QUOTE_DIRECT] = "quotation", [QUOTE_MIXED] = "quoted words",
        [QUOTE_BLOCK] = "quoted without marks", [QUOTE_INDIRECT] = "reported speech"};
    const struct quote *q = quote_of(app, t);
    const struct links *links = dossier_links(app->dossier);
    if (!q)
        return;
    put_speaker(app, q, t->where.article, out);
    line_printf(out, FACE_CARD, " · %s", q->kind < QUOTE_KINDS && kinds[q->kind] ? kinds[q->kind]
                                                                                : "quotation");
    if (q->open)
        line_put(out, STR(", never closed"), FACE_CARD);
    if (q->group.v && q->group.v < links->n_groups) {
        uint32_t n = links_of_group(links, q->group).n;
        line_put(out, STR(" · "), FACE_CARD);
        if (n > 1)
            count(out, n, "printing", "printings");
        else
            line_put(out, STR("printed once"), FACE_CARD);
    }
}

static void date_card(struct app *app, const struct thing *t, struct line *out)
{
    struct date_run run = dossier_dates(app->dossier, t->where.article);
    if (t->row >= run.n)
        return;
    const struct date *d = &run.v[t->row];
    line_put_look(out, str_of(d->value), (struct look){FACE_CARD, LOOK_BOLD});
    if (d->flags & DATE_APPROXIMATE)
        line_put(out, STR(", about"), FACE_CARD);
    if (days_known(d->days) && d->days.end == d->days.first + 1) {
        line_put(out, STR(" · "), FACE_CARD);
        put_day(out, d->days.first, FACE_CARD);
    }
    if (d->flags & DATE_FROM_PUBLICATION)
        line_put(out, STR(" · reckoned from the day of publication"), FACE_CARD);
}

static void event_card(struct app *app, const struct thing *t, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (t->event.v >= links->n_events)
        return;
    const struct event *e = &links->events[t->event.v];
    line_put_look(out, str_of(e->date), (struct look){FACE_CARD, LOOK_BOLD});
    if (e->until)
        line_printf(out, FACE_CARD, " to %s", e->until);
    line_put(out, STR(" · told by "), FACE_CARD);
    count(out, e->n_articles, "article", "articles");
    for (uint32_t i = e->entities_begin; i < e->entities_end && i < e->entities_begin + 4; i++) {
        line_put(out, i == e->entities_begin ? STR(" · ") : STR(", "), FACE_CARD);
        line_put(out, links->entities[links->event_entities[i].v].name, FACE_CARD);
    }
}

static void article_card(struct app *app, const struct thing *t, struct line *out)
{
    const struct article *a = dossier_article(app->dossier, t->where.article);
    if (!a)
        return;
    line_put(out, a->path, FACE_CARD);
    if (a->author.n) {
        line_put(out, STR(" · "), FACE_CARD);
        line_put_flat(out, a->author, look_of(FACE_CARD));
    }
    if (t->where.article.v <=
        dossier_articles(app->dossier)->analysed) /* before, a worker writes it */
        line_printf(out, FACE_CARD, " · %u words", a->words);
    if (a->published == DAY_NONE && a->not_before != DAY_NONE) {
        line_put(out, STR(" · undated, not before "), FACE_CARD);
        put_day(out, a->not_before, FACE_CARD);
    }
    const struct links *links = dossier_links(app->dossier);
    if (t->where.article.v <= links->n_articles && links->near_copy_of[t->where.article.v].v) {
        line_put(out, STR(" · ≈ "), FACE_CARD);
        put_source(app, links->near_copy_of[t->where.article.v], out, FACE_CARD);
    }
}

void card_put(struct app *app, const struct thing *t, struct line *out)
{
    switch ((enum thing_kind)t->kind) {
    case THING_ENTITY:
        entity_card(app, t, out);
        break;
    case THING_QUOTE:
        quote_card(app, t, out);
        break;
    case THING_DATE:
        date_card(app, t, out);
        break;
    case THING_EVENT:
        event_card(app, t, out);
        break;
    case THING_ARTICLE:
        article_card(app, t, out);
        break;
    case THING_PASSAGE:
        put_source(app, t->where.article, out, FACE_CARD);
        break;
    case THING_NOTE:
        note_card(app, t->note, out);
        break;
    case THING_ISSUE:
    case THING_NONE:
        break;
    }
}

/* ---- why ---- */

static void why_mention(struct app *app, const struct thing *t, struct line *out)
{
    static const char *const rules[MENTION_RULES] = {
        [MENTION_BY_TAGGER] = "the trained recogniser took it for a name",
        [MENTION_BY_GAZETTEER] = "it stands in the list of names",
        [MENTION_BY_TITLE] = "a title stands before it",
        [MENTION_BY_PATTERN] = "its form says so",
        [MENTION_BY_DATELINE] = "it stands in a dateline",
        [MENTION_BY_CONSISTENCY] = "the same name is sure elsewhere",
        [MENTION_BY_DESCRIPTION] = "a description tied to a name",
    };
    struct mention_run run = dossier_mentions(app->dossier, t->where.article);
    const struct links *links = dossier_links(app->dossier);
    const struct mention *m = NULL;
    for (uint32_t i = 0; i < run.n && !m; i++)
        if (run.v[i].at.begin == t->where.at.begin && run.v[i].at.end == t->where.at.end)
            m = &run.v[i];
    if (m) {
        line_printf(out, FACE_MESSAGE, "A %s: %s", mention_kind_name(m->kind),
                    m->rule < MENTION_RULES && rules[m->rule] ? rules[m->rule] : "found as a name");
        line_printf(out, FACE_MESSAGE, " (%u%% sure)", m->score * 100u / 65535u);
        struct str words = str_at(dossier_article(app->dossier, t->where.article)->text, m->at);
        const struct entity *e = m->entity.v && m->entity.v < links->n_entities
                                     ? &links->entities[m->entity.v] : NULL;
        for (uint32_t i = e ? e->aliases_begin : 0; e && i < e->aliases_end; i++)
            if (str_eq(links->aliases[i].text, words)) {
                line_put(out, STR(" · "), FACE_MESSAGE);
                line_put(out, e->name, FACE_MESSAGE);
                line_printf(out, FACE_MESSAGE, ": %s",
                            link_reason_text((enum link_reason)links->aliases[i].reason));
                break;
            }
    } else {
        card_put(app, t, out);
    }
}

static void why_quote(struct app *app, const struct thing *t, struct line *out)
{
    static const char *const rules[SPEAKER_RULES] = {
        [SPEAKER_UNKNOWN] = "no cue names a speaker",
        [SPEAKER_BY_CUE] = "name and verb stand beside it",
        [SPEAKER_BY_COLON] = "a name and a colon lead to it",
        [SPEAKER_BY_PRONOUN] = "the cue's subject stands for this name",
        [SPEAKER_BY_CARRY] = "carried over from the quotation before",
        [SPEAKER_BY_DIALOGUE] = "two speakers take turns",
        [SPEAKER_BY_BYLINE] = "the name stands under it",
        [SPEAKER_BY_NEAREST] = "the nearest name, for want of better",
        [SPEAKER_BY_WORDING] = "so another wording of it says",
    };
    const struct quote *q = quote_of(app, t);
    if (!q)
        return;
    put_speaker(app, q, t->where.article, out);
    line_printf(out, FACE_MESSAGE, ": %s",
                q->rule < SPEAKER_RULES && rules[q->rule] ? rules[q->rule] : "found beside it");
    if (!span_is_empty(q->cue)) {
        line_put(out, STR(" · cue \""), FACE_MESSAGE);
        line_put_flat(out, str_at(dossier_article(app->dossier, t->where.article)->text, q->cue),
                      look_of(FACE_MESSAGE));
        line_put(out, STR("\""), FACE_MESSAGE);
    }
}

static void why_date(struct app *app, const struct thing *t, struct line *out)
{
    struct date_run run = dossier_dates(app->dossier, t->where.article);
    const struct article *a = dossier_article(app->dossier, t->where.article);
    if (t->row >= run.n)
        return;
    const struct date *d = &run.v[t->row];
    line_printf(out, FACE_MESSAGE, "%s: %s", d->value, date_rule_name(d->rule));
    if (!span_is_empty(d->anchor)) {
        line_put(out, STR(" · from \""), FACE_MESSAGE);
        line_put_flat(out, str_at(a->text, d->anchor), look_of(FACE_MESSAGE));
        line_put(out, STR("\""), FACE_MESSAGE);
    } else if ((d->flags & DATE_FROM_PUBLICATION) && a->published != DAY_NONE) {
        line_put(out, STR(" · published "), FACE_MESSAGE);
        put_day(out, a->published, FACE_MESSAGE);
    }
    if (d->other)
        line_printf(out, FACE_MESSAGE, " · read day first: %s", d->other);
}

/* "5 give the day, 2 a month or year, 1 another day · killed in 5, burned in 3 · Thomas Reiss" */
static void why_event(struct app *app, const struct thing *t, struct line *out)
{
    const struct links *links = dossier_links(app->dossier);
    if (t->event.v >= links->n_events)
        return;
    struct event_why w = event_why(dossier_articles(app->dossier), links, t->event);
    line_printf(out, FACE_MESSAGE, "%u statement%s of %s", w.same, w.same == 1 ? "" : "s",
                links->events[t->event.v].date);
    if (w.vaguer)
        line_printf(out, FACE_MESSAGE, ", %u less exact", w.vaguer);
    if (w.otherwise)
        line_printf(out, FACE_CONFLICT, ", %u of another day", w.otherwise);
    for (uint32_t i = 0; i < w.n_words; i++) {
        line_put(out, i ? STR(", ") : STR(" · they say "), FACE_MESSAGE);
        line_put_flat(
            out, str_at(dossier_article(app->dossier, w.words[i].article)->text, w.words[i].at),
            look_of(FACE_MESSAGE));
        if (w.same + w.vaguer + w.otherwise > 1)
            line_printf(out, FACE_MESSAGE, " (%u)", w.told[i]);
    }
    for (uint32_t i = 0; i < w.n_names; i++) {
        line_put(out, i ? STR(", ") : STR(" · of "), FACE_MESSAGE);
        line_put_flat(out, links->entities[w.names[i].v].name, look_of(FACE_MESSAGE));
    }
}

void card_why(struct app *app, const struct thing *t, struct line *out)
{
    switch ((enum thing_kind)t->kind) {
    case THING_ENTITY:
        why_mention(app, t, out);
        break;
    case THING_QUOTE:
        why_quote(app, t, out);
        break;
    case THING_DATE:
        why_date(app, t, out);
        break;
    case THING_EVENT:
        why_event(app, t, out);
        break;
    default:
        card_put(app, t, out);
        break;
    }
}
