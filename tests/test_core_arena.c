/* Memory and what is said in terms of it: arenas and their marks, vectors, text in the making; and
 * the search in what is sorted, held against looking at every item. */
#include "core/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define BIG 300000 /* more than any block an arena takes ahead */

static void test_arena_is_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 7, 16, 17, 1000, BIG, 1, 0};
    struct arena a = {0};
    unsigned char *v[COUNT_OF(sizes)];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        v[i] = arena_alloc(&a, sizes[i]);
        assert_non_null(v[i]);
        assert_int_equal((uintptr_t)v[i] % alignof(max_align_t), 0);
        memset(v[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(v[i][k], i + 1);
    arena_finish(&a);
    assert_int_equal(a.total_bytes, 0);
}

static void test_release_keeps_what_was_before(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str kept = arena_str(&a, STR("kept"));
    size_t before = a.total_bytes;
    for (size_t bytes = 1; bytes <= BIG; bytes *= 10) {
        struct arena_mark mark = arena_mark(&a);
        memset(arena_alloc(&a, bytes), 'x', bytes);
        arena_release(&a, mark);
        assert_int_equal(a.total_bytes, before);
        assert_true(str_eq(kept, STR("kept")));
    }
    struct arena_mark nothing = {0};
    arena_release(&a, nothing);
    assert_null(a.last);
    arena_finish(&a);
}

/* Else a mark for each article, at the end of a block, would be a call to the system for each. */
static void test_released_block_is_taken_again(void **state)
{
    (void)state;
    static const size_t sizes[] = {10, 600000, 900000}; /* behind one of a million, each in a block of its own */
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        memset(arena_alloc(&a, 1000000), 1, 1000000);
        struct arena_mark mark = arena_mark(&a);
        void *first = arena_alloc(&a, sizes[i]);
        for (int k = 0; k < 10; k++) {
            arena_release(&a, mark);
            void *p = arena_alloc(&a, sizes[i]);
            assert_ptr_equal(p, first);
            memset(p, 2, sizes[i]);
        }
        arena_finish(&a);
    }
}

static void test_what_is_cleared_is_clear(void **state)
{
    (void)state;
    static const char zeros[BIG];
    struct arena a = {0};
    for (size_t bytes = 1; bytes <= BIG; bytes *= 10) {
        struct arena_mark mark = arena_mark(&a);
        memset(arena_alloc(&a, bytes), 'x', bytes);
        arena_release(&a, mark);
        assert_memory_equal(arena_zalloc(&a, bytes), zeros, bytes);
        void *p = mem_zalloc(bytes);
        assert_memory_equal(p, zeros, bytes);
        free(p);
    }
    arena_finish(&a);
}

static void test_strings_end_in_a_nul(void **state)
{
    (void)state;
    struct arena a = {0};
    struct str empty = arena_str(&a, (struct str){0});
    assert_int_equal(empty.n, 0);
    assert_string_equal(empty.p, "");
    assert_string_equal(arena_str(&a, str_from("abcdef", 3)).p, "abc");
    struct str printed = arena_printf(&a, "%s %d", "page", 12);
    assert_int_equal(printed.n, 7);
    assert_string_equal(printed.p, "page 12");
    arena_finish(&a);
}

static void test_vectors_grow(void **state)
{
    (void)state;
    VEC(uint32_t) v = {0};
    for (uint32_t i = 0; i < 1000; i++)
        vec_push(&v, i);
    assert_int_equal(*vec_add(&v), 0);
    assert_int_equal(vec_pop(&v), 0);
    vec_trim(&v);
    assert_int_equal(v.cap, 1000);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(v.v[i], i);
    assert_int_equal(*vec_last(&v), 999);
    vec_free(&v);
    assert_null(v.v);
    assert_int_equal(v.n + v.cap, 0);
}

static void test_append(void **state)
{
    (void)state;
    static const uint32_t items[] = {5, 6, 7};
    VEC(uint32_t) v = {0};
    vec_append(&v, (const uint32_t *)NULL, 0);
    assert_int_equal(v.n, 0);
    for (uint32_t times = 1; times <= 200; times++) {
        vec_append(&v, items, times % 4);
        for (uint32_t k = 0; k < times % 4; k++)
            assert_int_equal(v.v[v.n - times % 4 + k], items[k]);
    }
    assert_int_equal(v.n, 50 * (1 + 2 + 3));
    vec_free(&v);
}

static void test_bytes(void **state)
{
    (void)state;
    byte_vec b = {0};
    assert_int_equal(bytes_str(&b).n, 0);
    bytes_put(&b, (struct str){0});
    bytes_put(&b, STR("lamp"));
    bytes_put(&b, STR(" house"));
    assert_true(str_eq(bytes_str(&b), STR("lamp house")));
    bytes_set(&b, STR("pier"));
    assert_true(str_eq(bytes_str(&b), STR("pier")));
    vec_free(&b);
}

/* Every search in every run of up to 20 items, each 0 to 3 above the one before. */
static void test_bisect_is_looking_at_all(void **state)
{
    (void)state;
    uint32_t v[20], seed = 1;
    for (uint32_t n = 0; n <= COUNT_OF(v); n++) {
        for (uint32_t k = 0, last = 0; k < n; k++) {
            seed = seed * 1664525u + 1013904223u;
            v[k] = last += seed >> 24 & 1 ? seed >> 25 & 3 : 0;
        }
        for (uint32_t want = 0; want < 64; want++) {
            uint32_t i, first = 0;
            while (first < n && v[first] < want)
                first++;
            BISECT(i, 0, n, v[i] < want);
            assert_int_equal(i, first);
        }
    }
    uint32_t i;
    BISECT(i, 7, 3, true); /* an empty range: its beginning */
    assert_int_equal(i, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena_is_aligned_and_apart), cmocka_unit_test(test_release_keeps_what_was_before),
        cmocka_unit_test(test_strings_end_in_a_nul),       cmocka_unit_test(test_vectors_grow),
        cmocka_unit_test(test_append),                     cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_bisect_is_looking_at_all),   cmocka_unit_test(test_released_block_is_taken_again),
        cmocka_unit_test(test_what_is_cleared_is_clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
