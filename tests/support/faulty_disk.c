/* SQLite lets its system calls be replaced by name (xSetSystemCall), so no preloaded library and no
 * file system of our own is needed. */
#include "tests/support/faulty_disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/base.h"

static struct {
    enum disk_fault fault;
    long left; /* calls until it happens; < 0: never */
    bool happened;
} plan = {.left = -1};

static bool now(void)
{
    bool it_is = plan.left == 0;
    plan.left -= plan.left >= 0;
    plan.happened |= it_is;
    return it_is;
}

static bool fails(void)
{
    static const int errors[] = {ENOSPC, EIO, EINTR, EACCES};
    if (plan.fault > FAIL_EACCES)
        return false;
    errno = errors[plan.fault];
    return true;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
}

static ssize_t faulty_pwrite(int fd, const void *p, size_t n, off64_t at)
{
    bool it_is = now();
    if (it_is && fails())
        return -1;
    if (it_is && plan.fault == DIE_BEFORE)
        die();
    size_t part = it_is && (plan.fault == DO_HALF || plan.fault == DIE_HALF) && n > 1 ? n / 2 : n;
    ssize_t done = pwrite64(fd, p, part, at);
    if (it_is && plan.fault >= DIE_HALF)
        die();
    return done;
}

static ssize_t faulty_write(int fd, const void *p, size_t n)
{
    bool it_is = now();
    if (it_is && fails())
        return -1;
    if (it_is && plan.fault == DIE_BEFORE)
        die();
    ssize_t done = write(fd, p, it_is && plan.fault == DO_HALF && n > 1 ? n / 2 : n);
    if (it_is && plan.fault >= DIE_HALF)
        die();
    return done;
}

static int after(bool it_is, int result)
{
    if (it_is && plan.fault >= DIE_HALF)
        die();
    return result;
}

static bool refused(bool it_is)
{
    if (it_is && plan.fault == DIE_BEFORE)
        die();
    return it_is && fails();
}

static int faulty_unlink(const char *path)
{
    bool it_is = now();
    return refused(it_is) ? -1 : after(it_is, unlink(path));
}

static int faulty_truncate(int fd, off64_t n)
{
    bool it_is = now();
    return refused(it_is) ? -1 : after(it_is, ftruncate64(fd, n));
}

static int faulty_open(const char *path, int flags, int mode)
{
    bool it_is = now();
    return refused(it_is) ? -1 : after(it_is, open(path, flags, mode));
}

static ssize_t faulty_pread(int fd, void *p, size_t n, off64_t at)
{
    bool it_is = now();
    if (refused(it_is))
        return -1;
    ssize_t done = pread64(fd, p, it_is && plan.fault == DO_HALF && n > 1 ? n / 2 : n, at);
    return after(it_is, 0) ? -1 : done;
}

static const struct {
    const char *name;
    sqlite3_syscall_ptr call;
} calls[] = {
    {"pwrite64", (sqlite3_syscall_ptr)faulty_pwrite}, {"pwrite", (sqlite3_syscall_ptr)faulty_pwrite},
    {"write", (sqlite3_syscall_ptr)faulty_write},     {"unlink", (sqlite3_syscall_ptr)faulty_unlink},
    {"ftruncate", (sqlite3_syscall_ptr)faulty_truncate}, {"open", (sqlite3_syscall_ptr)faulty_open},
    {"pread64", (sqlite3_syscall_ptr)faulty_pread},   {"pread", (sqlite3_syscall_ptr)faulty_pread},
};

static void stand_in(bool on)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    for (size_t i = 0; i < COUNT_OF(calls); i++)
        vfs->xSetSystemCall(vfs, calls[i].name, on ? calls[i].call : NULL);
}

void faulty_disk(enum disk_fault fault, long n)
{
    plan.fault = fault;
    plan.left = n;
    plan.happened = false;
    stand_in(true);
}

bool faulty_disk_end(void)
{
    stand_in(false);
    plan.left = -1;
    return plan.happened;
}
