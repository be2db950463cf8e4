/* The store of notes: whose file it is and who may read it; and that nothing acknowledged is lost,
 * whatever fails on the way and whenever the process dies.
 *
 * CYCLES and WRITES make the long form (`make crash`). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "corpus/store.h"
#include "tests/support/faulty_disk.h"

struct place {
    char folder[48], file[80];
};

static int open_place(void **state)
{
    struct place *p = mem_zalloc(sizeof *p);
    /* A process that dies leaves what the system has: memory will do, and does not wait for a
     * disk. */
    strcpy(p->folder, "/dev/shm/dossier-store-XXXXXX");
    if (!mkdtemp(p->folder)) {
        strcpy(p->folder, "/tmp/dossier-store-XXXXXX");
        if (!mkdtemp(p->folder))
            return 1;
    }
    snprintf(p->file, sizeof p->file, "%s/a/notes.db", p->folder);
    *state = p;
    return 0;
}

static int close_place(void **state)
{
    struct place *p = *state;
    char line[160];
    snprintf(line, sizeof line, "chmod -R u+rwx %s; rm -rf %s", p->folder, p->folder);
    int status = system(line);
    free(p);
    return status;
}

static struct note note_saying(const char *comment)
{
    return (struct note){.key = {1, 2}, .published = 9000, .comment = str_of(comment), .author = STR("me"),
                         .label = 'k', .tags = STR("a b"), .path = STR("/case/a.txt"),
                         .anchor = {.at = {3, 8}, .exact = STR("words"), .before = STR("be"), .after = STR("af"),
                                    .rival = 7}};
}

static enum status add(struct notes_store *s, const char *comment)
{
    struct note n = note_saying(comment);
    return s->ops->write(s, &(struct note_change){&n, false}, 1);
}

/* ---- counting what is there ---- */

struct seen {
    uint32_t n;
    char last[64];
    bool *numbers; /* of comments that are numbers; may be null */
    size_t room;
};

static void see(void *ctx, const struct note *n)
{
    struct seen *s = ctx;
    s->n++;
    snprintf(s->last, sizeof s->last, "%.*s", (int)n->comment.n, n->comment.p);
    size_t number = strtoul(s->last, NULL, 10);
    if (s->numbers && number < s->room)
        s->numbers[number] = true;
}

static uint32_t count(const char *file)
{
    struct seen seen = {.n = 0};
    struct notes_store *s = store_open(file, false);
    s->ops->load(s, see, &seen);
    s->ops->close(s);
    return seen.n;
}

static void keep_all(void *ctx, const struct note *n)
{
    *(struct note *)ctx = *n;
    assert_true(str_eq(n->comment, STR("all of it")));
    assert_true(str_eq(n->tags, STR("a b")));
    assert_true(str_eq(n->anchor.exact, STR("words")));
    assert_true(str_eq(n->anchor.before, STR("be")));
    assert_true(str_eq(n->anchor.after, STR("af")));
    assert_true(str_eq(n->path, STR("/case/a.txt")));
}

static void a_note_comes_back(void **state)
{
    struct place *p = *state;
    struct notes_store *s = store_open(p->file, false);
    struct note back = {0};
    assert_int_equal(add(s, "all of it"), OK);
    s->ops->close(s);
    s = store_open(p->file, false);
    assert_int_equal(s->ops->load(s, keep_all, &back), OK);
    assert_true(back.key.hi == 1 && back.key.lo == 2 && back.published == 9000 && back.label == 'k');
    assert_true(back.anchor.at.begin == 3 && back.anchor.at.end == 8 && back.anchor.rival == 7);
    assert_true(back.created > 1600000000 && back.changed == back.created && back.revision == 1);
    assert_int_equal(strlen(back.uid), NOTE_UID_BYTES);
    s->ops->close(s);
}

/* ---- what is kept of reading ---- */

/* One fact of that name, of the case under "paths". */
static enum status keep_fact(struct notes_store *s, const char *name)
{
    struct keep_store *k = store_keep(s);
    struct keep_case c = {.articles = 1, .n = 1, .sketch = {{1, 2}}};
    struct fact_change change = {{KEEP_MINE, STR("mark"), str_of(name), STR("value")}, false};
    return k->ops->write(k, &c, STR("paths"), STR("me"), &change, 1, true);
}

