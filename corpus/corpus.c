/* One thread, one buffer: the walk runs a few names ahead of the reading, a file is read into
 * the buffer with read(2) and handed to its reader, and the buffer is used again for the next.
 * Files are never mapped: one that is truncated while it is open would end the program.
 *
 * Formats of lines are read in pieces, so that a file larger than the memory can be; all others
 * as a whole, up to the most that one article may hold. */
#include "corpus/corpus.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "corpus/decode.h"
#include "corpus/read_filter.h"
#include "corpus/walk.h"

enum {
    STEPS_A_FILE = 8,           /* names the walk goes ahead with each file that is read */
    HEAD_BYTES = 64 << 10,      /* what a reader is chosen by; most files are no larger */
    FIRST_FLUSH_MS = 2,
    LAST_FLUSH_MS = 256,
    FILTER_MS = 20000,
};
#ifndef PIECE_BYTES
#define PIECE_BYTES (4u << 20)  /* of a format of lines */
#endif
#ifndef LINE_BYTES_MAX
#define LINE_BYTES_MAX (4u * ARTICLE_BYTES_MAX) /* of one line of it */
#endif
/* UTF-16 has two bytes for a letter; a little more, so that the reader sees there is more. */
#define FILE_BYTES_MAX (2u * (uint64_t)ARTICLE_BYTES_MAX + 4096)

struct feed {
    const struct corpus_options *o;
    const struct sink *to;
    char *buffer;
    size_t n, cap;        /* bytes of the file at hand that are in the buffer */
    uint64_t done_bytes;  /* of files read */
    uint64_t offset;      /* of the buffer in the file */
    uint64_t lines;       /* that ended before it */
    uint32_t articles;    /* of this file so far */
    bool any;             /* an article has been handed on since the last flush */
    int64_t last_flush_ms, flush_after_ms;
};

/* ---- the sink in between ---- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The first articles are shown after two milliseconds, then after twice that, and so on. */
static void flush_when_due(struct feed *f)
{
    int64_t now = now_ms();
    if (!f->o->flush || !f->any || now - f->last_flush_ms < f->flush_after_ms)
        return;
    f->o->flush(f->to->ctx);
    f->any = false;
    f->last_flush_ms = now;
    if (f->flush_after_ms < LAST_FLUSH_MS)
        f->flush_after_ms *= 2;
}

static void pass_article(void *ctx, const struct article *a)
{
    struct feed *f = ctx;
    f->to->article(f->to->ctx, a);
    f->articles++;
    f->any = true;
    flush_when_due(f);
}

static void pass_issue(void *ctx, const struct issue *i)
{
    struct feed *f = ctx;
    f->to->issue(f->to->ctx, i);
}

static bool is_stopped(void *ctx)
{
    struct feed *f = ctx;
    return f->to->stop && f->to->stop(f->to->ctx);
}

static void tell_progress(struct feed *f, uint64_t done, const struct walk *w)
{
    uint64_t total = walk_bytes(w);
    if (f->o->progress)
        f->o->progress(f->to->ctx, done, total > done ? total : done);
}

/* ---- bytes ---- */

/* Standard input may stay silent for ever: it is asked in turns with whether to stop. */
static bool wait_for(struct feed *f, int fd)
{
    struct pollfd p = {fd, POLLIN, 0};
    for (;;) {
        int ready = poll(&p, 1, 100);
        if (is_stopped(f))
            return false;
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return true;
    }
}

/* Fills the buffer up to `want` bytes in all.  OK with fewer at the end of the file. */
static enum status fill(struct feed *f, int fd, uint64_t want)
{
    while (f->n < want) {
        if (f->n == f->cap) {
            f->cap = f->cap ? f->cap * 2 : HEAD_BYTES;
            f->buffer = mem_grow(f->buffer, f->cap);
        }
        size_t room = f->cap - f->n;
        if (room > want - f->n)
            room = (size_t)(want - f->n);
        if (fd == STDIN_FILENO && !wait_for(f, fd))
            return ERR_CANCELLED;
        ssize_t got = read(fd, f->buffer + f->n, room);
        if (got == 0)
            return OK;
        if (got < 0 && errno != EINTR)
            return ERR_IO;
        f->n += got > 0 ? (size_t)got : 0;
    }
    return OK;
}

