/* Headers, Markdown, and the dates of a text. */
#include "tests/support/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_reading(read_text, "case/2003-02-14.txt", data, size);
    check_reading(read_text, "case.md", data, size);
    return 0;
}
