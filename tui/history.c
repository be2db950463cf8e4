/* Lines entered before.  A ring would save moving pointers; there are a few hundred of them. */
#include "tui/prompt.h"

struct history {
    VEC(struct str) lines; /* oldest first, each malloced */
    size_t most;
};

struct history *history_open(size_t most)
{
    struct history *h = mem_alloc(sizeof *h);
    *h = (struct history){.most = most ? most : 1};
    return h;
}

static void forget(struct history *h, size_t i)
{
    free((char *)(uintptr_t)h->lines.v[i].p);
    h->lines.n--;
    memmove(h->lines.v + i, h->lines.v + i + 1, (h->lines.n - i) * sizeof(struct str));
}

void history_close(struct history *h)
{
    if (!h)
        return;
    while (h->lines.n)
        forget(h, h->lines.n - 1);
    vec_free(&h->lines);
    free(h);
}

void history_add(struct history *h, struct str line)
{
    if (line.n == 0)
        return;
    char *copy = mem_alloc(line.n);
    memcpy(copy, line.p, line.n);
    line.p = copy;
    for (size_t i = 0; i < h->lines.n; i++)
        if (str_eq(h->lines.v[i], line)) {
            forget(h, i);
            break;
        }
    if (h->lines.n == h->most)
        forget(h, 0);
    vec_push(&h->lines, line);
}

size_t history_count(const struct history *h)
{
    return h->lines.n;
}

struct str history_at(const struct history *h, size_t i)
{
    return h->lines.v[h->lines.n - 1 - i];
}
