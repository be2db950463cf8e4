#include "tests/support/memory_store.h"

#include <stdio.h>

struct memory_store {
    struct notes_store base;
    struct arena memory;
    VEC(struct note) notes;
    int64_t last;
    enum status fail;
    bool touched;
};

static enum status load(struct notes_store *base, void (*each)(void *ctx, const struct note *n), void *ctx)
{
    struct memory_store *s = (struct memory_store *)base;
    for (size_t i = 0; i < s->notes.n; i++)
        each(ctx, &s->notes.v[i]);
    s->touched = false;
    return OK;
}

static struct note *find(struct memory_store *s, const struct note *n)
{
    for (size_t i = 0; i < s->notes.n; i++)
        if (s->notes.v[i].id == n->id && s->notes.v[i].revision == n->revision)
            return &s->notes.v[i];
    return NULL;
}

static enum status write_notes(struct notes_store *base, struct note_change *v, size_t n)
{
    struct memory_store *s = (struct memory_store *)base;
    if (s->fail)
        return s->fail;
    for (size_t i = 0; i < n; i++)
        if (v[i].note->id && v[i].note->revision && !find(s, v[i].note))
            return ERR_ABSENT;
    for (size_t i = 0; i < n; i++) {
        struct note *x = v[i].note, *kept = x->id && x->revision ? find(s, x) : NULL;
        if (v[i].remove) {
            *kept = *vec_last(&s->notes);
            s->notes.n--;
            continue;
        }
        if (!x->uid[0])
            snprintf(x->uid, sizeof x->uid, "00000000-0000-4000-8000-%012u", (unsigned)s->last + 1);
        x->id = x->id ? x->id : ++s->last;
        x->revision++;
        x->created = x->created ? x->created : 1307059200 + s->last;
        x->changed = x->changed ? x->changed : 1307059200 + s->last;
        if (!kept)
            kept = vec_add(&s->notes);
        *kept = note_copy(&s->memory, x);
    }
    return OK;
}

static const char *why(struct notes_store *base)
{
    return ((struct memory_store *)base)->fail ? "Not saved: the memory is full" : NULL;
}

static bool writable(struct notes_store *base)
{
    (void)base;
    return true;
}

static bool changed(struct notes_store *base)
{
    return ((struct memory_store *)base)->touched;
}

static int fd(struct notes_store *base, int *wait_ms)
{
    (void)base;
    *wait_ms = -1;
    return -1;
}

static void rest(struct notes_store *base)
{
    (void)base;
}

static void close_store(struct notes_store *base)
{
    struct memory_store *s = (struct memory_store *)base;
    vec_free(&s->notes);
    arena_finish(&s->memory);
    free(s);
}

static const struct notes_store_ops ops = {load, write_notes, why, writable, changed, fd, rest, close_store};

struct notes_store *memory_store_open(void)
{
    struct memory_store *s = mem_zalloc(sizeof *s);
    s->base.ops = &ops;
    return &s->base;
}

void memory_store_fail(struct notes_store *s, enum status status)
{
    ((struct memory_store *)s)->fail = status;
}

void memory_store_touch(struct notes_store *s)
{
    ((struct memory_store *)s)->touched = true;
}
