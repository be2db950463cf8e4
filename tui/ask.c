/* Asking: the prompt is open for the argument of one command, and what is typed so far already
 * moves the search.  On Enter the command is called with the argument; on cancel everything is
 * where it was. */
#include "tui/app.h"
#include "tui/noting.h"

#define HISTORY_LINES 200
#define NAMES_OFFERED 40

/* ---- completion ---- */

static void offer(struct candidates *out, struct str word, struct str have)
{
    if (str_starts(word, have))
        vec_push(&out->list, word);
}

static void offer_commands(struct candidates *out, struct str have)
{
    for (int c = CMD_NONE + 1; c < COMMANDS; c++)
        if (command_table[c].contexts)
            offer(out, str_of(command_table[c].name), have);
}

/* "a|b|c" with something before each. */
static void offer_choices(struct candidates *out, const char *choices, struct str have)
{
    for (const char *p = choices; *p;) {
        size_t n = strcspn(p, "|");
        offer(out, str_from(p, n), have);
        p += n + (p[n] == '|');
    }
}

static void offer_settings(struct candidates *out, struct str before, struct str have)
{
    for (int i = 0; i < SETTINGS; i++) {
        struct str name = str_of(setting_table[i].name);
        if (before.n == 0)
            offer(out, name, have);
        else if (str_eq(name, before))
            offer_choices(out, setting_table[i].choices, have);
    }
}

static void offer_names(struct app *app, struct candidates *out, struct str have)
{
    const struct links *l = dossier_links(app->dossier);
    for (uint32_t e = 1; e < l->n_entities && out->list.n < NAMES_OFFERED; e++)
        if (str_starts(l->entities[e].name,
                       have)) /* the links may be made anew before Tab is pressed again */
            vec_push(&out->list, arena_str(&out->arena, l->entities[e].name));
}

static void offer_argument(struct app *app, struct candidates *out, enum command c,
                           struct str before, struct str have)
{
    switch (c) {
    case CMD_SET:
        offer_settings(out, before, have);
        break;
    case CMD_SORT:
        for (int i = 0; i < SORTS; i++)
            offer(out, str_of(sort_name((enum sort)i)), have);
        break;
    case CMD_BIND:
        if (before.n)
            offer_commands(out, have);
        break;
    case CMD_FACE:
        for (int i = 0; i < FACES && before.n == 0; i++)
            offer(out, str_of(face_name((enum face)i)), have);
        break;
    case CMD_MENTIONS:
        offer_names(app, out, have);
        break;
    default:
        break;
    }
}

/* Where the word at the cursor begins: behind the last blank. */
static size_t word_begin(struct str text, size_t cursor)
{
    while (cursor > 0 && text.p[cursor - 1] != ' ')
        cursor--;
    return cursor;
}

static void complete_line(void *context, struct str text, size_t cursor, struct candidates *out)
{
    struct app *app = context;
    size_t begin = word_begin(text, cursor), name = 0;
    while (name < begin && text.p[name] != ' ')
        name++;
    struct str have = str_from(text.p + begin, cursor - begin);
    out->replaced = span_of(begin, cursor);
    if (begin == 0) {
        offer_commands(out, have);
        return;
    }
    enum command c = command_find(str_from(text.p, name));
    struct str before = str_trim(str_from(text.p + name, begin - name));
    if (c == CMD_MENTIONS) { /* names have blanks in them */
        out->replaced.begin = (uint32_t)name + 1;
        have = str_from(text.p + name + 1, cursor - name - 1);
    }
    offer_argument(app, out, c, before, have);
}

static void complete_sort(void *context, struct str text, size_t cursor, struct candidates *out)
{
    out->replaced = span_of(0, cursor);
    offer_argument(context, out, CMD_SORT, STR(""), str_from(text.p, cursor));
}

/* Fields, and the names of entities behind `entity:`. */
static void complete_query(void *context, struct str text, size_t cursor, struct candidates *out)
{
    static const char fields[] = "title:|outlet:|author:|entity:|date:|tag:|unread|note|AND|OR|NOT";
    struct app *app = context;
    size_t begin = word_begin(text, cursor);
    struct str have = str_from(text.p + begin, cursor - begin);
    out->replaced = span_of(begin, cursor);
    if (!str_starts(have, STR("entity:"))) {
        offer_choices(out, fields, have);
        return;
    }
    bool quoted = have.n > 7 && have.p[7] == '"';
    have = str_from(have.p + 7 + quoted, have.n - 7 - quoted);
    out->replaced.begin += 7;
    offer_names(app, out, have);
    for (size_t i = 0; i < out->list.n; i++)
        out->list.v[i] = arena_printf(&out->arena, "\"%.*s\"", (int)out->list.v[i].n,
                                      out->list.v[i].p);
}