static void see_fact(void *ctx, const struct fact *f)
{
    struct seen *s = ctx;
    s->n++;
    snprintf(s->last, sizeof s->last, "%.*s", (int)f->name.n, f->name.p);
    size_t number = strtoul(s->last, NULL, 10);
    if (s->numbers && number < s->room)
        s->numbers[number] = true;
}

static enum status read_facts(const char *file, struct seen *seen)
{
    struct notes_store *s = store_open(file, false);
    struct keep_store *k = store_keep(s);
    int64_t id;
    enum status status = k->ops->named(k, STR("paths"), &id);
    if (status == OK)
        status = k->ops->load(k, id, STR("me"), see_fact, seen);
    s->ops->close(s);
    return status;
}

static uint32_t count_facts(const char *file)
{
    struct seen seen = {.n = 0};
    read_facts(file, &seen);
    return seen.n;
}

static void facts_of_whom(void **state)
{
    struct place *p = *state;
    struct notes_store *s = store_open(p->file, false);
    struct keep_store *k = store_keep(s);
    struct keep_case c = {.articles = 9, .n = 2, .sketch = {{1, 2}, {3, 4}}};
    const struct fact_change v[] = {
        {{KEEP_OURS, STR("k"), STR("1"), STR("a")}, false},  {{KEEP_MINE, STR("k"), STR("2"), STR("b")}, false},
        {{KEEP_EVERYWHERE, STR("k"), STR("3"), STR("")}, false}, {{KEEP_MINE, STR("k"), STR("4"), STR("")}, false},
        {{KEEP_MINE, STR("k"), STR("4"), STR("")}, true},
    };
    int64_t id = 7;
    assert_int_equal(k->ops->named(k, STR("x"), &id), OK);
    assert_int_equal(id, 0);
    assert_int_equal(k->ops->write(k, &c, STR("x"), STR("me"), v, COUNT_OF(v), false), OK);
    assert_true(c.id > 0);
    assert_int_equal(k->ops->named(k, STR("x"), &id), OK);
    assert_int_equal(id, c.id);
    static const struct {
        bool mine, here;
        uint32_t n;
    } rows[] = {{true, true, 3}, {false, true, 1}, {true, false, 1}, {false, false, 0}};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct seen seen = {.n = 0};
        struct str reader = rows[i].mine ? STR("me") : STR("you");
        assert_int_equal(k->ops->load(k, rows[i].here ? id : id + 1, reader, see_fact, &seen), OK);
        assert_int_equal(seen.n, rows[i].n);
    }
    /* While another writes, one who is not patient is told so. */
    struct notes_store *other = store_open(p->file, false);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(p->file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(k->ops->write(k, &c, STR("x"), STR("me"), v, 1, false), ERR_LIMIT);
    sqlite3_close(db);
    assert_int_equal(k->ops->write(k, &c, STR("x"), STR("me"), v, 1, false), OK);
    other->ops->close(other);
    s->ops->close(s);
}

/* ---- who may read it ---- */

static unsigned mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void private_under_any_umask(void **state)
{
    struct place *p = *state;
    static const mode_t masks[] = {0, 022, 077, 0777};
    for (size_t i = 0; i < COUNT_OF(masks); i++) {
        char file[100], folder[90];
        snprintf(folder, sizeof folder, "%s/m%zu", p->folder, i);
        snprintf(file, sizeof file, "%s/notes.db", folder);
        mode_t before = umask(masks[i]);
        struct notes_store *s = store_open(file, false);
        enum status status = add(s, "x");
        s->ops->close(s);
        umask(before);
        assert_int_equal(status, OK);
        assert_int_equal(mode_of(file), 0600);
        assert_int_equal(mode_of(folder), 0700);
    }
}

static void nothing_is_made_to_look(void **state)
{
    struct place *p = *state;
    struct stat st;
    assert_int_equal(count(p->file), 0);
    assert_int_equal(stat(p->file, &st), -1);
}

/* ---- whose file it is ---- */

