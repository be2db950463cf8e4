#include "tests/support/gather.h"

#include "corpus/corpus.h"

static void note_progress(void *ctx, uint64_t done, uint64_t total)
{
    struct gathered *g = ctx;
    g->done = done;
    g->total = total;
}

static void note_flush(void *ctx)
{
    struct gathered *g = ctx;
    g->n_flushes++;
}

enum status gather_path(struct gathered *g, const char *path)
{
    const char *const paths[] = {path};
    struct corpus_options o = {
        .paths = paths, .n_paths = 1, .progress = note_progress, .flush = note_flush};
    struct sink to = gather_into(g);
    return corpus_read(&o, &to);
}
