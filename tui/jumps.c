/* One array with a cursor, as in vi: going back the first time notes where one was, so that
 * coming forward again ends there. */
#include "tui/jumps.h"

static bool same(struct passage a, struct passage b)
{
    return a.article.v == b.article.v && a.at.begin == b.at.begin;
}

static void append(struct jumps *j, struct passage p)
{
    if (j->n == JUMPS_MAX) {
        memmove(&j->v[0], &j->v[1], (JUMPS_MAX - 1) * sizeof j->v[0]);
        j->n--;
        if (j->at > 0)
            j->at--;
    }
    j->v[j->n++] = p;
}

void jumps_push(struct jumps *j, struct passage here)
{
    if (here.article.v == 0)
        return;
    if (j->at < j->n)
        j->n = j->at + 1;
    if (j->n == 0 || !same(j->v[j->n - 1], here))
        append(j, here);
    j->at = j->n;
}

bool jumps_go(struct jumps *j, int n, struct passage here, struct passage *out)
{
    if (n < 0 && j->at == j->n && here.article.v && (j->n == 0 || !same(j->v[j->n - 1], here))) {
        append(j, here);
        j->at = j->n - 1;
    } else if (n < 0 && j->at == j->n && j->n > 0) {
        j->at = j->n - 1;
    }
    int64_t to = (int64_t)j->at + n;
    if (to < 0 || to >= (int64_t)j->n)
        return false;
    j->at = (uint32_t)to;
    *out = j->v[j->at];
    return true;
}

bool jumps_swap(struct jumps *j, struct passage here, struct passage *out)
{
    if (j->n == 0)
        return false;
    uint32_t last = j->at < j->n ? j->at : j->n - 1;
    struct passage to = j->v[last];
    if (here.article.v)
        j->v[last] = here;
    *out = to;
    return true;
}

struct passage *jumps_mark(struct jumps *j, uint32_t letter)
{
    return letter >= 'a' && letter <= 'z' ? &j->marks[letter - 'a'] : NULL;
}