static void make_room(struct feed *f, uint64_t bytes)
{
    if (bytes <= f->cap)
        return;
    f->cap = (size_t)bytes;
    f->buffer = mem_grow(f->buffer, f->cap);
}

/* ---- one file ---- */

struct input {
    const struct walk_entry *entry;
    const struct walk *walk;
    int fd;
    uint64_t file_bytes; /* 0: standard input */
};

static void fail(struct feed *f, struct str path, bool fatal, const char *what)
{
    source_issue(&(struct source){.path = path}, f->to, SIZE_MAX, fatal, "%s", what);
}

static void hand_over(struct feed *f, const struct input *in, const struct reader *r, size_t n,
                      bool more)
{
    struct sink inner = {pass_article, pass_issue, is_stopped, f};
    struct source s = {
        .path = in->entry->path,
        .bytes = str_from(f->buffer, n),
        .charset = str_of(f->o->charset),
        .offset = f->offset,
        .lines = f->lines,
        .before = f->articles,
        .more = more,
        .file_bytes = in->file_bytes ? in->file_bytes : f->offset + n,
    };
    r->read(&s, &inner);
}

/* Where the last line in the buffer ends; 0 when none does. */
static size_t whole_lines(const struct feed *f)
{
    const char *end = memrchr(f->buffer, '\n', f->n);
    return end ? (size_t)(end + 1 - f->buffer) : 0;
}

/* Forgets the first `n` bytes of the buffer. */
static void drop(struct feed *f, size_t n)
{
    const char *p = f->buffer, *end = f->buffer + n;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))))
        f->lines++, p++;
    f->offset += n;
    f->n -= n;
    memmove(f->buffer, f->buffer + n, f->n);
}

/* Passes over the rest of a line that is too long to be held. */
static enum status skip_line(struct feed *f, const struct input *in)
{
    source_issue(&(struct source){.path = in->entry->path, .offset = f->offset}, f->to, 0, true,
                 "a line longer than %u MB: left out", LINE_BYTES_MAX >> 20);
    for (;;) {
        const char *end = memchr(f->buffer, '\n', f->n);
        drop(f, end ? (size_t)(end + 1 - f->buffer) : f->n);
        enum status s = end ? OK : fill(f, in->fd, PIECE_BYTES);
        if (s != OK || end || !f->n)
            return s;
    }
}

/* Reads on until the buffer holds the end of a line, or of the file: *end is there.  *more:
 * there may be something behind. */
static enum status next_piece(struct feed *f, const struct input *in, size_t *end, bool *more)
{
    for (uint64_t want = PIECE_BYTES;; want *= 2) {
        enum status s = fill(f, in->fd, want);
        if (s != OK)
            return s;
        *more = f->n >= want;
        *end = *more ? whole_lines(f) : f->n;
        if (!*more || *end)
            return OK;
        if (want >= LINE_BYTES_MAX) {
            s = skip_line(f, in);
            if (s != OK)
                return s;
            want = PIECE_BYTES / 2;
        }
    }
}

static enum status read_in_pieces(struct feed *f, const struct input *in, const struct reader *r)
{
    for (bool more = true; more && !is_stopped(f);) {
        size_t end;
        enum status s = next_piece(f, in, &end, &more);
        if (s != OK)
            return s;
        if (end)
            hand_over(f, in, r, end, more);
        drop(f, end);
        tell_progress(f, f->done_bytes + f->offset, in->walk);
    }
    return OK;
}

