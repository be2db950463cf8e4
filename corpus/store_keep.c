/* Facts of a case to rows and back (core/keep.h).  The names of a case and its sketch go with its
 * facts, in their transaction: a case without facts is not worth a write. */
#include "corpus/store_parts.h"

#include <stddef.h>
#include <time.h>

static struct store *of(struct keep_store *k)
{
    return (struct store *)(void *)((char *)k - offsetof(struct store, keep));
}

/* ---- reading ---- */

/* Ready to be stepped; null: there is no such table (yet), or it cannot be read. */
static sqlite3_stmt *ask(struct store *s, const char *sql)
{
    sqlite3_stmt *q = NULL;
    s->steps = 0;
    if (store_reach(s, false) != OK && s->state == STORE_WHOLE)
        return NULL;
    if (s->db && sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
        q = NULL;
    return q;
}

/* The answer to the last step: all rows were there, or not. */
static enum status read_whole(struct store *s, int code)
{
    return code == SQLITE_DONE ? OK : store_refused(s, code);
}

static const char case_named[] = "SELECT case_id FROM case_names WHERE name = ?1";

/* The case of the name that is asked for; 0: none.  SQLITE_DONE when it went well. */
static int64_t ask_name(sqlite3_stmt *q, struct str name, int *code)
{
    int64_t id = 0;
    sqlite3_bind_text64(q, 1, name.p, name.n, SQLITE_STATIC, SQLITE_UTF8);
    *code = sqlite3_step(q);
    if (*code == SQLITE_ROW) {
        id = sqlite3_column_int64(q, 0);
        *code = SQLITE_DONE;
    }
    sqlite3_finalize(q);
    return id;
}

static enum status named(struct keep_store *base, struct str name, int64_t *id)
{
    int code = SQLITE_DONE;
    sqlite3_stmt *q = ask(of(base), case_named);
    *id = q ? ask_name(q, name, &code) : 0;
    return read_whole(of(base), code);
}

static enum status cases(struct keep_store *base,
                         void (*each)(void *ctx, const struct keep_case *c), void *ctx)
{
    sqlite3_stmt *q =
        ask(of(base), "SELECT id, articles, sketch FROM cases ORDER BY used DESC, id DESC");
    int code = SQLITE_DONE;
    if (!q)
        return OK;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t articles = sqlite3_column_int64(q, 1);
        const char *sketch = sqlite3_column_blob(q, 2);
        int bytes = sqlite3_column_bytes(q, 2);
        struct keep_case c = {.id = sqlite3_column_int64(q, 0)};
        c.articles = articles > 0 && articles <= UINT32_MAX ? (uint32_t)articles : 0;
        for (int i = 0; i + 16 <= bytes && c.n < KEEP_SKETCH; i += 16)
            c.sketch[c.n++] = store_key(sketch + i);
        if (c.id > 0)
            each(ctx, &c);
    }
    sqlite3_finalize(q);
    return read_whole(of(base), code);
}

static enum keep_scope scope_of(sqlite3_stmt *q)
{
    if (sqlite3_column_int64(q, 0) == 0)
        return KEEP_EVERYWHERE;
    return sqlite3_column_bytes(q, 1) ? KEEP_MINE : KEEP_OURS;
}

static enum status load(struct keep_store *base, int64_t id, struct str reader,
                        void (*each)(void *ctx, const struct fact *f), void *ctx)
{
    struct store *s = of(base);
    struct arena scratch = {0};
    sqlite3_stmt *q = ask(s, "SELECT case_id, reader, kind, name, value FROM facts "
                             "WHERE case_id IN (0, ?1) AND reader IN ('', ?2) ORDER BY id");
    int code = SQLITE_DONE;
    if (!q)
        return s->state == STORE_DAMAGED ? ERR_CORRUPT : OK;
    store_count(s);
    s->facts.loaded = s->facts.now;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_text64(q, 2, reader.p, reader.n, SQLITE_STATIC, SQLITE_UTF8);
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        struct fact f = {scope_of(q), store_text(q, 2, &scratch), store_text(q, 3, &scratch),
                         store_text(q, 4, &scratch)};
        each(ctx, &f);
        arena_finish(&scratch);
    }
    sqlite3_finalize(q);
    return read_whole(s, code);
}

/* ---- writing ---- */

