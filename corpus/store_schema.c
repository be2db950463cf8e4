/* Whose file it is, and bringing an older one up to date.  Each version is one step from the one
 * before; a step runs in a transaction of its own, after the whole file was copied by SQLite's own
 * backup, which sees a consistent state where a copy of the bytes would not. */
#include "corpus/store_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const steps[STORE_VERSION] = {
    /* 1 */
    "CREATE TABLE notes ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL,"
    " key BLOB, path TEXT NOT NULL, url TEXT NOT NULL, title TEXT NOT NULL, outlet TEXT NOT NULL,"
    " published INTEGER, first INTEGER NOT NULL, last INTEGER NOT NULL, exact TEXT NOT NULL,"
    " before TEXT NOT NULL, after TEXT NOT NULL, rival INTEGER NOT NULL, label INTEGER NOT NULL,"
    " tags TEXT NOT NULL, comment TEXT NOT NULL, author TEXT NOT NULL, created INTEGER NOT NULL,"
    " changed INTEGER NOT NULL);"
    "PRAGMA application_id=1685025650;",
    /* 2: notes that were being written when the session ended */
    "ALTER TABLE notes ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;",
    /* 3: what a reader leaves behind in a case (core/keep.h); case 0: in all of them, reader "":
     * all readers.  `changes` counts the writes, so that a place kept does not make other sessions
     * read all notes anew. */
    "CREATE TABLE cases (id INTEGER PRIMARY KEY AUTOINCREMENT, articles INTEGER NOT NULL,"
    " sketch BLOB NOT NULL, used INTEGER NOT NULL);"
    "CREATE TABLE case_names (name TEXT PRIMARY KEY, case_id INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE facts (id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL,"
    " reader TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
    " UNIQUE (case_id, reader, kind, name));"
    "CREATE TABLE changes (what TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO changes VALUES ('facts', 0), ('notes', 0);",
};

/* The one number that a statement answers; -1 and the code when it does not. */
static int64_t number(struct store *s, const char *sql, int *code)
{
    sqlite3_stmt *q = NULL;
    int64_t n = -1;
    *code = sqlite3_prepare_v2(s->db, sql, -1, &q, NULL);
    if (*code == SQLITE_OK) {
        *code = sqlite3_step(q);
        if (*code == SQLITE_ROW) {
            n = sqlite3_column_int64(q, 0);
            *code = SQLITE_OK;
        } else if (*code == SQLITE_DONE) {
            *code = SQLITE_OK;
        }
    }
    sqlite3_finalize(q);
    return n;
}

bool store_count(struct store *s)
{
    int code;
    int64_t version = number(s, "PRAGMA data_version", &code);
    if (code != SQLITE_OK || version == s->version)
        return code == SQLITE_OK;
    int64_t notes = number(s, "SELECT times FROM changes WHERE what = 'notes'", &code);
    bool old =
        code == SQLITE_ERROR; /* of an older version, which may not be written: any change counts */
    int64_t facts =
        old ? version : number(s, "SELECT times FROM changes WHERE what = 'facts'", &code);
    if (!old && code != SQLITE_OK)
        return false;
    s->version = version;
    s->notes.now = old ? version : notes;
    s->facts.now = facts;
    return true;
}

/* A copy beside the file, private like it; the name tells the version: notes.db.v1.backup */
static int back_up(struct store *s, int64_t version)
{
    char path[4200];
    sqlite3 *to = NULL;
    snprintf(path, sizeof path, "%s.v%d.backup", s->path, (int)version);
    unlink(path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return SQLITE_CANTOPEN;
    fchmod(fd, 0600);
    close(fd);
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);
    sqlite3_backup *b = code == SQLITE_OK ? sqlite3_backup_init(to, "main", s->db, "main") : NULL;
    if (b) {
        sqlite3_backup_step(b, -1);
        code = sqlite3_backup_finish(b);
    } else if (code == SQLITE_OK) {
        code = sqlite3_errcode(to);
    }
    sqlite3_close_v2(to);
    return code;
}

/* From `version` to ours, in one transaction; another session may have done it meanwhile. */
static int upgrade(struct store *s, int64_t version)
{
    char sql[80];
    int code = version > 0 ? back_up(s, version) : SQLITE_OK;
    if (code == SQLITE_OK)
        code = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        return code;
    version = number(s, "PRAGMA user_version", &code);
    for (int64_t v = version; code == SQLITE_OK && v < STORE_VERSION; v++)
        code = sqlite3_exec(s->db, steps[v], NULL, NULL, NULL);
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d", STORE_VERSION);
    if (code == SQLITE_OK)
        code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
    if (code != SQLITE_OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return code;
}

static enum status is_foreign(struct store *s, const char *what)
{
    s->state = STORE_FOREIGN;
    store_let_go(s);
    return store_fail(s, what, ERR_READONLY);
}

static enum status is_damaged(struct store *s)
{
    s->state = STORE_DAMAGED;
    return store_fail(
        s,
        "The file of notes is damaged: what can be read is shown, nothing is written; "
        "`dossier export` saves it",
        ERR_CORRUPT);
}

enum status store_prove(struct store *s)
{
    sqlite3_stmt *q = NULL;
    if (s->proven || s->state != STORE_WHOLE)
        return s->state == STORE_DAMAGED ? ERR_CORRUPT : OK;
    bool whole = sqlite3_prepare_v2(s->db, "PRAGMA quick_check(1)", -1, &q, NULL) == SQLITE_OK &&
                 sqlite3_step(q) == SQLITE_ROW && sqlite3_column_text(q, 0) &&
                 !strcmp((const char *)sqlite3_column_text(q, 0), "ok");
    sqlite3_finalize(q);
    s->proven = whole;
    return whole ? OK : is_damaged(s);
}

enum status store_look(struct store *s)
{
    int code, more;
    int64_t things = number(s, "SELECT count(*) FROM sqlite_schema", &code);
    int64_t id = number(s, "PRAGMA application_id", &more);
    if (code == SQLITE_NOTADB || more == SQLITE_NOTADB)
        return is_foreign(
            s, "The file for the notes is no database: it is left alone, notes are not kept");
    if ((code & 0xff) == SQLITE_CORRUPT)
        return is_damaged(s);
    if (code != SQLITE_OK || more != SQLITE_OK) {
        enum status status = store_refused(s, code ? code : more);
        store_let_go(s);
        return status;
    }
    if (things > 0 && id != STORE_APPLICATION_ID)
        return is_foreign(
            s, "The file for the notes is another program's: it is left alone, notes are not kept");
    if (number(s, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view') OR "
                  "(name = 'notes' AND type <> 'table')", &code) != 0)
        return is_foreign(s, "The file for the notes has been tampered with: it is left alone");
    int64_t version = number(s, "PRAGMA user_version", &code);
    if (version > STORE_VERSION) {
        s->state = STORE_NEWER;
        return store_fail(s, "A newer dossier wrote these notes: they are shown and not changed",
                          ERR_READONLY);
    }
    sqlite3_exec(s->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    if (version < STORE_VERSION && !sqlite3_db_readonly(s->db, "main")) {
        if (things > 0 && store_prove(s) != OK)
            return ERR_CORRUPT;
        code = upgrade(s, things > 0 ? version : 0);
        if (code != SQLITE_OK) {
            enum status status = store_refused(s, code);
            store_let_go(s);
            return status;
        }
    }
    return OK;
}
