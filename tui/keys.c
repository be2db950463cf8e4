/* From keys to calls.  A key belongs to the prompt while it is open; else to the command that waits
 * for its letter; else it is a digit of a count or part of a sequence of the keymap.  Nothing here
 * waits: half a sequence is kept in app->pending until the next key. */
#include "tui/app.h"

#define COUNT_MAX 9999999u

/* ---- bindings ---- */

/* Calls `each` with every blank-parted word of `words`. */
static void each_word(const char *words, void (*each)(void *ctx, struct str word), void *ctx)
{
    for (const char *p = words; *p;) {
        size_t n = strcspn(p, " ");
        if (n)
            each(ctx, str_from(p, n));
        p += n + (p[n] == ' ');
    }
}

struct binding_of {
    struct keymap *keys;
    unsigned contexts;
    int action;
    const char *wrong;
};

static void bind_word(void *ctx, struct str word)
{
    struct binding_of *b = ctx;
    if (b->wrong)
        return;
    if (b->contexts == IN_ANY) {
        b->wrong = keymap_bind(b->keys, 0, word, b->action);
        return;
    }
    for (unsigned bit = 1; bit & IN_ANY && !b->wrong; bit <<= 1)
        if (b->contexts & bit)
            b->wrong = keymap_bind(b->keys, bit, word, b->action);
}

const char *keys_bind(struct keymap *keys, struct str sequence, unsigned contexts, int action)
{
    struct binding_of b = {keys, contexts, action, NULL};
    bind_word(&b, sequence);
    return b.wrong;
}

const char *keys_bind_table(struct keymap *keys)
{
    struct binding_of b = {.keys = keys};
    for (int c = CMD_NONE + 1; c < COMMANDS && !b.wrong; c++) {
        b.contexts = command_table[c].contexts;
        b.action = c;
        each_word(command_table[c].keys, bind_word, &b);
    }
    return b.wrong;
}

/* What other programs' hands expect, where it differs (`:set keys less`). */
static const struct {
    const char *style, *keys;
    enum command command;
} style_table[] = {
    {"less", "d", CMD_HALF_DOWN},        {"less", "u", CMD_HALF_UP},
    {"less", "f", CMD_PAGE_DOWN},        {"less", "y", CMD_LINE_UP},
    {"less", "e", CMD_LINE_DOWN},        {"less", "H", CMD_HELP},
    {"less", "&", CMD_FILTER},           {"less", "p", CMD_GO_PERCENT},
    {"newsboat", "n", CMD_UNREAD_NEXT},  {"newsboat", "p", CMD_UNREAD_PREVIOUS},
    {"newsboat", "N", CMD_MARK_UNREAD},  {"newsboat", "?", CMD_HELP},
    {"mutt", "?", CMD_HELP},             {"mutt", "l", CMD_FILTER},
    {"mutt", "i", CMD_OUT},              {"mutt", "-", CMD_PAGE_UP},
    {"mutt", "<Tab>", CMD_UNREAD_NEXT},  {"mutt", "N", CMD_MARK_UNREAD},
};

void app_keys_style(struct app *app)
{
    struct arena memory = {0};
    struct str style = setting_print(&app->settings, SETTING_KEYS, &memory);
    style = str_from(style.p + 5, style.n - 5); /* behind "keys " */
    keymap_close(app->keys);
    app->keys = keymap_open();
    keys_bind_table(app->keys);
    for (size_t i = 0; i < COUNT_OF(style_table); i++)
        if (str_eq(str_of(style_table[i].style), style)) {
            unsigned contexts = command_table[style_table[i].command].contexts;
            /* In the panes and not in a selection, whose keys are its own. */
            keys_bind(app->keys, str_of(style_table[i].keys), contexts & ~(unsigned)IN_SELECTION,
                      style_table[i].command);
        }
    arena_finish(&memory);
}

void app_keys_open(struct app *app)
{
    app->keys = keymap_open();
    keys_bind_table(app->keys);
}

void app_keys_close(struct app *app)
{
    keymap_close(app->keys);
    for (size_t i = 0; i < app->bound_lines.n; i++)
        free((char *)app->bound_lines.v[i].p);
    vec_free(&app->bound_lines);
}

