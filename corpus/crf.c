/* Learning by stochastic gradients, one run of tokens at a time.
 *
 * A step moves the weights towards the true labels of a run and away from what the weights
 * expect, which two sweeps over the run say.  A wrong label gets a bonus meanwhile, so the true
 * ones must win by a margin ("softmax-margin", Gimpel and Smith 2010): without it names are missed
 * rather than guessed.  Weights decay towards zero, by a scale common to all, and those at the end
 * of each of the later rounds are averaged.  Small steps and few rounds matter: four times the
 * step is 1 point of F1 worse.
 *
 * An averaged perceptron with the same features is 0.4 points worse within its own style and 0.5
 * in another, even as a sum of six.  All arithmetic is written out here,
 * exp too, because the last bits of a library's differ between processors. */
#include "corpus/crf.h"

enum { ROUNDS = 8, RUN_TOKENS_MAX = 512, STEPS_KEPT = 32 };

static const double rate = 0.02, decay = 1.5;
static const float margin = 3, settled = 0.002f;

struct lanes {
    float v[TAG_LANES];
};

struct run {
    uint32_t text, from, to;
};

/* A learner: weights as they are now, those of features to be multiplied by `scale`. */
struct learner {
    uint32_t n;
    struct lanes *row, *mean;
    float scale;
    float step[TAG_LABELS][TAG_LABELS];
    double step_mean[TAG_LABELS][TAG_LABELS];
    struct lanes to[TAG_LABELS],
        from[TAG_LABELS]; /* exp of the steps, by the one and the other end */
    struct lanes own[RUN_TOKENS_MAX], ahead[RUN_TOKENS_MAX],
        behind[RUN_TOKENS_MAX]; /* of the run at hand */
    VEC(struct run) runs;
    uint64_t random;
};

static void *zeroed(size_t bytes)
{
    return memset(mem_alloc(bytes), 0, bytes);
}

static bool may_follow(unsigned from, unsigned to)
{
    bool open = from && (label_part(from) == PART_BEGIN || label_part(from) == PART_INSIDE);
    bool goes_on = to && (label_part(to) == PART_INSIDE || label_part(to) == PART_LAST);
    return open ? goes_on && label_kind(from) == label_kind(to) : !goes_on;
}

/* e to the x; 0 far below. */
static float exp_of(float x)
{
    if (x < -30)
        return 0;
    float y = (x > 30 ? 30 : x) * 1.44269504f;
    int whole = (int)(y < 0 ? y - 0.5f : y + 0.5f);
    float f = (y - (float)whole) * 0.69314718f;
    float e = 1 + f * (1 + f * (0.5f + f * (0.16666667f + f * (0.041666667f + f * 0.0083333333f))));
    union { uint32_t bits; float power; } two = {(uint32_t)(127 + whole) << 23};
    return e * two.power;
}

/* ---- runs ---- */

bool crf_is_learnt(const struct labelled_text *t, size_t token)
{
    const struct tag_token *v = &t->window.tokens.v[token];
    return (v->flags & TOKEN_LOOKED) && !(t->capitals && !t->capitals[v->begin]);
}

size_t crf_run_end(const struct tag_window *w, size_t i)
{
    size_t e = i;
    while (e < w->tokens.n && (w->tokens.v[e].flags & TOKEN_LOOKED) &&
           (e == i || !(w->tokens.v[e].flags & TOKEN_LINE)))
        e++;
    return e;
}

static void gather_runs(struct learner *l, const struct labelled *set, int without)
{
    for (size_t x = 0; x < set->v.n; x++) {
        const struct labelled_text *t = &set->v.v[x];
        if ((int)t->fold == without)
            continue;
        for (size_t i = 0, e; i < t->window.tokens.n; i = e > i ? e : i + 1) {
            e = crf_run_end(&t->window, i);
            if (e > i && e - i <= RUN_TOKENS_MAX && crf_is_learnt(t, i))
                vec_push(&l->runs, ((struct run){(uint32_t)x, (uint32_t)i, (uint32_t)e}));
        }
    }
}

static uint32_t random_below(struct learner *l, uint32_t n)
{
    l->random = l->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((l->random >> 33) % n);
}

static void shuffle(struct learner *l)
{
    for (size_t i = l->runs.n; i > 1; i--) {
        size_t k = random_below(l, (uint32_t)i);
        struct run r = l->runs.v[i - 1];
        l->runs.v[i - 1] = l->runs.v[k];
        l->runs.v[k] = r;
    }
}

/* ---- the sweeps ---- */

