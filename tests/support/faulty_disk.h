/* faulty_disk: the system calls that SQLite makes on its files, one of which fails, does half of
 * its work, or is the last thing that the process does. */
#ifndef TESTS_SUPPORT_FAULTY_DISK_H
#define TESTS_SUPPORT_FAULTY_DISK_H

#include <stdbool.h>

enum disk_fault {
    FAIL_ENOSPC, FAIL_EIO, FAIL_EINTR, FAIL_EACCES,
    DO_HALF,                         /* of a read or a write, which says so */
    DIE_BEFORE, DIE_HALF, DIE_AFTER, /* SIGKILL */
};

/* From here on SQLite's calls are stood in for, in this process and those forked from it: the n-th,
 * from 0, of those that open, read, write, cut or remove has this fault; the others are real. */
void faulty_disk(enum disk_fault fault, long n);
/* The calls are SQLite's own again; whether the n-th came. */
bool faulty_disk_end(void);

#endif
