/* One of the two front doors: it introduces the corpus to the core.  The feeding thread reads what
 * the command line names and hands it to the dossier; everything else asks the dossier. */
#include "tui/cli.h"

#include "core/pool.h"
#include "corpus/corpus.h"
#include "corpus/note_reader.h"
#include "corpus/store.h"
#include "tui/headless.h"
#include "tui/state.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

struct feed {
    struct dossier *dossier;
    const struct options *options;
    const char *sample[1]; /* the path of the sample case, where nothing is named */
    char sample_path[PATH_MAX];
    VEC(struct filter) filters;
    enum status status;
    pthread_t thread;
};

bool cli_config(const struct options *o, struct config *out)
{
    *out = (struct config){0};
    char *path = o->no_config ? NULL : o->config ? strdup(o->config) : config_path();
    enum status status = path ? config_read(out, path) : ERR_ABSENT;
    free(path);
    if (status == OK || (status == ERR_ABSENT && !o->config))
        return true;
    headless_complain("%s: %s", o->config ? o->config : "configuration", strerror(errno));
    return false;
}

/* Where the sample is: beside the build tree of a program that was not installed, else where it
 * was installed to. */
static const char *find_sample(struct feed *f)
{
#ifdef DOSSIER_SAMPLE
    const char *installed = DOSSIER_SAMPLE;
#else
    const char *installed = "/usr/local/share/dossier/sample";
#endif
    static const char beside[] = "../../corpus/sample"; /* of .build/VARIANT/ */
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - sizeof(beside));
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n > 0) {
        memcpy(path + n, beside, sizeof(beside));
        if (realpath(path, f->sample_path))
            return f->sample_path;
    }
    return installed;
}

static void on_article(void *ctx, const struct article *a)
{
    dossier_add(((struct feed *)ctx)->dossier, a);
}

static void on_issue(void *ctx, const struct issue *i)
{
    const struct feed *f = ctx;
    dossier_issue(f->dossier, i);
    if (f->options->command && !f->options->quiet)
        headless_complain("%.*s: %.*s", (int)i->path.n, i->path.p, (int)i->what.n, i->what.p);
}

static bool on_stop(void *ctx)
{
    return dossier_is_closing(((struct feed *)ctx)->dossier);
}

static void on_progress(void *ctx, uint64_t done, uint64_t total)
{
    dossier_progress_set(((struct feed *)ctx)->dossier, done, total);
}

static void on_flush(void *ctx)
{
    dossier_flush(((struct feed *)ctx)->dossier);
}

static void *feed_thread(void *arg)
{
    struct feed *f = arg;
    const struct options *o = f->options;
    if (!o->command)
        pool_stand_behind();
    bool sample = o->paths.n == 0;
    struct corpus_options c = {
        .paths = sample ? f->sample : (const char *const *)o->paths.v,
        .n_paths = sample ? 1 : o->paths.n,
        .charset = o->charset,
        .filters = f->filters.v,
        .n_filters = f->filters.n,
        .progress = on_progress,
        .flush = on_flush,
    };
    struct sink sink = {on_article, on_issue, on_stop, f};
    f->status = corpus_read(&c, &sink);
    dossier_end(f->dossier);
    return NULL;
}

struct feed *feed_open(const struct options *o, const struct config *config,
                       const struct dossier_options *how)
{
    struct feed *f = mem_alloc(sizeof(*f));
    *f = (struct feed){.options = o};
    for (size_t i = 0; i < config->filters.n; i++)
        vec_push(&f->filters, ((struct filter){config->filters.v[i].pattern,
                                               config->filters.v[i].argv}));
    f->sample[0] = find_sample(f);
    f->dossier = dossier_open(how);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before); /* signals are the main thread's */
    pthread_create(&f->thread, NULL, feed_thread, f);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return f;
}

struct dossier *feed_dossier(struct feed *f)
{
    return f->dossier;
}

bool feed_path_missing(const struct feed *f)
{
    return f->status == ERR_ABSENT;
}

void feed_close(struct feed *f)
{
    dossier_stop(f->dossier);
    pthread_join(f->thread, NULL);
    dossier_close(f->dossier);
    vec_free(&f->filters);
    free(f);
}

/* `text a.jsonl#3` with no path opens a.jsonl. */
static void open_named_article(struct options *o)
{
    struct str path = str_of(o->args[0]);
    struct stat st;
    size_t i = path.n;
    if (stat(path.p, &st) != 0) {
        while (i && path.p[i - 1] >= '0' && path.p[i - 1] <= '9')
            i--;
        if (i && i < path.n && path.p[i - 1] == '#')
            path.n = i - 1;
    }
    vec_push(&o->paths, arena_str(&o->memory, path).p);
}

