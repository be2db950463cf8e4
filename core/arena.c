/* Blocks double up to a ceiling, so that a small arena is one malloc and a large one does not
 * overshoot by more than BLOCK_MAX.  A request larger than a block gets one of its own. */
#include "core/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>

#ifndef ARENA_BLOCK_MIN
#define ARENA_BLOCK_MIN 1024
#endif
#define ARENA_BLOCK_MAX (1u << 20)

struct arena_block {
    struct arena_block *before;
    size_t used, size;
    alignas(max_align_t) char data[];
};

static void (*exhaustion_hook)(void);

void mem_on_exhaustion(void (*hook)(void))
{
    exhaustion_hook = hook;
}

static void *or_die(void *p)
{
    if (p)
        return p;
    if (exhaustion_hook)
        exhaustion_hook();
    fputs("dossier: out of memory\n", stderr);
    _Exit(2);
}

void *mem_alloc(size_t bytes)
{
    return or_die(malloc(bytes ? bytes : 1));
}

/* Cleared by writing and not by calloc: of memory that comes from the system as zeroed, each page
 * would be read first and written to later, as tables are, and to exchange a page that was read the
 * system stops all threads. */
void *mem_zalloc(size_t bytes)
{
    return memset(mem_alloc(bytes), 0, bytes);
}

void *mem_aligned(size_t align, size_t bytes)
{
    return or_die(aligned_alloc(align, bytes));
}

void *mem_grow(void *old, size_t bytes)
{
    return or_die(realloc(old, bytes ? bytes : 1));
}

void *vec_grow_(void *v, size_t *cap, size_t want, size_t item_bytes)
{
    if (want <= *cap)
        return v;
    size_t grown = *cap + *cap / 2;
    *cap = grown > want ? grown : want < 8 ? 8 : want;
    return mem_grow(v, *cap * item_bytes);
}

void *vec_append_(void *v, size_t *n, size_t *cap, const void *items, size_t count,
                  size_t item_bytes)
{
    v = vec_grow_(v, cap, *n + count, item_bytes);
    if (count)
        memcpy((char *)v + *n * item_bytes, items, count * item_bytes);
    *n += count;
    return v;
}

void *vec_trim_(void *v, size_t *cap, size_t n, size_t item_bytes)
{
    if (n == *cap)
        return v;
    *cap = n ? n : 1;
    return mem_grow(v, *cap * item_bytes);
}

static struct arena_block *add_block(struct arena *a, size_t bytes)
{
    struct arena_block *b = a->spare;
    if (b && b->size >= bytes) {
        a->spare = NULL;
    } else {
        size_t size = a->last ? a->last->size * 2 : ARENA_BLOCK_MIN;
        if (size > ARENA_BLOCK_MAX)
            size = ARENA_BLOCK_MAX;
        if (size < bytes)
            size = bytes;
        b = mem_alloc(sizeof(*b) + size);
        b->size = size;
    }
    b->before = a->last;
    b->used = 0;
    return a->last = b;
}

void *arena_alloc(struct arena *a, size_t bytes)
{
    const size_t align = alignof(max_align_t);
    bytes = (bytes + align - 1) & ~(align - 1);
    struct arena_block *b = a->last;
    if (!b || b->size - b->used < bytes)
        b = add_block(a, bytes);
    void *p = b->data + b->used;
    b->used += bytes;
    a->total_bytes += bytes;
    return p;
}

void *arena_zalloc(struct arena *a, size_t bytes)
{
    return memset(arena_alloc(a, bytes), 0, bytes);
}

struct str arena_str(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return str_from(p, s.n);
}

struct str arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return str_from(p, (size_t)n);
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->last, a->last ? a->last->used : 0, a->total_bytes};
}

void arena_release(struct arena *a, struct arena_mark mark)
{
    while (a->last != mark.block) {
        struct arena_block *b = a->last, *spare = a->spare;
        a->last = b->before;
        bool keep = b->size <= ARENA_BLOCK_MAX && (!spare || spare->size < b->size);
        a->spare = keep ? b : spare;
        free(keep ? spare : b);
    }
    if (a->last)
        a->last->used = mark.used;
    a->total_bytes = mark.total_bytes;
}

void arena_finish(struct arena *a)
{
    arena_release(a, (struct arena_mark){0});
    free(a->spare);
    a->spare = NULL;
}
