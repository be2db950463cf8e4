/* reading: what every fuzz driver of a reader asks of what comes out. */
#ifndef TESTS_SUPPORT_READING_H
#define TESTS_SUPPORT_READING_H

#include "corpus/reader.h"

/* Reads the bytes as a file of this name and ends the program when an article or an issue breaks
 * the contract of reader.h. */
void check_reading(void (*read)(const struct source *, const struct sink *), const char *path,
                   const uint8_t *data, size_t size);

#endif
