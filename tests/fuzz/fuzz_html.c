/* Saved pages. */
#include "tests/support/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_reading(read_html, "page.html", data, size);
    return 0;
}
