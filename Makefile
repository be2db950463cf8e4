# dossier: `make help` lists the targets.
#
# Objects go to .build/VARIANT, a place of its own for each set of sanitizers, so nothing is
# rebuilt when switching between them.  Files are found by name: a new room is a new file.
#   core/*.c    libcore.a    links PCRE2 and libunistring alone; the tests of core prove it
#   corpus/*.c  libcorpus.a  + libxml2, jansson, SQLite
#   tui/*.c     libtui.a     + ncursesw; main.c makes the program
#   *_tool.c    programs of the house (trainer, generators), in no library

PREFIX  ?= /usr/local
DESTDIR ?=
RUNS    ?= 20000
TEXT    ?= $(B)/bench.txt
JOBS     = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc)) # for makes below this one
CFLAGS  ?= -O2 -g
SAN     ?=
WERROR  ?=

comma   := ,
VARIANT := $(if $(SAN),san-$(subst $(comma),-,$(SAN)),plain)
B       := .build/$(VARIANT)

# `make deps run`: what deps installs (pkg-config among it) must be there before the flags below are
# worked out, so with deps among the goals the others are made by a make of their own, in turn.
NEEDED  := build-essential pkg-config libncurses-dev libpcre2-dev libunistring-dev libcmocka-dev \
           libjansson-dev libxml2-dev libsqlite3-dev tmux mandoc
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
.PHONY: $(MAKECMDGOALS)
deps:
	@missing=; for p in $(NEEDED); do dpkg-query -Wf '$${Status}' $$p 2>/dev/null | \
	    grep -q 'ok installed' || missing="$$missing $$p"; done; [ -z "$$missing" ] || { \
	    sudo=; [ $$(id -u) = 0 ] || sudo=sudo; $$sudo apt-get update && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $$missing; }
$(filter-out deps,$(MAKECMDGOALS)): deps
	@$(MAKE) $(JOBS) $@
else

.PHONY: all
all: ## build the program: .build/plain/dossier

PKG     := pkg-config
STD     := -std=gnu11 -D_GNU_SOURCE -I. -MMD -MP -pthread
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
           -Wwrite-strings -Wvla $(if $(WERROR),-Werror)
SANFLAGS := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)

CORE_CFLAGS   := $(shell $(PKG) --cflags libpcre2-8 2>/dev/null)
CORE_LIBS     := $(shell $(PKG) --libs libpcre2-8 2>/dev/null || echo -lpcre2-8) -lunistring -lm -pthread
CORPUS_CFLAGS := $(shell $(PKG) --cflags libxml-2.0 jansson sqlite3 2>/dev/null)
CORPUS_LIBS   := $(shell $(PKG) --libs libxml-2.0 jansson sqlite3 2>/dev/null || echo -lxml2 -ljansson -lsqlite3)
CURSES_CFLAGS := $(shell $(PKG) --cflags ncursesw 2>/dev/null)
CURSES_LIBS   := $(shell $(PKG) --libs ncursesw 2>/dev/null || echo -lncursesw -ltinfo)
CMOCKA_LIBS   := $(shell $(PKG) --libs cmocka 2>/dev/null || echo -lcmocka)