/* ---- :bind ---- */

/* The first word of the argument, and what follows it. */
static struct str first_word(struct str s, struct str *rest)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '\t')
        n++;
    *rest = str_trim(str_from(s.p + n, s.n - n));
    return str_from(s.p, n);
}

void do_bind(struct app *app, const struct call *call)
{
    struct str line, keys = first_word(call->argument, &line), argument;
    struct str name = first_word(line, &argument);
    enum command c = command_find(name);
    if (c == CMD_NONE || !command_table[c].contexts) {
        app_error(app, name.n ? "There is no command '%.*s'" : "bind KEYS COMMAND%.*s", (int)name.n,
                  name.n ? name.p : "");
        return;
    }
    int action = c;
    if (argument.n) { /* a whole line: kept, and known by its number */
        char *copy = mem_alloc(line.n + 1);
        memcpy(copy, line.p, line.n);
        vec_push(&app->bound_lines, str_from(copy, line.n));
        action = COMMANDS + (int)app->bound_lines.n - 1;
    }
    const char *wrong = keys_bind(app->keys, keys, command_table[c].contexts, action);
    if (wrong)
        app_error(app, "%.*s: %s", (int)keys.n, keys.p, wrong);
}

void do_unbind(struct app *app, const struct call *call)
{
    const char *wrong = keymap_bind(app->keys, 0, call->argument, 0);
    for (unsigned bit = 1; !wrong && bit & IN_ANY; bit <<= 1)
        wrong = keymap_bind(app->keys, bit, call->argument, 0);
    if (wrong)
        app_error(app, "%.*s: %s", (int)call->argument.n, call->argument.p, wrong);
}

/* ---- a key ---- */

static void run_action(struct app *app, int action, uint32_t count)
{
    if (action >= COMMANDS) {
        command_line(app, app->bound_lines.v[action - COMMANDS]);
        return;
    }
    struct call call = {.command = (enum command)action, .count = count};
    const struct command_row *row = &command_table[action];
    if (row->argument == ARG_LETTER)
        app->wants_letter = call;
    else if (row->argument == ARG_TEXT)
        app_ask(app, call.command, row->name, STR(""));
    else
        command_run(app, &call);
}

static void forget_pending(struct app *app)
{
    app->n_pending = 0;
    app->count = 0;
}

static void sequence_key(struct app *app, uint32_t key)
{
    int action;
    if (app->n_pending == 0 && key >= (app->count ? '0' : '1') && key <= '9') {
        if (app->count <= COUNT_MAX / 10)
            app->count = app->count * 10 + (key - '0');
        return;
    }
    app->pending[app->n_pending++] = key;
    switch (keymap_find(app->keys, app_context(app), app->pending, app->n_pending, &action)) {
    case KEYMAP_PREFIX:
        if (app->n_pending < KEYMAP_KEYS)
            return;
        break;
    case KEYMAP_COMMAND: {
        uint32_t count = app->count;
        forget_pending(app);
        run_action(app, action, count);
        return;
    }
    case KEYMAP_NONE:
        break;
    }
    char text[KEYMAP_TEXT];
    keys_print(app->pending, app->n_pending, text);
    app_say(app, FACE_MESSAGE, "%s means nothing here: F1 or :help tells the keys", text);
    forget_pending(app);
}

static void resize(struct app *app)
{
    app->screen->ops->size(app->screen, &app->cols, &app->rows);
    frame_resize(app->frame, app->cols, app->rows);
    app->stale_layout = true;
}

void app_key(struct app *app, uint32_t key)
{
    if (key == K_RESIZE) {
        resize(app);
        return;
    }
    app->touched = true;
    if (app->asking.command) {
        app_ask_key(app, key);
        return;
    }
    app->message.set = false;
    if (key == K_PASTE_BEGIN || key == K_PASTE_END)
        app->pasting = key == K_PASTE_BEGIN; /* what is pasted is no command */
    else if (app->pasting)
        return;
    else if (app->wants_letter.command) {
        struct call call = app->wants_letter;
        app->wants_letter = (struct call){0};
        call.letter = key;
        if (key != 27 && key != 3)
            command_run(app, &call);
    } else {
        sequence_key(app, key);
    }
}
