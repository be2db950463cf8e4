/* Any bytes as the file of notes and of what is kept of reading: opening, reading and adding end,
 * in rows or a sentence, and what is not ours is as it was. */
#include "corpus/store.h"

#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void see(void *ctx, const struct note *n)
{
    (void)ctx;
    if (utf8_valid_prefix(n->comment) != n->comment.n || utf8_valid_prefix(n->anchor.exact) != n->anchor.exact.n)
        abort();
}

static void see_fact(void *ctx, const struct fact_change *c, bool written)
{
    (void)ctx, (void)written;
    if (utf8_valid_prefix(c->fact.name) != c->fact.name.n || utf8_valid_prefix(c->fact.value) != c->fact.value.n)
        abort();
}

/* Before the notes are read, as a session does: nothing has been proven of the file yet. */
static void use_facts(struct notes_store *s)
{
    struct keep *k = keep_open(store_keep(s), STR("paths"), STR("me"));
    struct articles none = {0};
    keep_load(k, see_fact, NULL);
    keep_settle(k, &none, true);
    keep_put(k, &(struct fact_change){{KEEP_MINE, STR("mark"), STR("a"), STR("here")}, false});
    if (keep_flush(k, true) != OK && !keep_why(k))
        abort();
    keep_close(k);
}

/* A file of our own, made once: its bytes. */
static struct str whole_file(const char *path)
{
    static char bytes[65536];
    static size_t n;
    if (n)
        return str_from(bytes, n);
    struct notes_store *s = store_open(path, false);
    struct note note = {.comment = STR("a comment of some words"), .author = STR("me"), .path = STR("/case/a.txt")};
    for (int i = 0; i < 3; i++, note.id = 0, note.uid[0] = 0)
        s->ops->write(s, &(struct note_change){&note, false}, 1);
    use_facts(s);
    s->ops->close(s);
    FILE *f = fopen(path, "r");
    n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f)
        fclose(f);
    unlink(path);
    return str_from(bytes, n);
}

/* A file of our own with some of its bytes replaced, or the bytes themselves. */
static void put_file(const char *path, const uint8_t *data, size_t size)
{
    bool ours = size && data[0] & 1;
    struct str whole = ours ? whole_file(path) : str_from((const char *)data, size);
    FILE *f = fopen(path, "w");
    if (!f)
        abort();
    fwrite(whole.p, 1, whole.n, f);
    for (size_t i = 1; ours && i + 3 < size; i += 4) {
        fseek(f, (data[i] << 8 | data[i + 1]) % (40 << 10), SEEK_SET);
        fwrite(data + i + 2, 1, 2, f);
    }
    fclose(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[80];
    snprintf(path, sizeof path, "%s/dossier-fuzz-%d.db", access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm", (int)getpid());
    put_file(path, data, size);
    struct notes_store *s = store_open(path, false);
    use_facts(s);
    s->ops->load(s, see, NULL);
    struct note n = {.comment = STR("one more"), .author = STR("me")};
    enum status status = s->ops->write(s, &(struct note_change){&n, false}, 1);
    if (status != OK && status != ERR_ABSENT && !s->ops->why(s))
        abort();
    s->ops->close(s);
    unlink(path);
    return 0;
}
