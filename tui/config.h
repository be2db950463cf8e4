/* config: options, and the reader's file.
 *
 * The file is a list of `:` commands, one a line, with `#` comments.  It is read before anything
 * is opened, because its `filter` lines say how files become text; the other lines are run when
 * the session begins.  A mistake is told as `file:line: what`, and the rest still applies. */
#ifndef TUI_CONFIG_H
#define TUI_CONFIG_H

#include "core/arena.h"
#include "core/base.h"

/* ---- options ---- */

enum setting {
#define O(ID, ...) SETTING_##ID,
#include "tui/settings.def"
#undef O
    SETTINGS
};

struct settings {
    int v[SETTINGS];
};

struct setting_row {
    const char *name, *choices, *help;
    int least, most, initial;
};
extern const struct setting_row setting_table[SETTINGS];

void settings_init(struct settings *o);
/* "layout bands", "preview", "nopreview", "measure 72".  Null, or a sentence in `a`; *which gets
 * the option that was set, or SETTINGS when `text` only asks ("layout?"), which is answered in
 * *answer. */
const char *settings_set(struct settings *o, struct str text, struct arena *a, enum setting *which,
                        struct str *answer);
/* "layout bands" */
struct str setting_print(const struct settings *o, enum setting which, struct arena *a);

/* ---- the file ---- */

struct config_line {
    uint32_t number;
    struct str text;
};

/* `filter *.pdf pdftotext -layout %f -` */
struct config_filter {
    struct str pattern;
    const char *const *argv; /* NULL-terminated */
};

struct config {
    struct str path;
    VEC(struct config_line) lines;     /* for the session; filters taken out */
    VEC(struct config_filter) filters;
    VEC(struct str) errors;            /* "file:line: what" */
    struct arena memory;
};

/* Reads the file.  ERR_ABSENT: there is none; ERR_IO: errno says why; *out is to be finished in
 * every case. */
enum status config_read(struct config *out, const char *path);
void config_finish(struct config *c);

/* ~/.config/dossier/config, or where XDG_CONFIG_HOME says.  Malloced; null without a home. */
char *config_path(void);

struct app;
/* Runs the lines; what is wrong with them is appended to c->errors.  */
void config_apply(struct config *c, struct app *app);

#endif