static enum status read_whole(struct feed *f, const struct input *in, const struct reader *r)
{
    uint64_t most = r->bytes_max ? r->bytes_max : FILE_BYTES_MAX;
    uint64_t want = in->file_bytes && in->file_bytes < most ? in->file_bytes : most;
    if (in->file_bytes)
        make_room(f, want);
    enum status s = fill(f, in->fd, want);
    if (s == OK)
        hand_over(f, in, r, f->n, f->n == most);
    return s;
}

static enum status read_open(struct feed *f, const struct input *in)
{
    uint64_t first = in->file_bytes && in->file_bytes < HEAD_BYTES ? in->file_bytes : HEAD_BYTES;
    enum status s = fill(f, in->fd, first);
    if (s != OK)
        return s;
    struct str head = str_from(f->buffer, f->n), path = in->entry->path;
    if (!f->n) {
        fail(f, path, false, "the file is empty");
        return OK;
    }
    if (decode_is_binary(head)) {
        fail(f, path, true, "not text, and no filter takes it");
        return OK;
    }
    const struct reader *r = reader_for(path, head);
    bool bytewise = decode_mark_bytes(head) == 0 || (unsigned char)head.p[0] == 0xef;
    return r->by_lines && bytewise ? read_in_pieces(f, in, r) : read_whole(f, in, r);
}

static int open_input(struct input *in)
{
    if (str_eq(in->entry->path, STR("-"))) {
        in->fd = STDIN_FILENO;
        return 0;
    }
    /* Not blocking, in case a FIFO took the file's place since the walk saw it. */
    in->fd = open(in->entry->path.p, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat st;
    if (in->fd < 0 || fstat(in->fd, &st))
        return -1;
    in->file_bytes = (uint64_t)st.st_size;
    errno = ENOTSUP;
    return S_ISREG(st.st_mode) ? 0 : -1;
}

static void read_by_filter(struct feed *f, const struct walk_entry *e, const struct filter *filter)
{
    struct sink inner = {pass_article, pass_issue, is_stopped, f};
    read_filter(filter, e->path, e->bytes, f->o->filter_ms ? f->o->filter_ms : FILTER_MS, &inner);
}

static void read_directly(struct feed *f, const struct walk_entry *entry, const struct walk *w)
{
    struct input in = {.entry = entry, .walk = w, .fd = -1};
    if (open_input(&in) || read_open(f, &in) == ERR_IO)
        fail(f, entry->path, true, strerror(errno));
    if (in.fd > STDIN_FILENO)
        close(in.fd);
}

static void read_file(struct feed *f, const struct walk_entry *entry, const struct walk *w)
{
    enum { BUFFER_KEPT = 16 << 20 };
    const struct filter *filter = filter_for(f->o->filters, f->o->n_filters, entry->path);
    f->n = 0;
    f->offset = 0;
    f->lines = 0;
    f->articles = 0;
    if (filter)
        read_by_filter(f, entry, filter);
    else
        read_directly(f, entry, w);
    if (f->cap > BUFFER_KEPT) {
        free(f->buffer);
        f->buffer = NULL;
        f->cap = 0;
    }
    f->done_bytes += entry->bytes ? entry->bytes : f->offset;
    tell_progress(f, f->done_bytes, w);
}

enum status corpus_read(const struct corpus_options *o, const struct sink *to)
{
    struct feed f = {.o = o, .to = to, .last_flush_ms = now_ms(), .flush_after_ms = FIRST_FLUSH_MS};
    struct walk *w = walk_open(o->paths, o->n_paths, to);
    const struct walk_entry *found;
    while (!is_stopped(&f) && (found = walk_next(w))) {
        struct walk_entry entry = *found; /* the walk goes on below, and its array may move */
        for (int i = 0; i < STEPS_A_FILE && walk_step(w); i++)
            ;
        read_file(&f, &entry, w);
    }
    enum status s = walk_met_absent(w) ? ERR_ABSENT : OK;
    walk_close(w);
    free(f.buffer);
    return s;
}
