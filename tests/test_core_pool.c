/* pool: parts of one task are run once each, from inside a task too, with any number of threads. */
#include "core/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#define PARTS 1000

struct shared {
    struct pool *pool;
    uint32_t parts;
    atomic_uint runs[PARTS];
    atomic_uint inner;
    atomic_bool finished;
};

static void count_one(void *arg, uint32_t i)
{
    struct shared *s = arg;
    atomic_fetch_add(&s->runs[i], 1);
}

static void count_inner(void *arg, uint32_t i)
{
    struct shared *s = arg;
    atomic_fetch_add(&s->inner, i);
}

static void share_again(void *arg, uint32_t i)
{
    struct shared *s = arg;
    count_one(s, i);
    pool_share(s->pool, 3, count_inner, s);
}

static void assert_once(struct shared *s)
{
    for (uint32_t i = 0; i < PARTS; i++)
        assert_int_equal(s->runs[i], i < s->parts ? 1 : 0);
}

static void runs_each_part_once(void **state)
{
    (void)state;
    static const struct {
        unsigned threads; /* 0: no pool */
        uint32_t parts;
    } rows[] = {{0, 0}, {0, 5}, {1, 1}, {1, PARTS}, {2, 0}, {2, 1}, {2, PARTS}, {4, 3}, {4, PARTS}, {8, 2}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct shared s = {.parts = rows[i].parts};
        struct pool *p = rows[i].threads ? pool_open(rows[i].threads, false) : NULL;
        pool_share(p, s.parts, count_one, &s);
        assert_once(&s);
        pool_close(p);
    }
}

static void task_that_shares(void *arg, unsigned worker)
{
    (void)worker;
    struct shared *s = arg;
    pool_share(s->pool, s->parts, share_again, s);
    assert_once(s);
    atomic_store(&s->finished, true);
}

/* Every thread of the pool is in a task that shares: nobody waits for ever. */
static void tasks_share_at_once(void **state)
{
    (void)state;
    struct shared s[4] = {{.parts = 50}, {.parts = 1}, {.parts = PARTS}, {.parts = 7}};
    struct pool *p = pool_open(2, false);
    for (size_t i = 0; i < COUNT_OF(s); i++) {
        s[i].pool = p;
        pool_submit(p, task_that_shares, &s[i]);
    }
    pool_close(p);
    for (size_t i = 0; i < COUNT_OF(s); i++) {
        assert_true(s[i].finished);
        assert_int_equal(s[i].inner, s[i].parts * (0 + 1 + 2));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_each_part_once),
        cmocka_unit_test(tasks_share_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