static void sql(const char *file, const char *what)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, what, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void put_file(const char *file, const char *bytes, size_t n)
{
    FILE *f = fopen(file, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static uint64_t hash_of(const char *file)
{
    FILE *f = fopen(file, "r");
    uint64_t h = 1;
    assert_non_null(f);
    for (int c; (c = getc(f)) != EOF;)
        h = h * 1099511628211u + (unsigned)c;
    fclose(f);
    return h;
}

/* Neither read nor written, and told apart from one that is merely empty. */
static void left_alone(const char *file)
{
    uint64_t before = hash_of(file);
    struct notes_store *s = store_open(file, false);
    assert_int_not_equal(add(s, "x"), OK);
    assert_int_not_equal(keep_fact(s, "x"), OK);
    assert_false(s->ops->writable(s));
    assert_non_null(s->ops->why(s));
    s->ops->close(s);
    assert_true(hash_of(file) == before);
}

static void of_another_program(void **state)
{
    struct place *p = *state;
    char file[100];
    snprintf(file, sizeof file, "%s/other.db", p->folder);
    sql(file, "CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('x');");
    left_alone(file);
    snprintf(file, sizeof file, "%s/text", p->folder);
    put_file(file, "these are my own notes, in a file of text\n", 42);
    left_alone(file);
    assert_int_equal(count(file), 0);
    snprintf(file, sizeof file, "%s/empty", p->folder);
    put_file(file, "", 0);
    struct notes_store *s = store_open(file, false);
    assert_int_equal(add(s, "x"), OK);
    s->ops->close(s);
    assert_int_equal(count(file), 1);
}

static void tampered_with(void **state)
{
    struct place *p = *state;
    struct notes_store *s = store_open(p->file, false);
    assert_int_equal(add(s, "x"), OK);
    s->ops->close(s);
    sql(p->file, "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;");
    left_alone(p->file);
}

static void of_a_newer_version(void **state)
{
    struct place *p = *state;
    struct notes_store *s = store_open(p->file, false);
    assert_int_equal(add(s, "x"), OK);
    s->ops->close(s);
    sql(p->file, "PRAGMA user_version=99; ALTER TABLE notes ADD COLUMN colour TEXT;");
    left_alone(p->file);
    assert_int_equal(count(p->file), 1);
}

/* One of the first version is copied, and then becomes one of this. */
static void of_an_older_version(void **state)
{
    struct place *p = *state;
    char backup[100];
    struct notes_store *s = store_open(p->file, false);
    assert_int_equal(add(s, "from before"), OK);
    s->ops->close(s);
    sql(p->file, "ALTER TABLE notes DROP COLUMN draft; DROP TABLE cases; DROP TABLE case_names;"
                 "DROP TABLE facts; DROP TABLE changes; PRAGMA user_version=1;");
    snprintf(backup, sizeof backup, "%s.v1.backup", p->file);
    s = store_open(p->file, false);
    assert_int_equal(add(s, "and now"), OK);
    s->ops->close(s);
    assert_int_equal(count(p->file), 2);
    assert_int_equal(mode_of(backup), 0600);
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(backup, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "SELECT draft FROM notes", NULL, NULL, NULL), SQLITE_ERROR);
    assert_int_equal(sqlite3_exec(db, "SELECT comment FROM notes", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* Bytes of the middle overwritten: what can be read is, and not a byte is written. */
static void damaged(void **state)
{
    struct place *p = *state;
    struct notes_store *s = store_open(p->file, false);
    char comment[3000];
    memset(comment, 'x', sizeof comment - 1);
    comment[sizeof comment - 1] = 0;
    for (int i = 0; i < 40; i++)
        assert_int_equal(add(s, comment), OK);
    s->ops->close(s);
    int fd = open(p->file, O_RDWR);
    assert_true(fd >= 0);
    memset(comment, 0xa5, sizeof comment);
    assert_int_equal(pwrite(fd, comment, 3000, 70000), 3000);
    close(fd);
    left_alone(p->file);
    struct seen seen = {.n = 0};
    s = store_open(p->file, false);
    assert_int_equal(s->ops->load(s, see, &seen), ERR_CORRUPT);
    s->ops->close(s);
    assert_true(seen.n < 40);
}

static void not_to_be_written(void **state)
{
    struct place *p = *state;
    char folder[100];
    struct notes_store *s = store_open(p->file, false);
    assert_int_equal(add(s, "x"), OK);
    s->ops->close(s);
    snprintf(folder, sizeof folder, "%s/a", p->folder);
    if (geteuid() == 0) {
        printf("root may write anywhere: skipped\n");
        return;
    }
    chmod(p->file, 0400);
    chmod(folder, 0500);
    assert_int_equal(count(p->file), 1);
    s = store_open(p->file, false);
    assert_int_not_equal(add(s, "y"), OK);
    s->ops->close(s);
}

/* ---- two and more sessions ---- */

static void noticed_without_asking(void **state)
{
    struct place *p = *state;
    struct notes_store *here = store_open(p->file, true), *there = store_open(p->file, false);
    struct seen seen = {.n = 0};
    int wait_ms;
    struct pollfd fd = {.fd = here->ops->fd(here, &wait_ms), .events = POLLIN};
    assert_int_equal(wait_ms, -1);
    assert_int_equal(here->ops->load(here, see, &seen), OK);
    assert_int_equal(poll(&fd, 1, 0), 0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(add(there, "x"), OK);
        assert_int_equal(poll(&fd, 1, 1000), 1);
        assert_true(here->ops->changed(here));
        assert_int_equal(here->ops->load(here, see, &seen), OK);
        assert_false(here->ops->changed(here));
    }
    assert_int_equal(seen.n, 1 + 2 + 3);
    assert_int_equal(add(here, "our own"), OK);
    assert_false(here->ops->changed(here));
    here->ops->close(here);
    there->ops->close(there);
}

static void a_stale_change_is_refused(void **state)
{
    struct place *p = *state;
    struct notes_store *here = store_open(p->file, false), *there = store_open(p->file, false);
    struct note n = note_saying("first");
    assert_int_equal(here->ops->write(here, &(struct note_change){&n, false}, 1), OK);
    struct note mine = n, theirs = n;
    theirs.comment = STR("theirs");
    mine.comment = STR("mine");
    assert_int_equal(there->ops->write(there, &(struct note_change){&theirs, false}, 1), OK);
    assert_int_equal(here->ops->write(here, &(struct note_change){&mine, false}, 1), ERR_ABSENT);
    assert_int_equal(here->ops->write(here, &(struct note_change){&mine, true}, 1), ERR_ABSENT);
    assert_int_equal(there->ops->write(there, &(struct note_change){&theirs, true}, 1), OK);
    assert_int_equal(count(p->file), 0);
    here->ops->close(here);
    there->ops->close(there);
}

static unsigned long wished(const char *name, unsigned long otherwise)
{
    const char *s = getenv(name);
    return s ? strtoul(s, NULL, 10) : otherwise;
}

static void write_many(const char *file, unsigned long from, unsigned long n)
{
    struct notes_store *s = store_open(file, false);
    for (unsigned long i = 0; i < n; i++) {
        char comment[24];
        snprintf(comment, sizeof comment, "%lu", from + i);
        if (add(s, comment) != OK) {
            fprintf(stderr, "writer: %s\n", s->ops->why(s));
            _exit(1);
        }
    }
    s->ops->close(s);
    _exit(0);
}

static void five_writers(void **state)
{
    struct place *p = *state;
    enum { WRITERS = 5 };
    unsigned long each = wished("WRITES", 12);
    pid_t pids[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            write_many(p->file, (unsigned long)i * each, each);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(count(p->file), WRITERS * each);
}

/* ---- system calls that fail ---- */

/* Each call of the way in turn fails in each way: what was acknowledged is there, what was there
 * stays, and what was not done is said. */
static void fail_each_call(struct place *p, enum status (*act)(struct notes_store *s, const char *what),
                           uint32_t (*count_them)(const char *file))
{
    unsigned acknowledged = 1, refused_ = 0, trials = 0;
    struct notes_store *s = store_open(p->file, false);
    assert_int_equal(act(s, "the first"), OK);
    s->ops->close(s);
    for (enum disk_fault f = FAIL_ENOSPC; f <= DO_HALF; f++) {
        for (long n = 0; n < 200; n++) {
            faulty_disk(f, n);
            s = store_open(p->file, false);
            char what[24];
            snprintf(what, sizeof what, "%u", trials);
            enum status status = act(s, what);
            bool happened = faulty_disk_end();
            acknowledged += status == OK;
            refused_ += status != OK;
            assert_true(status == OK || s->ops->why(s) != NULL);
            s->ops->close(s);
            trials++;
            uint32_t there = count_them(p->file);
            if (there < acknowledged || there > acknowledged + refused_)
                fail_msg("fault %d at call %ld: %u acknowledged, %u there", (int)f, n, acknowledged, there);
            if (!happened)
                break;
        }
    }
    printf("%u trials, %u refused with a sentence\n", trials, refused_);
    assert_true(refused_ > 10);
}

static void every_call_fails_once(void **state)
{
    fail_each_call(*state, add, count);
}

static void every_call_fails_once_for_facts(void **state)
{
    fail_each_call(*state, keep_fact, count_facts);
}

/* ---- dying ---- */

/* Writes notes and facts with rising numbers and tells each one through the pipe once both are
 * acknowledged. */
static void write_and_tell(const char *file, int pipe_fd, uint32_t from)
{
    struct notes_store *s = store_open(file, false);
    for (uint32_t i = from;; i++) {
        char comment[24];
        snprintf(comment, sizeof comment, "%u", i);
        if (keep_fact(s, comment) != OK || add(s, comment) != OK)
            _exit(1);
        if (write(pipe_fd, &i, sizeof i) != sizeof i)
            _exit(2);
    }
}

/* The number behind the last one acknowledged. */
static uint32_t run_and_kill(const char *file, uint32_t from, long after_us)
{
    int fds[2];
    uint32_t number, next = from;
    assert_int_equal(pipe(fds), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        write_and_tell(file, fds[1], from);
    }
    close(fds[1]);
    if (after_us >= 0) {
        nanosleep(&(struct timespec){0, after_us * 1000}, NULL);
        kill(pid, SIGKILL);
    }
    while (read(fds[0], &number, sizeof number) == sizeof number)
        next = number + 1;
    close(fds[0]);
    waitpid(pid, NULL, 0);
    return next;
}

/* All numbers below `next` are there; one more may be, that was written and not yet told. */
static uint32_t all_there(const char *file, uint32_t next)
{
    bool *numbers = mem_zalloc(next + 2), *facts = mem_zalloc(next + 2);
    struct seen seen = {.numbers = numbers, .room = next + 2}, kept = {.numbers = facts, .room = next + 2};
    assert_int_equal(read_facts(file, &kept), OK);
    struct notes_store *s = store_open(file, false);
    assert_int_equal(s->ops->load(s, see, &seen), OK);
    s->ops->close(s);
    for (uint32_t i = 0; i < next; i++)
        if (!numbers[i] || !facts[i])
            fail_msg("note %u or its fact was acknowledged and is gone", i);
    assert_true(seen.n <= next + 1);
    bool more = numbers[next];
    free(numbers);
    free(facts);
    return next + more;
}

static void killed_at_any_moment(void **state)
{
    struct place *p = *state;
    unsigned long cycles = wished("CYCLES", 25);
    uint32_t next = 0;
    srand(20110603);
    for (unsigned long i = 0; i < cycles; i++)
        next = all_there(p->file, run_and_kill(p->file, next, rand() % 10000));
    printf("%lu kills, %u notes acknowledged, none lost\n", cycles, next);
    assert_true(next > 0);
}

static void killed_at_every_call(void **state)
{
    struct place *p = *state;
    uint32_t next = 0, kills = 0;
    long step = wished("CYCLES", 25) >= 1000 ? 1 : 3;
    for (enum disk_fault f = DIE_BEFORE; f <= DIE_AFTER; f++)
        for (long n = 0; n < 120; n += step, kills++) {
            faulty_disk(f, n);
            uint32_t then = run_and_kill(p->file, next, -1);
            faulty_disk_end();
            next = all_there(p->file, then);
        }
    printf("%u kills, %u notes acknowledged, none lost\n", kills, next);
    assert_true(next > 0);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(a_note_comes_back),
        WITH(facts_of_whom),
        WITH(private_under_any_umask),
        WITH(nothing_is_made_to_look),
        WITH(of_another_program),
        WITH(tampered_with),
        WITH(of_a_newer_version),
        WITH(of_an_older_version),
        WITH(damaged),
        WITH(not_to_be_written),
        WITH(noticed_without_asking),
        WITH(a_stale_change_is_refused),
        WITH(five_writers),
        WITH(every_call_fails_once),
        WITH(every_call_fails_once_for_facts),
        WITH(killed_at_any_moment),
        WITH(killed_at_every_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