static struct completer completer_for(struct app *app, enum command c)
{
    switch (c) {
    case CMD_COMMAND_LINE:
        return (struct completer){complete_line, app};
    case CMD_SORT:
        return (struct completer){complete_sort, app};
    case CMD_FILTER:
    case CMD_SEARCH_ALL:
        return (struct completer){complete_query, app};
    default:
        return (struct completer){NULL, NULL};
    }
}

/* ---- asking ---- */

static bool is_search(enum command c)
{
    return c == CMD_SEARCH || c == CMD_SEARCH_BACK;
}

void app_ask_open(struct app *app)
{
    app->prompt = prompt_open();
    app->command_history = history_open(HISTORY_LINES);
    app->search_history = history_open(HISTORY_LINES);
}

void app_ask_close(struct app *app)
{
    prompt_close(app->prompt);
    history_close(app->command_history);
    history_close(app->search_history);
}

void app_ask(struct app *app, enum command c, const char *label, struct str text)
{
    struct history *history = c == CMD_COMMAND_LINE ? app->command_history
                              : c == CMD_SORT || c == CMD_NOTE || c == CMD_EVENT ? NULL
                                                    : app->search_history;
    struct str shown = str_of(label);
    struct arena memory = {0};
    if (command_table[c].argument == ARG_TEXT)
        shown = arena_printf(&memory, "%s: ", label);
    app->asking = (struct call){.command = c, .count = app->asking.count};
    if (is_search(c)) {
        app->asked_at = app_here(app);
        struct pane *p = app_focused(app);
        p->ops->search(p, app, 0, false);
    }
    prompt_start(app->prompt, shown, text, history, completer_for(app, c));
    arena_finish(&memory);
}

/* What is typed so far moves the search, or is looked up. */
static void typed(struct app *app)
{
    struct pane *p = app_focused(app);
    struct str text = prompt_text(app->prompt);
    app->lookup_due |= app->asking.command == CMD_LOOKUP;
    app->noting.unsaved |= app->noting.set;
    if (!is_search(app->asking.command))
        return;
    if (text.n && app_search_for(app, text, app->asking.command == CMD_SEARCH_BACK, true))
        app_search_go(app, 1, true);
    else
        p->ops->search(p, app, 0, true);
}

static void finish(struct app *app, bool done)
{
    struct arena memory = {0};
    struct call call = app->asking;
    app->asking = (struct call){0};
    if (!done)
        app_lookup_due(app);
    app->lookup_due = false;
    app->stale_layout |= app->offering;
    app->offering = false;
    app->message.set = false;
    if (done) {
        call.argument = arena_str(&memory, prompt_text(app->prompt));
        call.has_argument = true;
        if (call.command == CMD_COMMAND_LINE)
            command_line(app, call.argument);
        else
            command_run(app, &call);
    } else if (call.command == CMD_NOTE || call.command == CMD_EVENT) {
        noting_cancel(app);
    } else if (call.command == CMD_LOOKUP) {
        app_lookup_cancelled(app);
    } else if (is_search(call.command)) {
        struct pane *p = app_focused(app);
        search_clear(&app->search);
        app->asked_at.article = NO_ARTICLE;
        p->ops->search(p, app, 0, true);
    }
    arena_finish(&memory);
}

void app_ask_key(struct app *app, uint32_t key)
{
    switch (prompt_key(app->prompt, key)) {
    case PROMPT_GOING:
        typed(app);
        break;
    case PROMPT_DONE:
        finish(app, true);
        break;
    case PROMPT_CANCELLED:
        finish(app, false);
        break;
    }
}

/* ---- drawing ---- */

/* What Tab found, over the row above the prompt, around the one that is in the text. */
static void draw_offers(struct app *app, struct rect at)
{
    size_t selected;
    const struct candidates *all = prompt_candidates(app->prompt, &selected);
    bool offering = all && all->list.n > 1;
    if (!offering && app->offering)
        app->stale_layout = true; /* what was under it is drawn again with the next frame */
    app->offering = offering;
    if (!offering || at.y == 0)
        return;
    struct line *l = &app->line;
    size_t from = selected == SIZE_MAX ? 0 : selected - selected % 8;
    line_clear(l);
    for (size_t i = from; i < all->list.n && i < from + 8; i++) {
        struct look look = {FACE_TAG, i == selected ? LOOK_CURSOR : 0};
        line_put(l, STR(" "), FACE_PROMPT);
        line_put_look(l, all->list.v[i], look);
    }
    line_right(l);
    line_printf(l, FACE_COUNT, "%zu", all->list.n);
    at.y--;
    line_draw(l, app->frame, at, 0, 0, look_of(FACE_PROMPT));
}

bool app_prompt_draw(struct app *app, struct rect at)
{
    if (!app->asking.command)
        return false;
    draw_offers(app, at);
    prompt_draw(app->prompt, app->frame, at, 0);
    return true;
}
