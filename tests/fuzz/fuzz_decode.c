/* Charsets: the first byte chooses one, the rest is decoded by it. */
#include <stdlib.h>

#include "core/text.h"
#include "corpus/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {"",        "",        "utf-8",       "utf-16",
                                           "utf-32",  "latin1",  "windows-1251", "shift_jis",
                                           "gb18030", "euc-jp",  "iso-2022-jp", "big5-hkscs"};
    enum { LIMIT = 5000 };
    if (!size)
        return 0;
    struct arena a = {0};
    struct str bytes = str_from((const char *)data + 1, size - 1);
    struct decoded d = decode(&a, bytes, str_of(charsets[data[0] % COUNT_OF(charsets)]), LIMIT);
    bool valid = utf8_valid_prefix(d.text) == d.text.n;
    bool cr = d.text.n && memchr(d.text.p, '\r', d.text.n);
    if (!valid || cr || d.text.n > LIMIT || (d.bad != SIZE_MAX && d.bad > bytes.n))
        abort();
    decode_is_binary(bytes);
    arena_finish(&a);
    return 0;
}
