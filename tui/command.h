/* command: what a reader can do, as one table (commands.def), and the way to do it.
 *
 * A command comes from a key, from the `:` line or from the configuration file; in each case it
 * is a `struct call` given to command_run, which looks whether the command makes sense here and
 * has what it needs, says a sentence when not, and calls its function. */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include "tui/pane.h"

enum command {
    CMD_NONE = 0,
#define G(group)
#define C(ID, function, name, keys, contexts, needs, argument, help) CMD_##ID,
#include "tui/commands.def"
#undef C
#undef G
    COMMANDS
};

/* What must be there for a command to mean anything. */
enum needs {
    NEEDS_NOTHING = 0,
    NEEDS_ARTICLES,  /* at least one article */
    NEEDS_TEXT,      /* an article is open */
    NEEDS_ROW,       /* a row is selected */
    NEEDS_THING,     /* the cursor is on something */
    NEEDS_ENTITY,    /* the cursor is on a name, or on the same line as one */
    NEEDS_LINKS,     /* names and events have been linked */
    NEEDS_SELECTION, /* words are selected */
};

enum argument {
    ARG_NONE = 0,
    ARG_TEXT,     /* must have one: a key asks for it at the prompt */
    ARG_OPTIONAL,
    ARG_LETTER,   /* the next key */
};

struct call {
    enum command command;
    uint32_t count;    /* 0: none was typed */
    uint32_t letter;   /* of ARG_LETTER: a code point */
    bool has_argument; /* the argument was given, if only as an empty string */
    struct str argument;
};

struct command_row {
    const char *name, *keys, *help;
    unsigned contexts; /* enum context */
    uint8_t needs, argument;
    void (*function)(struct app *app, const struct call *call);
};

/* Row CMD_NONE is empty. */
extern const struct command_row command_table[COMMANDS];

/* By name, or by a beginning that only one name has; CMD_NONE when there is none, or several. */
enum command command_find(struct str name);

/* The heading it stands under in help. */
const char *command_group(enum command c);

/* Null when the command has what it needs now, else a sentence. */
const char *command_lacks(struct app *app, enum command c);

/* Runs it, or says on the message line what is missing. */
void command_run(struct app *app, const struct call *call);

/* One line of `:` commands, without the colon: "set layout bands", "5", "" (nothing), "# ...".
 * What is wrong with it is said as an error on the message line. */
void command_line(struct app *app, struct str line);

/* ---- the functions of the table ---- */

#define G(group)
#define C(ID, function, name, keys, contexts, needs, argument, help)                               \
    void function(struct app *app, const struct call *call);
#include "tui/commands.def"
#undef C
#undef G

#endif