static void exp_steps(struct learner *l)
{
    for (unsigned a = 0; a < TAG_LABELS; a++)
        for (unsigned b = 0; b < TAG_LABELS; b++)
            l->to[a].v[b] = l->from[b].v[a] = may_follow(a, b) ? exp_of(l->step[a][b]) : 0;
}

/* The exp of a token's own scores, the greatest 1. */
static void score_token(struct learner *l, const struct labelled_text *t, size_t i,
                        struct lanes *out)
{
    struct lanes s = {0};
    for (uint32_t k = t->starts.v[i]; k < t->starts.v[i + 1]; k++)
        for (int c = 0; c < TAG_LANES; c++)
            s.v[c] += l->row[t->features.v[k]].v[c];
    float most = -1e30f;
    for (unsigned c = 0; c < TAG_LABELS; c++) {
        s.v[c] = s.v[c] * l->scale + (c != t->gold[i] ? margin : 0);
        most = s.v[c] > most ? s.v[c] : most;
    }
    for (unsigned c = 0; c < TAG_LANES; c++)
        out->v[c] = c < TAG_LABELS ? exp_of(s.v[c] - most) : 0;
}

/* Brings the sum of the lanes to 1; false when there is nothing. */
static bool settle(struct lanes *s)
{
    float sum = 0;
    for (int c = 0; c < TAG_LABELS; c++)
        sum += s->v[c];
    for (int c = 0; c < TAG_LABELS; c++)
        s->v[c] /= sum;
    return sum > 1e-30f;
}

static void over_steps(const struct lanes step[TAG_LABELS], const struct lanes *v,
                       struct lanes *out)
{
    struct lanes s = {0};
    for (unsigned k = 0; k < TAG_LABELS; k++)
        for (int c = 0; c < TAG_LANES; c++)
            s.v[c] += v->v[k] * step[k].v[c];
    *out = s;
}

static void times(struct lanes *to, const struct lanes *by)
{
    for (int c = 0; c < TAG_LANES; c++)
        to->v[c] *= by->v[c];
}

static const struct lanes outside = {{1}};

/* What leads to each label and what follows on it; false when nothing is possible. */
static bool sweep(struct learner *l, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        over_steps(l->to, i ? &l->ahead[i - 1] : &outside, &l->ahead[i]);
        times(&l->ahead[i], &l->own[i]);
        ok = settle(&l->ahead[i]);
    }
    for (size_t i = n; i-- > 0 && ok;) {
        struct lanes next = outside;
        if (i + 1 < n)
            next = l->own[i + 1], times(&next, &l->behind[i + 1]);
        over_steps(l->from, &next, &l->behind[i]);
        ok = settle(&l->behind[i]);
    }
    return ok;
}

/* ---- the steps of learning ---- */

static void move_features(struct learner *l, const struct labelled_text *t, size_t i, size_t in_run,
                          float by)
{
    struct lanes p = l->ahead[in_run];
    times(&p, &l->behind[in_run]);
    settle(&p);
    for (int c = 0; c < TAG_LABELS; c++)
        p.v[c] = ((c == t->gold[i]) - p.v[c]) * by / l->scale;
    if (p.v[t->gold[i]] * l->scale < settled * by)
        return;
    for (uint32_t k = t->starts.v[i]; k < t->starts.v[i + 1]; k++)
        for (int c = 0; c < TAG_LANES; c++)
            l->row[t->features.v[k]].v[c] += p.v[c];
}

/* The steps to token i of a run of n, and that out of it. */
static void move_steps(struct learner *l, size_t i, size_t n, float by)
{
    const struct lanes *before = i ? &l->ahead[i - 1] : &outside;
    struct lanes next = outside, expected[TAG_LABELS];
    float sum = 0;
    if (i < n)
        next = l->own[i], times(&next, &l->behind[i]);
    for (unsigned a = 0; a < TAG_LABELS; a++)
        for (unsigned b = 0; b < TAG_LABELS; b++)
            sum += expected[a].v[b] = before->v[a] * l->to[a].v[b] * next.v[b];
    for (unsigned a = 0; a < TAG_LABELS; a++)
        for (unsigned b = 0; b < TAG_LABELS; b++)
            l->step[a][b] -= by / sum * expected[a].v[b];
}

static void learn_run(struct learner *l, const struct labelled_text *t, const struct run *r,
                      float by)
{
    size_t n = r->to - r->from;
    const uint8_t *gold = t->gold + r->from;
    for (size_t i = 0; i < n; i++)
        score_token(l, t, r->from + i, &l->own[i]);
    if (!sweep(l, n))
        return;
    for (size_t i = 0; i < n; i++)
        move_features(l, t, r->from + i, i, by);
    for (size_t i = 0; i <= n; i++) {
        move_steps(l, i, n, by);
        l->step[i ? gold[i - 1] : 0][i < n ? gold[i] : 0] += by;
    }
}

