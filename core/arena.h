/* arena: bump memory that is let go all at once, and arrays that grow.
 *
 * Three lifetimes cover almost everything: the dossier (until close), the command (until the key
 * is served) and the frame (until drawn); each is an arena.  Running out of memory does not come
 * back from here: the hook is called (the reader restores the terminal and saves the notes in it)
 * and the program ends with a sentence on standard error. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/base.h"

struct arena_block;

struct arena {
    struct arena_block *last;
    struct arena_block *spare; /* let go last and kept for the next, or null */
    size_t total_bytes; /* handed out and not yet released, padding included */
};

struct arena_mark {
    struct arena_block *block;
    size_t used, total_bytes;
};

/* Zeroed memory is a ready arena.  `arena_finish` frees all blocks and leaves the arena ready for
 * use again. */
void arena_finish(struct arena *a);

/* `bytes` bytes aligned for any type; not cleared.  Zero bytes give a valid unique pointer. */
void *arena_alloc(struct arena *a, size_t bytes);
/* As above and cleared. */
void *arena_zalloc(struct arena *a, size_t bytes);
#define arena_new(a, type)      ((type *)arena_zalloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_zalloc((a), sizeof(type) * (n)))

/* A copy of `s`, with a NUL behind it that does not count. */
struct str arena_str(struct arena *a, struct str s);
/* printf into the arena, NUL-terminated as above. */
struct str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Everything allocated after the mark is let go by the release; one block of it is kept, so that a
 * mark and a release for each article do not ask the system for memory each time. */
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);

/* Malloc, calloc, aligned_alloc and realloc that do not return NULL: they call the hook and end the
 * program. */
void *mem_alloc(size_t bytes);
void *mem_zalloc(size_t bytes);
void *mem_aligned(size_t align, size_t bytes); /* a power of two; a multiple of it */
void *mem_grow(void *old, size_t bytes);
void mem_on_exhaustion(void (*hook)(void));

/* ---- growable arrays ----
 *
 *     VEC(struct span) spans = {0};
 *     vec_push(&spans, span_of(0, 5));
 *     for (size_t i = 0; i < spans.n; i++) use(spans.v[i]);
 *     vec_free(&spans);
 *
 * Items may move on growth; `vec_add` returns the place of one new zeroed item. */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }

#define vec_reserve(vec, want)                                                                     \
    ((vec)->cap - (vec)->n >= (want)                                                               \
         ? (void)0                                                                                 \
         : (void)((vec)->v =                                                                       \
                      vec_grow_((vec)->v, &(vec)->cap, (vec)->n + (want), sizeof(*(vec)->v))))
#define vec_push(vec, item) (vec_reserve(vec, 1), (void)((vec)->v[(vec)->n++] = (item)))
#define vec_add(vec)                                                                               \
    (vec_reserve(vec, 1), memset(&(vec)->v[(vec)->n], 0, sizeof(*(vec)->v)), &(vec)->v[(vec)->n++])
/* `count` items, none of the vector's own, behind the last; `items` may be null when there are
 * none. */
#define vec_append(vec, items, count)                                                              \
    ((vec)->v = vec_append_((vec)->v, &(vec)->n, &(vec)->cap, (items), (count), sizeof(*(vec)->v)))
#define vec_pop(vec)  ((vec)->v[--(vec)->n])
#define vec_clear(vec) ((vec)->n = 0)
#define vec_free(vec) (free((vec)->v), (vec)->v = NULL, (vec)->n = (vec)->cap = 0)
#define vec_last(vec) (&(vec)->v[(vec)->n - 1])
/* Gives back what growth has taken ahead: for arrays that stay. */
#define vec_trim(vec) ((vec)->v = vec_trim_((vec)->v, &(vec)->cap, (vec)->n, sizeof(*(vec)->v)))

void *vec_grow_(void *v, size_t *cap, size_t want, size_t item_bytes);
void *vec_append_(void *v, size_t *n, size_t *cap, const void *items, size_t count,
                  size_t item_bytes);
void *vec_trim_(void *v, size_t *cap, size_t n, size_t item_bytes);

/* ---- text in the making: bytes that grow, with no NUL behind them ---- */

typedef VEC(char) byte_vec;

static inline void bytes_put(byte_vec *to, struct str s)
{
    vec_append(to, s.p, s.n);
}

static inline void bytes_set(byte_vec *to, struct str s)
{
    vec_clear(to);
    bytes_put(to, s);
}

/* What was put so far; holds until the next change. */
static inline struct str bytes_str(const byte_vec *b)
{
    return str_from(b->v, b->n);
}

#include <stdlib.h>

#endif
