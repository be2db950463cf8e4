/* Help, made from the live bindings: what is bound now, under the headings of the command table,
 * and the settings as they are.  Enter runs the command, or asks for another value.  What lacks
 * something at the moment is dimmed. */
#include "tui/app.h"
#include "tui/panes.h"

#define KEYS_COLS 22
#define NAME_COLS 20
#define WIDE_COLS 90

/* Row a is a command, or COMMANDS and a setting; a heading's is the first under it. */
static bool fill(struct list *l, struct app *app, unsigned changed)
{
    const char *group = "";
    (void)app;
    if (changed)
        return changed & PANE_REFILL;
    for (int c = CMD_NONE + 1; c < COMMANDS; c++) {
        if (strcmp(command_group((enum command)c), group) != 0) {
            group = command_group((enum command)c);
            vec_push(&l->rows, ((struct list_row){0, (uint32_t)c, 0}));
        }
        vec_push(&l->rows, ((struct list_row){(uint64_t)c, (uint32_t)c, 0}));
    }
    vec_push(&l->rows, ((struct list_row){0, COMMANDS, 0}));
    for (uint32_t i = 0; i < SETTINGS; i++)
        vec_push(&l->rows, ((struct list_row){COMMANDS + i, COMMANDS + i, 0}));
    return true;
}

/* Every sequence bound to the command, each once, however many panes know it. */
static void put_keys(struct app *app, int command, struct line *out)
{
    char text[KEYMAP_TEXT], said[KEYS_COLS * 4] = " ";
    size_t n = 1;
    for (unsigned bit = 0;; bit = bit ? bit << 1 : 1) {
        int bound;
        for (size_t at = 0; keymap_each(app->keys, bit, &at, &bound, text);) {
            char word[KEYMAP_TEXT + 2];
            int len = snprintf(word, sizeof word, " %s ", text);
            if (bound != command || strstr(said, word) || n + (size_t)len >= sizeof said)
                continue;
            memcpy(said + n, word + 1, (size_t)len);
            n += (size_t)len - 1;
        }
        if (bit & ~(unsigned)IN_ANY)
            break;
    }
    line_cell(out, str_from(said + 1, n > 1 ? n - 2 : 0), KEYS_COLS - 1, FACE_KEY);
    line_put(out, STR(" "), FACE_TEXT);
}

static void setting_line(struct app *app, const struct list_row *row, struct line *out)
{
    struct arena memory = {0};
    if (row->key == 0) {
        line_put(out, STR("Settings"), FACE_HEADLINE);
        return;
    }
    enum setting which = (enum setting)(row->a - COMMANDS);
    line_put(out, STR(" "), FACE_TEXT);
    line_cell(out, setting_print(&app->settings, which, &memory), KEYS_COLS - 1, FACE_KEY);
    line_put(out, STR(" "), FACE_TEXT);
    line_put(out, str_of(setting_table[which].help), FACE_TEXT);
    arena_finish(&memory);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    if (row->a >= COMMANDS) {
        setting_line(app, row, out);
        return;
    }
    const struct command_row *c = &command_table[row->a];
    if (row->key == 0) {
        line_put(out, str_of(command_group((enum command)row->a)), FACE_HEADLINE);
        return;
    }
    line_put(out, STR(" "), FACE_TEXT);
    put_keys(app, (int)row->a, out);
    if (l->pane.at.cols >= WIDE_COLS)
        line_cell(out, str_of(c->name), NAME_COLS, FACE_TAG);
    line_put(out, str_of(c->help), FACE_TEXT);
    if (command_lacks(app, (enum command)row->a))
        line_flag(out, LOOK_DIM);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    (void)l, (void)app;
    line_put(out, STR("Help · q leaves · / searches · Enter runs"), FACE_TITLE);
}

static void open_row(struct list *l, struct app *app, const struct list_row *row)
{
    (void)l;
    uint32_t what = row->a; /* the row goes with the view */
    enum command c = (enum command)what;
    app_pop(app, SLOT_TEXT);
    if (what >= COMMANDS) {
        struct arena memory = {0};
        const char *name = setting_table[what - COMMANDS].name;
        app_ask(app, CMD_COMMAND_LINE, ":", arena_printf(&memory, "set %s ", name));
        arena_finish(&memory);
        return;
    }
    if (!(command_table[c].contexts & app_context(app)))
        app_say(app, FACE_MESSAGE, "'%s' has no meaning in this pane", command_table[c].name);
    else if (command_table[c].argument == ARG_NONE || command_table[c].argument == ARG_OPTIONAL)
        command_run(app, &(struct call){.command = c});
    else
        app_ask(app, CMD_COMMAND_LINE, ":", str_of(command_table[c].name));
}

static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    (void)l, (void)app;
    if (row->a >= COMMANDS) {
        const struct setting_row *s = &setting_table[row->a - COMMANDS];
        line_printf(out, FACE_CARD, ":set %s %s · %s", s->name, *s->choices ? s->choices : "NUMBER",
                    s->help);
        return true;
    }
    line_printf(out, FACE_CARD, ":%s · %s", command_table[row->a].name, command_table[row->a].help);
    return true;
}

static const struct list_source source = {
    .name = "Help",
    .context = IN_HELP,
    .fill = fill,
    .line = row_line,
    .title = title,
    .open = open_row,
    .card = card,
};

struct pane *help_open(struct app *app)
{
    return list_open(app, &source, NULL);
}

void help_show_settings(struct pane *p)
{
    list_select_key(list_of(p), COMMANDS);
}