sources  = $(filter-out %_tool.c,$(wildcard $(1)/*.c $(1)/*/*.c))
objects  = $(patsubst %.c,$(B)/%.o,$(1))
CORE_O   := $(call objects,$(call sources,core))
CORPUS_O := $(call objects,$(call sources,corpus))
TUI_O    := $(call objects,$(filter-out tui/main.c,$(call sources,tui)))
SUPPORT_O := $(call objects,$(wildcard tests/support/*.c))
TESTS    := $(patsubst tests/%.c,$(B)/tests/%,$(sort $(wildcard tests/test_*.c)))
FUZZERS  := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst tests/bench/%.c,$(B)/bench/%,$(wildcard tests/bench/bench_*.c))
TOOLS    := $(patsubst %.c,$(B)/%,$(wildcard */*_tool.c */*/*_tool.c))

LIBS     := $(B)/libtui.a $(B)/libcorpus.a $(B)/libcore.a
ALL_LIBS := $(CURSES_LIBS) $(CORPUS_LIBS) $(CORE_LIBS)

all: $(B)/dossier

$(B)/dossier: $(B)/tui/main.o $(LIBS)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)

$(B)/libcore.a: $(CORE_O)
$(B)/libcorpus.a: $(CORPUS_O)
$(B)/libtui.a: $(TUI_O)
$(B)/libsupport.a: $(SUPPORT_O)
$(B)/%.a:
	@rm -f $@; mkdir -p $(@D)
	$(AR) rcs $@ $^

# Compiled in as they stand, by .incbin, which the compiler does not report as dependencies.
$(B)/core/tagger.o: core/model/names.weights
$(B)/core/clusters.o: core/model/clusters.txt
$(B)/core/gazetteer.o: $(filter-out core/model/clusters.txt,$(wildcard core/model/*.txt))
$(B)/core/demonyms.o: core/model/demonyms.txt

$(B)/tui/screen_curses.o: private EXTRA = $(CURSES_CFLAGS)
$(B)/tui/cli.o: private EXTRA = -DDOSSIER_SAMPLE='"$(PREFIX)/share/dossier/sample"'
$(B)/tui/cli.o: $(B)/prefix
$(B)/corpus/%.o: private EXTRA = $(CORPUS_CFLAGS)
$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARN) $(CORE_CFLAGS) $(EXTRA) $(CFLAGS) $(SANFLAGS) -c -o $@ $<

# Changes when PREFIX does, and only then.
$(B)/prefix: always
	@mkdir -p $(@D); echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@
.PHONY: always

# The walls, proven by linking: a test of core gets core's libraries and no others.
$(B)/tests/test_core_%: $(B)/tests/test_core_%.o $(B)/libsupport.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORE_LIBS) $(CMOCKA_LIBS)
$(B)/tests/test_corpus_%: $(B)/tests/test_corpus_%.o $(B)/libsupport.a $(B)/libcorpus.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORPUS_LIBS) $(CORE_LIBS) $(CMOCKA_LIBS)
$(B)/tests/test_tui_%: $(B)/tests/test_tui_%.o $(B)/libsupport.a $(LIBS)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS) $(CMOCKA_LIBS)
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/tests/fuzz/standalone.o $(B)/libsupport.a $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(B)/bench/%: $(B)/tests/bench/%.o $(B)/libsupport.a $(LIBS)
	@mkdir -p $(@D)
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(ALL_LIBS)
$(TOOLS): $(B)/%: $(B)/%.o $(B)/libcorpus.a $(B)/libcore.a
	$(CC) $(SANFLAGS) $(LDFLAGS) -o $@ $^ $(CORPUS_LIBS) $(CORE_LIBS)

.PHONY: deps run
# deps: ## install what building and testing need, by apt-get (nothing when all is there)
run: all ## open the reader on the sample case
	$(B)/dossier

.PHONY: test check check-san
test: all $(TESTS) ## run the tests, T=name for those whose name holds it
	@DOSSIER=$(B)/dossier sh tests/support/run.sh $(B)/tests $(if $(T),$(foreach t,$(TESTS),$(if $(findstring $(T),$(t)),$(t))),$(TESTS))
check: ## everything a landing must pass: the tests, then the same under sanitizers
	$(MAKE) $(JOBS) test WERROR=1
	$(MAKE) $(JOBS) check-san WERROR=1
check-san: ## the tests under the address and undefined-behaviour sanitizers
	$(MAKE) test SAN=address,undefined

.PHONY: screens manual fuzz fuzz-run crash bench
screens: $(B)/tests/test_tui_screens ## rewrite the golden screens; read the difference like code
	SCREENS=write $<
manual: all $(B)/tests/test_tui_manual ## rewrite the blocks of the manual that are made from tables
	DOSSIER=$(B)/dossier MANUAL=write $(B)/tests/test_tui_manual
fuzz: ## RUNS mutations of the seeds through every driver, under the sanitizers
	$(MAKE) fuzz-run SAN=address,undefined
fuzz-run: $(FUZZERS)
	@for f in $(FUZZERS); do echo "$$f"; n=$${f##*/fuzz_}; \
	    $$f -runs=$(RUNS) $$(ls -d tests/fuzz/seeds/$$n 2>/dev/null) corpus/sample || exit 1; done
crash: all $(B)/tests/test_corpus_store ## notes against kill -9 and failing disks, the long form
	CYCLES=1000 WRITES=1000 $(B)/tests/test_corpus_store
	tests/crash.sh $(B)/dossier
bench: all $(BENCHES) $(B)/bench.txt ## measure: TEXT, plain text, for finders; ARTICLES, JSON Lines, for search
	@for b in $(BENCHES); do echo "# $${b##*/}"; \
	    case $$b in *index|*lookup) of="$(ARTICLES)";; *) of="$(TEXT)";; esac; \
	    DOSSIER=$(B)/dossier $$b $$of || exit 1; done
