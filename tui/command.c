/* The table is one expansion of commands.def; dispatch is an array access.  What a command needs
 * is a column, so that it is asked in one place: functions may take it for granted. */
#include "tui/command.h"

#include "core/text.h"
#include "tui/app.h"

#define G(name)
#define C(ID, fn, nm, ks, in, nd, arg, hlp)                                                        \
    [CMD_##ID] = {.name = nm, .keys = ks, .help = hlp, .contexts = in, .needs = nd,                \
                  .argument = arg, .function = fn},
const struct command_row command_table[COMMANDS] = {
#include "tui/commands.def"
};
#undef C
#undef G

/* The group of each command: a heading holds until the next. */
const char *command_group(enum command c)
{
    const char *group = "";
    enum command at = CMD_NONE;
#define G(name)                                                                                    \
    if (at < c)                                                                                    \
        group = name;
#define C(ID, ...) at = CMD_##ID;
#include "tui/commands.def"
#undef C
#undef G
    return group;
}

enum command command_find(struct str name)
{
    enum command found = CMD_NONE;
    for (int c = CMD_NONE + 1; c < COMMANDS; c++) {
        struct str n = str_of(command_table[c].name);
        if (str_eq(n, name))
            return (enum command)c;
        if (name.n && str_starts(n, name)) {
            if (found != CMD_NONE)
                found = COMMANDS; /* two of them */
            else
                found = (enum command)c;
        }
    }
    return found == COMMANDS ? CMD_NONE : found;
}

const char *command_lacks(struct app *app, enum command c)
{
    struct thing thing;
    switch ((enum needs)command_table[c].needs) {
    case NEEDS_NOTHING:
        return NULL;
    case NEEDS_ARTICLES:
        return dossier_articles(app->dossier)->n ? NULL : "There is no article";
    case NEEDS_TEXT:
        return app_article(app).v ? NULL : "No article is open";
    case NEEDS_ROW:
        return app_thing(app, &thing) ? NULL : "Nothing is selected";
    case NEEDS_THING:
        return app_thing(app, &thing) ? NULL
                                      : "There is nothing under the cursor: ]e goes to a name";
    case NEEDS_ENTITY:
        return app_entity(app, &thing) ? NULL : "No name is under the cursor: ]e goes to one";
    case NEEDS_LINKS:
        return dossier_links(app->dossier)->n_articles
                   ? NULL
                   : "Still reading: names and events come soon";
    case NEEDS_SELECTION:
        return app_selection(app, NULL) ? NULL : "Nothing is selected: v begins";
    }
    return NULL;
}

void command_run(struct app *app, const struct call *call)
{
    const char *lacks = command_lacks(app, call->command);
    if (lacks) {
        app_say(app, FACE_MESSAGE, "%s", lacks);
        return;
    }
    command_table[call->command].function(app, call);
    acts_notes(app);
}

/* `:12` goes to line 12. */
static bool run_number(struct app *app, struct str line)
{
    uint32_t n = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] < '0' || line.p[i] > '9' || n > 100000000)
            return false;
        n = n * 10 + (uint32_t)(line.p[i] - '0');
    }
    command_run(app, &(struct call){.command = CMD_GO_END, .count = n ? n : 1});
    return true;
}

/* The command of that name, when it may be called here with that argument. */
static enum command checked(struct app *app, struct str name, struct str argument)
{
    enum command c = str_eq(name, STR("q")) ? CMD_LEAVE : command_find(name);
    const struct command_row *row = &command_table[c];
    const char *wrong = NULL;
    if (c == CMD_NONE)
        return app_error(app, "There is no command '%.*s'", (int)name.n, name.p), CMD_NONE;
    if (row->argument == ARG_NONE && argument.n)
        wrong = "takes no argument";
    else if ((row->argument == ARG_TEXT || row->argument == ARG_LETTER) && !argument.n)
        wrong = "needs an argument";
    else if (!row->contexts)
        wrong = "belongs into the configuration file";
    else if (!(row->contexts & app_context(app)))
        wrong = "has no meaning in this pane";
    if (wrong)
        return app_error(app, "'%s' %s", row->name, wrong), CMD_NONE;
    return c;
}

void command_line(struct app *app, struct str line)
{
    line = str_trim(line);
    if (line.n == 0 || line.p[0] == '#' || run_number(app, line))
        return;
    size_t n = 0;
    while (n < line.n && line.p[n] != ' ' && line.p[n] != '\t')
        n++;
    struct str argument = str_trim(str_from(line.p + n, line.n - n));
    enum command c = checked(app, str_from(line.p, n), argument);
    if (c == CMD_NONE)
        return;
    struct call call = {.command = c, .argument = argument, .has_argument = argument.n > 0};
    const char *next;
    if (command_table[c].argument == ARG_LETTER)
        call.letter = utf8_decode(argument.p, &next);
    command_run(app, &call);
}