struct notes_store *notes_store_for(const struct options *o, bool watch)
{
    char *path = o->notes ? strdup(o->notes) : store_default_path();
    struct notes_store *store = path ? store_open(path, watch) : NULL;
    free(path);
    return store;
}

struct notes *notes_for(struct notes_store *store)
{
    char *author = store_author(), *folder = getcwd(NULL, 0);
    struct notes *n = notes_open(store, str_of(author), str_of(folder));
    free(author);
    free(folder);
    return n;
}

/* The same whenever the same paths are named; empty for standard input. */
static struct str names_of(const struct options *o, struct arena *a)
{
    struct str names = STR("");
    for (size_t i = 0; i < o->paths.n; i++) {
        if (!strcmp(o->paths.v[i], "-"))
            return STR("");
        char *whole = realpath(o->paths.v[i], NULL);
        names = arena_printf(a, "%.*s%s\n", (int)names.n, names.p, whole ? whole : o->paths.v[i]);
        free(whole);
    }
    return names.n ? names : STR("sample");
}

struct keep *keep_for(struct notes_store *store, const struct options *o)
{
    struct arena memory = {0};
    char *reader = store_author();
    struct keep *k =
        keep_open(store ? store_keep(store) : NULL, names_of(o, &memory), str_of(reader));
    free(reader);
    arena_finish(&memory);
    return k;
}

/* Names are linked as the reader decided in the same case on the screen. */
static void decide(struct state *state, struct dossier *d)
{
    struct decisions all = state_decisions(state);
    dossier_decide(d, &all);
}

/* Waits for everything; under paths that are not known, which case it is turns out only then. */
static bool wait_linked(struct state *state, struct dossier *d)
{
    bool done = dossier_wait(d);
    if (done && state_settle(state, dossier_articles(d), true) & STATE_DECISIONS) {
        decide(state, d);
        done = dossier_wait(d);
    }
    return done;
}

/* The command, with the notes where it asks for them. */
static int run_with_notes(const struct headless_command *c, const struct options *o,
                          struct dossier *d, const struct state *state, struct notes_store *store)
{
    if (!(headless_needs(c, o) & NEED_NOTES))
        return headless_run(c, o, d, state, NULL, NULL);
    struct notes *notes = notes_for(store);
    notes_sync(notes, d);
    const char *warning = notes_warning(notes);
    if (warning && !o->quiet)
        headless_complain("%s", warning);
    int status = headless_run(c, o, d, state, notes, &note_reader);
    if (status <= EXIT_NOTHING && notes_status(notes) != OK)
        status = EXIT_PARTLY;
    notes_close(notes);
    return status;
}

static int answer(struct options *o, const struct config *config)
{
    const struct headless_command *c = headless_find(o->command);
    if (c->article_is_path && !o->paths.n)
        open_named_article(o);
    unsigned needs = headless_needs(c, o);
    struct dossier_options how = {
        .jobs = o->jobs,
        .no_find = !(needs & NEED_FIND),
        .no_links = !(needs & NEED_LINKS),
        .no_index = !(needs & NEED_INDEX),
        .has_today = o->has_today,
        .today = o->today,
    };
    struct feed *f = feed_open(o, config, &how);
    struct notes_store *store =
        needs & (NEED_LINKS | NEED_NOTES) ? notes_store_for(o, false) : NULL;
    struct keep *keep = keep_for(store, o);
    struct state state = {0};
    char *folder = state_folder();
    if (needs & NEED_LINKS)
        state_open(&state, keep, folder);
    if (state_has_decisions(&state))
        decide(&state, f->dossier);
    int status = EXIT_TROUBLE;
    bool done = wait_linked(&state, f->dossier), missing = feed_path_missing(f);
    if (done && (!missing || dossier_articles(f->dossier)->n)) {
        status = run_with_notes(c, o, f->dossier, &state, store);
        if (status <= EXIT_NOTHING && (missing || dossier_had_unreadable(f->dossier)))
            status = EXIT_PARTLY;
    }
    feed_close(f);
    state_finish(&state);
    keep_close(keep);
    if (store)
        store->ops->close(store);
    free(folder);
    return status;
}

int cli_run(struct options *o)
{
    struct config config;
    int status = cli_config(o, &config) ? answer(o, &config) : EXIT_TROUBLE;
    for (size_t i = 0; i < config.errors.n && !o->quiet; i++)
        headless_complain("%s", config.errors.v[i].p);
    config_finish(&config);
    return status;
}
