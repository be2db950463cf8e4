/* The program: a question from the shell, or the reader on a terminal. */
#include "tui/cli.h"
#include "tui/headless.h"

#include <locale.h>
#include <unistd.h>

static int read_case(struct options *o)
{
    (void)o;
    if (!isatty(STDOUT_FILENO)) {
        headless_complain("standard output is no terminal; ask a question instead: dossier --help");
        return EXIT_TROUBLE;
    }
    return EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    setlocale(LC_ALL, "");
    struct options o;
    int status = options_parse(argc, argv, &o);
    if (status < 0)
        status = o.command ? cli_run(&o) : read_case(&o);
    options_finish(&o);
    return status;
}
