/* options: the command line.  `dossier [COMMAND] [OPTIONS] [ARGUMENTS] [PATH...]`.
 *
 * The grammar is one table of long options (getopt_long) and the table of headless commands,
 * which says how many arguments each takes before the paths. */
#ifndef TUI_OPTIONS_H
#define TUI_OPTIONS_H

#include "core/arena.h"
#include "core/base.h"

/* The version of shared contract that `--version` prints beside the program's. */
#define DOSSIER_VERSION  "0.1"
#define CONTRACT_VERSION "1"

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct options {
    const char *command;      /* null: the full-screen reader */
    const char *args[3];      /* what the command takes before the paths */
    int n_args;
    VEC(const char *) paths;  /* empty: the sample */
    bool json, quiet, no_config, with_text, has_today, struck;
    enum color_choice color;
    const char *config, *notes, *from, *to, *entity, *format, *from_file, *label, *comment,
        *charset;
    VEC(const char *) tags;
    int32_t today;
    unsigned jobs;
    long group, limit;        /* -1: not given */
    struct arena memory;      /* of names read by --files-from */
};

/* Fills *out from argv; on a mistake says so on standard error and returns the exit status to end
 * with, as it does after --help and --version; -1 to go on. */
int options_parse(int argc, char **argv, struct options *out);
void options_finish(struct options *o);

#endif