static void add_to_mean(struct learner *l)
{
    for (uint32_t f = 0; f < l->n; f++)
        for (int c = 0; c < TAG_LANES; c++)
            l->mean[f].v[c] += l->row[f].v[c] * l->scale;
    for (unsigned a = 0; a < TAG_LABELS; a++)
        for (unsigned b = 0; b < TAG_LABELS; b++)
            l->step_mean[a][b] += l->step[a][b];
}

static int32_t whole(double v)
{
    return (int32_t)(v < 0 ? v - 0.5 : v + 0.5);
}

static struct crf mean_of(const struct learner *l, int rounds)
{
    struct crf c = {.n = l->n, .row = zeroed(l->n * sizeof(*c.row))};
    for (uint32_t f = 0; f < l->n; f++)
        for (int k = 0; k < TAG_LABELS; k++)
            c.row[f][k] = whole(CRF_UNIT * (double)l->mean[f].v[k] / rounds);
    for (unsigned a = 0; a < TAG_LABELS; a++)
        for (unsigned b = 0; b < TAG_LABELS; b++)
            c.step[a][b] = whole(CRF_UNIT * l->step_mean[a][b] / rounds);
    return c;
}

struct crf crf_learn(const struct labelled *set, uint32_t n, int without, uint64_t seed)
{
    struct learner *l = zeroed(sizeof(*l));
    l->n = n, l->scale = 1, l->random = seed;
    l->row = zeroed(n * sizeof(*l->row)), l->mean = zeroed(n * sizeof(*l->mean));
    gather_runs(l, set, without);
    double shrink = decay / (double)l->runs.n;
    size_t now = 0;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(l);
        for (size_t i = 0; i < l->runs.n; i++, now++) {
            const struct run *r = &l->runs.v[i];
            double by = rate / (1 + shrink * rate * (double)now);
            if (now % STEPS_KEPT == 0)
                exp_steps(l);
            l->scale *= (float)(1 - by * shrink);
            learn_run(l, &set->v.v[r->text], r, (float)by);
        }
        if (round >= ROUNDS / 2)
            add_to_mean(l);
    }
    struct crf c = mean_of(l, ROUNDS - ROUNDS / 2);
    vec_free(&l->runs);
    free(l->row), free(l->mean), free(l);
    return c;
}

void crf_free(struct crf *c)
{
    free(c->row);
}

/* ---- labelling ---- */

struct lattice {
    int64_t score[RUN_TOKENS_MAX + 1][TAG_LABELS]; /* of the best way to each label */
    uint8_t back[RUN_TOKENS_MAX + 1][TAG_LABELS];
};

static void best_from(const struct crf *c, const int64_t *before, unsigned to, int64_t *score,
                      uint8_t *back)
{
    *score = INT64_MIN / 2;
    for (unsigned from = 0; from < TAG_LABELS; from++)
        if (may_follow(from, to) && before[from] + c->step[from][to] > *score)
            *score = before[from] + c->step[from][to], *back = (uint8_t)from;
}

static void label_run(const struct crf *c, struct labelled_text *t, size_t from, size_t to,
                      struct lattice *l)
{
    int64_t start[TAG_LABELS], end;
    const int64_t *before = start;
    for (unsigned k = 0; k < TAG_LABELS; k++)
        start[k] = k ? INT64_MIN / 4 : 0;
    for (size_t i = from; i < to; i++) {
        int64_t *now = l->score[i - from];
        for (unsigned label = 0; label < TAG_LABELS; label++)
            best_from(c, before, label, &now[label], &l->back[i - from][label]);
        for (uint32_t k = t->starts.v[i]; k < t->starts.v[i + 1]; k++)
            for (int label = 0; label < TAG_LABELS; label++)
                now[label] += c->row[t->features.v[k]][label];
        before = now;
    }
    uint8_t label = 0;
    best_from(c, before, 0, &end, &label);
    for (size_t i = to; i-- > from; label = l->back[i - from][label])
        t->window.labels.v[i] = label;
}

void crf_label(const struct crf *c, struct labelled_text *t)
{
    struct lattice *l = mem_alloc(sizeof(*l));
    for (size_t i = 0, e; i < t->window.tokens.n; i = e > i ? e : i + 1) {
        e = crf_run_end(&t->window, i);
        if (e > i && e - i <= RUN_TOKENS_MAX)
            label_run(c, t, i, e, l);
    }
    free(l);
}