static void bind_text(sqlite3_stmt *q, int at, struct str s)
{
    sqlite3_bind_text64(q, at, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

/* Runs it once; SQLITE_OK when it is done. */
static int run(sqlite3_stmt *q)
{
    int code = sqlite3_step(q);
    sqlite3_reset(q);
    sqlite3_clear_bindings(q);
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_case(struct store *s, struct keep_case *c)
{
    static const char add[] = "INSERT INTO cases (used, articles, sketch) VALUES (?1, ?2, ?3)";
    static const char used[] = "UPDATE cases SET used = ?1 WHERE id = ?4";
    static const char all[] =
        "UPDATE cases SET used = ?1, articles = ?2, sketch = ?3 WHERE id = ?4";
    unsigned char sketch[KEEP_SKETCH * 16];
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(s->db, !c->id ? add : c->n ? all : used, -1, &q, NULL);
    if (code != SQLITE_OK)
        return code;
    for (uint32_t i = 0; i < c->n; i++)
        store_key_put(sketch + 16 * i, c->sketch[i]);
    sqlite3_bind_int64(q, 1, time(NULL));
    if (!c->id || c->n) {
        sqlite3_bind_int64(q, 2, c->articles);
        sqlite3_bind_blob(q, 3, sketch, (int)(16 * c->n), SQLITE_STATIC);
    }
    if (c->id)
        sqlite3_bind_int64(q, 4, c->id);
    code = run(q);
    sqlite3_finalize(q);
    if (code == SQLITE_OK && !c->id)
        c->id = sqlite3_last_insert_rowid(s->db);
    return code;
}

/* Another session may have made the case since it was looked for. */
static int find_case(struct store *s, struct keep_case *c, struct str name)
{
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(s->db, case_named, -1, &q, NULL);
    if (code != SQLITE_OK)
        return code;
    int64_t id = ask_name(q, name, &code);
    if (id != c->not_id)
        c->id = id;
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int write_name(struct store *s, struct str name, int64_t id)
{
    sqlite3_stmt *q = NULL;
    int code = sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO case_names VALUES (?1, ?2)", -1,
                                  &q, NULL);
    if (code == SQLITE_OK) {
        bind_text(q, 1, name);
        sqlite3_bind_int64(q, 2, id);
        code = run(q);
    }
    sqlite3_finalize(q);
    return code;
}

static int write_facts(struct store *s, int64_t id, struct str reader, const struct fact_change *v,
                       size_t n)
{
    sqlite3_stmt *put = NULL, *drop = NULL;
    int code =
        sqlite3_prepare_v2(s->db,
                           "INSERT OR REPLACE INTO facts (case_id, reader, kind, name, value) "
                           "VALUES (?1, ?2, ?3, ?4, ?5)",
                           -1, &put, NULL);
    if (code == SQLITE_OK)
        code =
            sqlite3_prepare_v2(s->db,
                               "DELETE FROM facts WHERE case_id = ?1 AND reader = ?2 AND kind = ?3 "
                               "AND name = ?4",
                               -1, &drop, NULL);
    for (size_t i = 0; i < n && code == SQLITE_OK; i++) {
        const struct fact *f = &v[i].fact;
        sqlite3_stmt *q = v[i].remove ? drop : put;
        sqlite3_bind_int64(q, 1, f->scope == KEEP_EVERYWHERE ? 0 : id);
        bind_text(q, 2, f->scope == KEEP_OURS ? STR("") : reader);
        bind_text(q, 3, f->kind);
        bind_text(q, 4, f->name);
        if (!v[i].remove)
            bind_text(q, 5, f->value);
        code = run(q);
    }
    sqlite3_finalize(put);
    sqlite3_finalize(drop);
    return code;
}

static int write_all(struct store *s, struct keep_case *c, struct str name, struct str reader,
                     const struct fact_change *v, size_t n)
{
    int code = store_begin(s);
    if (code != SQLITE_OK)
        return code;
    if (!c->id && name.n)
        code = find_case(s, c, name);
    if (code == SQLITE_OK)
        code = write_case(s, c);
    if (code == SQLITE_OK && name.n)
        code = write_name(s, name, c->id);
    if (code == SQLITE_OK)
        code = write_facts(s, c->id, reader, v, n);
    return store_end(s, code, &s->facts);
}

static enum status write_keep(struct keep_store *base, struct keep_case *c, struct str name,
                              struct str reader, const struct fact_change *v, size_t n,
                              bool patient)
{
    struct store *s = of(base);
    struct keep_case done = *c;
    enum status status = store_ready(s);
    if (status != OK)
        return status;
    sqlite3_busy_timeout(s->db, patient ? STORE_BUSY_MS : 0);
    int code = write_all(s, &done, name, reader, v, n);
    sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
    if (!patient && (code & 0xff) == SQLITE_BUSY)
        return ERR_LIMIT;
    if (code != SQLITE_OK)
        return store_refused(s, code);
    *c = done;
    s->why[0] = 0;
    return OK;
}

static const char *why(struct keep_store *base)
{
    return of(base)->why[0] ? of(base)->why : NULL;
}

static bool changed(struct keep_store *base)
{
    return store_facts_changed(of(base));
}

const struct keep_store_ops store_keep_ops = {named, cases, load, write_keep, why, changed};
