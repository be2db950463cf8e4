/* The program: a question from the shell, or the reader on a terminal. */
#include "corpus/note_reader.h"
#include "tui/app.h"
#include "tui/cli.h"
#include "tui/headless.h"
#include "tui/rescue.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LARGE_BYTES (64 << 10)

static bool wants_colour(const struct options *o)
{
    const char *no = getenv("NO_COLOR");
    return o->color == COLOR_ALWAYS || (o->color == COLOR_AUTO && !(no && no[0]));
}

static void on_fault(int signal_number)
{
    rescue_terminal();
    raise(signal_number); /* SA_RESETHAND: it ends the program now, as it would have */
}

/* An assertion or a fault gives the terminal back; who has a handler already (a sanitizer) keeps
 * it. */
static void watch_faults(void)
{
    static const int faults[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGQUIT};
    struct sigaction act = {.sa_handler = on_fault, .sa_flags = SA_RESETHAND}, now;
    sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < COUNT_OF(faults); i++)
        if (sigaction(faults[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL)
            sigaction(faults[i], &act, NULL);
}

/* Standard input holds the article: the keys come from the terminal itself (screen.h). */
static int read_on(const struct options *o, struct config *config)
{
    struct theme *theme = theme_open();
    const char *why = "";
    int status = EXIT_TROUBLE;
    if (!wants_colour(o))
        theme_choose(theme, STR("none"));
    struct feed *feed =
        feed_open(o, config, &(struct dossier_options){.jobs = o->jobs, .reader = true});
    struct screen *screen = screen_curses_open(theme, &why);
    if (screen) {
        mem_on_exhaustion(rescue_terminal);
        watch_faults();
        char *folder = state_folder();
        struct notes_store *store = notes_store_for(o, true);
        struct notes *notes = notes_for(store);
        struct keep *keep = keep_for(store, o);
        struct app_setup setup = {
            .dossier = feed_dossier(feed), .screen = screen, .theme = theme, .config = config,
            .keep = keep, .state_folder = folder, .notes = notes, .note_reader = &note_reader,
        };
        status = app_run(&setup);
        screen->ops->close(screen);
        if (keep_is_due(keep))
            headless_complain("Place and articles read are not kept. %s", keep_why(keep));
        keep_close(keep);
        notes_close(notes);
        if (store)
            store->ops->close(store);
        free(folder);
    } else {
        headless_complain("%s", why);
    }
    feed_close(feed);
    theme_close(theme);
    return status;
}

/* Where nothing that was named is there, the reader would open on nothing. */
static bool nothing_is_there(const struct options *o)
{
    for (size_t i = 0; i < o->paths.n; i++)
        if (strcmp(o->paths.v[i], "-") == 0 || access(o->paths.v[i], F_OK) == 0)
            return false;
    for (size_t i = 0; i < o->paths.n; i++)
        if (access(o->paths.v[i], F_OK) != 0)
            headless_complain("%s: %s", o->paths.v[i], strerror(errno));
    return o->paths.n > 0;
}

static int read_case(struct options *o)
{
    struct config config;
    if (nothing_is_there(o))
        return EXIT_TROUBLE;
    if (!isatty(STDOUT_FILENO)) {
        headless_complain("standard output is no terminal; ask a question instead: dossier --help");
        return EXIT_TROUBLE;
    }
    int status = cli_config(o, &config) ? read_on(o, &config) : EXIT_TROUBLE;
    config_finish(&config);
    return status;
}

int main(int argc, char **argv)
{
    /* Kept fixed: left alone it grows with what is freed, and large arrays then stay in the heap
     * when they are let go (a fifth of the memory after a large case is linked). */
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    setlocale(LC_ALL, "");
    glyph_init(strcmp(nl_langinfo(CODESET), "UTF-8") == 0);
    struct options o;
    int status = options_parse(argc, argv, &o);
    if (status < 0)
        status = o.command ? cli_run(&o) : read_case(&o);
    options_finish(&o);
    return status;
}
