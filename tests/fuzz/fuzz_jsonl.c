/* JSON by lines and as a whole. */
#include "tests/support/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check_reading(read_jsonl, "case.jsonl", data, size);
    check_reading(read_json, "case.json", data, size);
    return 0;
}