$(B)/bench.txt: # the sample, over and over, 4 MB
	@mkdir -p $(@D); for i in $$(seq 300); do cat corpus/sample/[12]*.txt; done >$@

SHARE := $(DESTDIR)$(PREFIX)/share
.PHONY: install uninstall
install: all ## copy program, manual, sample and completions to DESTDIR/PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(SHARE)/dossier/sample \
	    $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 755 $(B)/dossier $(DESTDIR)$(PREFIX)/bin/dossier
	install -m 644 tui/dossier.1 $(SHARE)/man/man1/dossier.1
	install -m 644 corpus/sample/* $(SHARE)/dossier/sample
	install -m 644 tui/completions/dossier.bash $(SHARE)/bash-completion/completions/dossier
	install -m 644 tui/completions/_dossier $(SHARE)/zsh/site-functions/_dossier
	install -m 644 tui/completions/dossier.fish $(SHARE)/fish/vendor_completions.d/dossier.fish
uninstall: ## take them away again
	rm -f $(DESTDIR)$(PREFIX)/bin/dossier $(SHARE)/man/man1/dossier.1 \
	    $(SHARE)/bash-completion/completions/dossier $(SHARE)/zsh/site-functions/_dossier \
	    $(SHARE)/fish/vendor_completions.d/dossier.fish
	rm -rf $(SHARE)/dossier

.PHONY: gazetteer clusters model
gazetteer: ## make core/model's lists of names again from packages (core/model/NOTICE.md)
	core/model/gazetteer.py
clusters: $(B)/corpus/clusters_tool ## put the words of CLUSTER_DATA=SET.jsonl... into classes again
	$< $(CLUSTER_DATA)
model: $(B)/corpus/model_tool ## learn names from MODEL_DATA=SET.jsonl... (MODEL_TEST=... to score)
	$< $(MODEL_DATA) --test $(MODEL_TEST)

.PHONY: clean
clean: ## take .build away
	rm -rf .build

.PHONY: help
help: ## this list
	@sed -n 's/^\(# \)*\([a-z][a-z -]*\):.*## \(.*\)/\2\t\3/p' $(MAKEFILE_LIST) | \
	    while IFS="$$(printf '\t')" read -r t h; do printf '  %-18s %s\n' "$$t" "$$h"; done

-include $(patsubst %.o,%.d,$(CORE_O) $(CORPUS_O) $(TUI_O) $(SUPPORT_O) $(B)/tui/main.o) \
         $(wildcard $(B)/tests/*.d $(B)/tests/*/*.d)
.SECONDARY:
endif
