/* assert_str: a str compared with what it should be; both are shown when they differ. */
#ifndef TESTS_SUPPORT_ASSERT_STR_H
#define TESTS_SUPPORT_ASSERT_STR_H

#include "core/base.h"

#define assert_str(s, expected)                                                                    \
    do {                                                                                           \
        struct str got_ = (s), want_ = str_of(expected);                                           \
        if (!str_eq(got_, want_))                                                                  \
            fail_msg("got \"%.*s\", expected \"%s\"", (int)got_.n, got_.p, want_.p);               \
    } while (0)

#endif
